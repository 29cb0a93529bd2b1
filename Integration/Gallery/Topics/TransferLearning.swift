import Drawing
import Training

extension Topic {
  static let transferLearning = Topic(
    "transfer-learning", "What was learnt from some classes helps with others", draw: drawTransferLearning)
}

/// A small network that knows the digits 0 to 4 learns 5 to 9 from 40 images, against one that begins anew.
private func drawTransferLearning(_ page: Page) throws {
  let data = try Digits().load()
  let preparation = try Preprocessing(
    channels: 1, imageSize: ImageSize(height: 8, width: 8), mean: [0.3], deviation: [0.38])
  func samples(_ set: ImageDataset, _ digits: Range<Int64>, limit: Int = .max) -> (x: Tensor<Float>, y: Tensor<Int64>) {
    let chosen = set.labels.scalars.indices.filter { digits.contains(set.labels.scalars[$0]) }.prefix(limit)
    let labels = chosen.map { set.labels.scalars[$0] - digits.lowerBound }
    return (PreparedImages(set, preparation).images(at: Array(chosen)), Tensor(labels))
  }
  let known = samples(data.training, 0..<5), few = samples(data.training, 5..<10, limit: 40)
  let test = samples(data.test, 5..<10)
  func features() -> Sequential {
    Sequential(
      Conv2d(1, 16, kernelSize: 3, padding: 1), Tanh(), MaxPool2d(2), Conv2d(16, 24, kernelSize: 3, padding: 1), Tanh(),
      MaxPool2d(2), Flatten())
  }
  /// The accuracy on the test images after each pass in batches of 10.
  func train(_ network: Sequential, on set: (x: Tensor<Float>, y: Tensor<Int64>), epochs: Int, seed: UInt64) throws
    -> [Double]
  {
    let optimizer = SGD(network.parameters.filter(\.isTrainable), learningRate: 0.02, momentum: 0.9)
    var random = RandomStream(seed: seed)
    return try (0..<epochs).map { epoch in
      let order = Tensor<Int64>.permutation(count: set.y.count, using: &random)
      for start in stride(from: 0, to: set.y.count, by: 10) {
        let chosen = order.slice([start..<min(start + 10, set.y.count)])
        let logits = network(set.x.take(chosen), .training(seed: UInt64(epoch)))
        optimizer.step(crossEntropy(logits, set.y.take(chosen)))
      }
      let answers = try network.predict(test.x).argmax(along: 1).scalars
      return Double(zip(answers, test.y.scalars).count { $0 == $1 }) / Double(test.y.count)
    }
  }

  let (epochs, seeds) = (12, 5)
  var sums: [String: [Double]] = [:]
  for seed in 1...UInt64(seeds) {
    let body = seeded(seed) { features() }
    _ = try train(seeded(seed) { Sequential(body, Linear(96, 5)) }, on: known, epochs: 6, seed: seed)
    let learnt = body.stateDictionary()
    for name in ["from scratch", "features frozen", "all fine-tuned"] {
      let start = seeded(seed + 10) { features() }
      if name != "from scratch" { try start.load(learnt) }
      if name == "features frozen" { start.freeze() }
      let network = seeded(seed + 20) { Sequential(start, Linear(96, 5)) }
      let accuracies = try train(network, on: few, epochs: epochs, seed: seed)
      sums[name] = zip(sums[name] ?? Array(repeating: 0, count: epochs), accuracies).map { $0 + $1 / Double(seeds) }
    }
  }
  page.say(
    "A network has learnt the digits 0 to 4. Its last layer is replaced, and it goes on with 40 images of 5 to 9: with its features "
      + "frozen, so that only the new layer learns, or all of it. Strokes and corners are the same in both halves: it is ahead of a network "
      + "that begins anew from the first pass on, until that has caught up. Means of five seeds.")
  try page.show(
    Chart(
      "Digits 5 to 9 from 40 images", x: Axis("epoch", 1...Double(epochs)), y: Axis("test accuracy, %", 0...100),
      ["all fine-tuned", "features frozen", "from scratch"].map { name in
        .line(name, y: (sums[name] ?? []).map { 100 * $0 })
      }),
    "transfer", "Test accuracy by epoch, fine-tuned, frozen and from scratch")
  let third = sums.mapValues { $0[2] }
  let scratch = third["from scratch"] ?? 1, tuned = third["all fine-tuned"] ?? 0, frozen = third["features frozen"] ?? 0
  page.expect(
    "after three epochs: fine-tuned ahead of from scratch", tuned > scratch, "\(percent(tuned)) and \(percent(scratch))"
  )
  page.expect("frozen ahead of from scratch", frozen > scratch, "\(percent(frozen)) and \(percent(scratch))")
}
