import Drawing
import Training

extension Topic {
  static let batchNorm = Topic(
    "batch-norm", "Batch normalisation: training, test, and folding it away", draw: drawBatchNorm)
}

/// A chain of eight convolutions on the built-in digits, with and without batch normalisation.
private func drawBatchNorm(_ page: Page) throws {
  let digits = try PreparedDigits.small()
  func network(isNormalized: Bool) -> Sequential {
    let blocks = (0..<8).flatMap { layer -> [any Layer] in
      let convolution = Conv2d(layer == 0 ? 1 : 16, 16, kernelSize: 3, padding: 1, bias: !isNormalized)
      return isNormalized ? [convolution, BatchNorm2d(16), ReLU()] : [convolution, ReLU()]
    }
    return seeded(1) { Sequential(blocks + [GlobalAveragePool2d(), Linear(16, 10)]) }
  }

  var curves: [Mark] = [], ends: [String: Double] = [:], accuracies: [[String]] = []
  var normalized = network(isNormalized: true)
  for isNormalized in [false, true] {
    for rate in [0.01, 0.1] {
      let network = network(isNormalized: isNormalized)
      let trainer = Trainer(
        network, SGD(network.parameters, learningRate: rate, momentum: 0.9), training: digits.training,
        test: digits.test, epochs: 5, batchSize: 32, seed: 1)
      try trainer.run()
      let name = "\(isNormalized ? "with" : "without"), rate \(rate)"
      let losses = trainer.progress.history.map(\.trainingLoss)
      ends[name] = losses.last
      accuracies.append([name, decimal(losses.last ?? 0, 3), percent(trainer.evaluation?.accuracy ?? 0)])
      curves.append(.line(name, y: losses, color: isNormalized ? .blue : .orange, isDashed: rate == 0.01))
      if isNormalized { normalized = network }
    }
  }
  page.say(
    "Eight convolutions with the usual first weights: without normalisation the signal has faded before it reaches the end, and the "
      + "loss stays at ln 10 = 2.30. With batch normalisation every layer gets inputs of mean 0 and deviation 1, whatever the layers "
      + "before do, and the network trains at once, at a small rate and at a ten times larger one.")
  try page.show(
    Chart(
      "Training with and without batch normalisation", x: Axis("epoch"), y: Axis("cross-entropy, nat", 0...2.5), curves),
    "training", "Training loss by epoch with and without batch normalisation at two learning rates")
  page.table(["batch normalisation", "training loss at the end", "test accuracy"], accuracies)
  page.expect("without it nothing is learnt: loss", ends["without, rate 0.01"] ?? 0, near: 2.30, within: 0.05)
  let larger = ends["with, rate 0.1"] ?? 9
  page.expect("with it, at the larger rate", larger < 0.5, decimal(larger, 3))

  page.say(
    "In training an image's outputs depend on the batch that it comes in, for mean and deviation are the batch's. At test time they are the "
      + "averages kept while training, and the image stands for itself. Which of the two is meant, the context says; a network "
      + "cannot be called without it.")
  let first = Array(0..<16), second = [0] + Array(100..<115)
  let inTraining = [first, second].map {
    normalized(digits.training.images(at: $0), .training(seed: 1)).floats.element(at: 0)
  }
  let atTest = try [first, second].map { try normalized.predict(digits.training.images(at: $0)).element(at: 0) }
  func furthest(_ answers: [Tensor<Float>]) -> Double { Double((answers[0] - answers[1]).abs().max().scalar) }
  page.table(
    ["the same image in two batches", "largest difference of its logits"],
    [["training", decimal(furthest(inTraining), 4)], ["test", decimal(furthest(atTest), 4)]])
  page.expect("logits depend on the batch in training only", furthest(inTraining) > 0.01 && furthest(atTest) < 1e-4)
  page.say(
    "With fixed averages the normalisation is y = s x + t for each channel, which the convolution before it can do as well: its weights "
      + "times s, its bias plus t. The folded network has a third fewer layers and the same answers up to rounding.")
  let folded = Sequential(
    normalized.layers.indices.compactMap { place -> (any Layer)? in
      guard let convolution = normalized[place] as? Conv2d, let norm = normalized[place + 1] as? BatchNorm2d else {
        return normalized[place] is BatchNorm2d ? nil : normalized[place]
      }
      return convolution.folded(with: norm)
    })
  let answers = try [normalized, folded].map { try $0.predict(digits.testImages) }
  let change = furthest(answers) / Double(answers[0].abs().max().scalar)
  page.table(
    ["network", "layers", "parameters"],
    [("trained", normalized), ("folded", folded)].map { [$0.0, "\($0.1.layers.count)", grouped($0.1.parameterCount)] })
  page.expect("largest difference of the logits by the largest", change < 1e-5, "\(Float(change))")
}
