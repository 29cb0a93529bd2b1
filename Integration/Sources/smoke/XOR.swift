import Training

/// Trains the network on the four cases of XOR; returns the share that it gets right.
func xorAccuracy(_ makeModel: @autoclosure () -> Sequential) -> Double {
  let inputs: Tensor<Float> = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let labels: Tensor<Int64> = [0, 1, 1, 0]
  let model = seeded(1) { makeModel() }
  let optimizer = Adam(model.parameters, learningRate: 0.05)
  for step in 0..<300 {
    let loss = crossEntropy(model(inputs, .training(seed: UInt64(step))), labels)
    optimizer.update(loss.gradients())
  }
  let answers = model(inputs, .inference).floats.argmax(along: 1)
  return Double(zip(answers.scalars, labels.scalars).count { $0 == $1 }) / 4
}
