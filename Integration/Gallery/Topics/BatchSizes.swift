import Drawing
import Models
import Training

extension Topic {
  static let batchSize = Topic("batch-size", "How many samples make a step", draw: drawBatchSizes)
}

/// A perceptron with a hidden layer on digits, at four batch sizes, and at one rate or rates that grow with the batch.
private func drawBatchSizes(_ page: Page) throws {
  let digits = try Digits().load()
  let preparation = try Digits().preprocessing(fittedTo: digits.training)
  let count = 1024
  let images = PreparedImages(digits.training.subset(Array(0..<count)), preparation)
  /// The loss after each step, and the mean of the last hundred samples' losses.
  func losses(batchSize: Int, rate: Double, epochs: Int) -> (steps: [Double], smooth: [Double]) {
    let model = seeded(5) { MultilayerPerceptron([1024, 32, 10], activation: Tanh()) }
    let optimizer = SGD(model.parameters, learningRate: rate)
    var recent = RecentMean(of: 256)
    var found: (steps: [Double], smooth: [Double]) = ([], [])
    for epoch in 0..<epochs {
      for batch in Batches(images, size: batchSize, order: .shuffled(seed: 1, epoch: epoch)) {
        let loss = crossEntropy(model(batch.images, .training(seed: 0)), batch.labels)
        optimizer.step(loss)
        found.steps.append(loss.item)
        recent.add(loss.item, sampleCount: batch.count)
        found.smooth.append(recent.value)
      }
    }
    return found
  }
  page.say(
    "The loss of a step is that of its samples: with 8 of them it trembles, and only its mean over the last few hundred samples shows the "
      + "course. With all \(count) samples there is one step in a pass, in the exact direction of steepest descent: smooth, and for "
      + "the same number of samples far behind.")
  let small = losses(batchSize: 8, rate: 0.05, epochs: 4), whole = losses(batchSize: count, rate: 0.05, epochs: 4)
  func samples(_ size: Int, _ count: Int) -> [Double] { (1...count).map { Double($0 * size) } }
  try page.show(
    Chart(
      "Mini-batch against full batch, rate 0.05", x: Axis("samples seen"), y: Axis("cross-entropy, nat", 0...3),
      [
        .line("8, each step", x: samples(8, small.steps.count), y: small.steps, color: .teal, isThin: true),
        .line("8, mean of 256 samples", x: samples(8, small.steps.count), y: small.smooth, color: .blue),
        .line("all \(count)", x: samples(count, whole.steps.count), y: whole.steps, color: .orange),
      ]), "noise", "Loss by samples seen for batches of 8 and of all samples")
  page.expect(
    "after four passes batches of 8 are ahead of the full batch",
    (small.smooth.last ?? 9) < 0.5 * (whole.steps.last ?? 0),
    "\(decimal(small.smooth.last ?? 0, 3)) against \(decimal(whole.steps.last ?? 0, 3))")

  page.say(
    "A batch of N times as many samples makes N times fewer steps in a pass. At the same rate it is N times slower; a rate N times as "
      + "large makes up for it, as long as the steps remain small enough to be true.")
  let sizes = [8, 32, 128]
  let same = sizes.map { losses(batchSize: $0, rate: 0.01, epochs: 6).smooth.last ?? 0 }
  let scaled = sizes.map { size in
    losses(batchSize: size, rate: scaledLearningRate(0.01, batchSize: size, tunedFor: 8), epochs: 6).smooth.last ?? 0
  }
  let places = [1.0, 2, 3]
  try page.show(
    Chart(
      "Loss after six passes", x: .names("batch size", sizes.map { "\($0)" }), y: Axis("cross-entropy, nat", 0...2.5),
      height: 280,
      [
        .bars("rate 0.01 for all", x: places.map { $0 - 0.19 }, y: same, width: 0.36),
        .bars("rate 0.01 × batch/8", x: places.map { $0 + 0.19 }, y: scaled, width: 0.36),
      ]), "scaling", "Loss by batch size, at one rate and at rates that grow with the batch")
  page.expect(
    "same rate: 128 is far behind 8", same[2] > 1.5 * same[0], "\(decimal(same[2], 2)) against \(decimal(same[0], 2))")
  page.expect("scaled rate: 128 by 8", scaled[2] / scaled[0], near: 1, within: 0.25)
}
