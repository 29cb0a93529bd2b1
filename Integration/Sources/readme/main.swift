import Training

let digits = try Digits().load()
let preparation = try Digits().preprocessing(fittedTo: digits.training)
let training = PreparedImages(digits.training, preparation)
let test = PreparedImages(digits.test, preparation)
let model = Sequential(
  Conv2d(1, 6, kernelSize: 5), Tanh(), MaxPool2d(2), Conv2d(6, 16, kernelSize: 5), Tanh(), MaxPool2d(2),
  Flatten(), Linear(400, 120), Tanh(), Linear(120, 84), Tanh(), Linear(84, 10))
let optimizer = SGD(model.parameters, learningRate: 0.05, momentum: 0.9)
for epoch in 0..<10 {
  for batch in Batches(training, size: 64, order: .shuffled(seed: 1, epoch: epoch)) {
    let context = Context.training(seed: UInt64(batch.number))
    let loss = crossEntropy(model(batch.images, context), batch.labels)
    optimizer.update(loss.gradients())
  }
  let answers = try model.predict(test.images(at: Array(0..<test.count))).argmax(along: 1)
  let right = zip(answers.scalars, digits.test.labels.scalars).count { $0 == $1 }
  print("epoch \(epoch + 1): \(right) of \(test.count) test images right")
}
