import Drawing
import Models
import Training

extension Topic {
  static let plainAndResidual = Topic(
    "plain-and-residual", "Twenty and fifty-six layers, plain and residual", draw: drawPlainAndResidual)
}

/// The networks for 32×32 images, trained on the built-in digits at 8×8.
private func drawPlainAndResidual(_ page: Page) throws {
  let digits = try PreparedDigits.small()

  /// The mean loss and the share of errors of each epoch.
  func train(_ depth: Int, _ shortcut: Shortcut) throws -> (losses: [Double], testErrors: [Double]) {
    let network = seeded(1) { CIFARResNet(depth: depth, shortcut: shortcut, inputChannels: 1) }
    let trainer = Trainer(
      network, SGD(network.parameters, learningRate: 0.02, momentum: 0.9, weightDecay: 1e-4),
      training: digits.training, test: digits.test, epochs: 6, batchSize: 32, seed: 1)
    try trainer.run()
    let epochs = trainer.progress.history
    return (epochs.map(\.trainingLoss), epochs.map { 100 - 100 * ($0.testAccuracy ?? 0) })
  }

  let networks: [(name: String, depth: Int, shortcut: Shortcut, color: Color, isDashed: Bool)] = [
    ("plain, 20 layers", 20, .none, .orange, true), ("plain, 56 layers", 56, .none, .orange, false),
    ("residual, 20 layers", 20, .zeroPadding, .blue, true), ("residual, 56 layers", 56, .zeroPadding, .blue, false),
  ]
  let runs = try networks.map { try train($0.depth, $0.shortcut) }
  func chart(_ title: String, _ label: String, _ values: [[Double]], isLogarithmic: Bool) -> Chart {
    Chart(
      title, x: Axis("epoch"), y: Axis(label, isLogarithmic: isLogarithmic),
      zip(networks, values).map { .line($0.name, y: $1, color: $0.color, isDashed: $0.isDashed) })
  }
  page.say(
    "A network of 56 layers can do all that one of 20 can: its further layers need only pass on what they get. Plain layers do "
      + "not learn that: already on the training images the deeper plain network is the worse one, so it is not overfitting. "
      + "With shortcuts a unit that does nothing is what training begins with, and 56 layers train about as well as 20."
  )
  try page.show(
    chart("Training", "mean cross-entropy of the epoch, nat", runs.map(\.losses), isLogarithmic: true), "training",
    "Training loss by epoch: the plain network of 56 layers stays far above the other three")
  try page.show(
    chart("Test", "errors, %", runs.map(\.testErrors), isLogarithmic: false), "test",
    "Test errors by epoch: the plain network of 56 layers stays far above the other three")
  page.table(
    ["network", "training loss at the end", "test errors, %"],
    zip(networks, runs).map { [$0.name, decimal($1.losses.last ?? 0, 3), decimal($1.testErrors.last ?? 0, 1)] })
  let ends = runs.map { $0.losses.last ?? .infinity }
  page.expect(
    "the deeper plain network trains worse", ends[1] > 2 * ends[0], decimal(ends[1] / ends[0], 1) + " times the loss")
  page.expect("the deeper residual network does not", ends[3] < ends[0] && ends[3] < ends[1] / 10)
}
