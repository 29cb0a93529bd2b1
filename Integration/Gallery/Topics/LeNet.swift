import Drawing
import Models
import Training

extension Topic {
  static let leNet5 = Topic("lenet5", "LeNet-5: what it learns, what it sees, where it errs", draw: drawLeNet5)
}

/// LeNet-5 on the built-in digits by the settings that the library recommends for them.
private func drawLeNet5(_ page: Page) throws {
  let digits = try PreparedDigits()
  let network = seeded(1) { LeNet5() }
  let epochs = 20
  let settings = RecommendedSettings.forDataset("digits", model: "lenet5")
  let steps = epochs * ((digits.training.count + settings.batchSize - 1) / settings.batchSize)
  let trainer = Trainer(
    network, SGD(network.parameters, learningRate: 0.05, momentum: 0.9), schedule: CosineSchedule(0.05, steps: steps),
    augmentation: Augmentation(shift: settings.shift), training: digits.training, test: digits.test, epochs: epochs,
    batchSize: settings.batchSize, seed: 1)
  try trainer.run()
  guard let evaluation = trainer.evaluation else { return }
  let history = trainer.progress.history
  page.say(
    "LeNet-5 as it is taught today has 61,706 parameters. On \(digits.training.count) handwritten digits it learns within seconds. The training "
      + "images are shifted at random, so they are harder than the test images: their curve lies above.")
  func chart(_ title: String, _ label: String, _ training: [Double], _ test: [Double]) -> any Picture {
    Chart(
      title, x: Axis("epoch"), y: Axis(label, isLogarithmic: true), width: 300, height: 260,
      [.line("training", y: training), .line("test", y: test)])
  }
  let loss = chart("Loss", "cross-entropy, nat", history.map(\.trainingLoss), history.map { $0.testLoss ?? .nan })
  let errors = chart(
    "Errors", "errors, %", history.map { 100 - 100 * $0.trainingAccuracy },
    history.map { 100 - 100 * ($0.testAccuracy ?? .nan) })
  try page.show(
    Panels(columns: 2, [loss, errors]), "curves", "Loss and errors by epoch on training and test images")
  page.expect("parameters", Double(network.parameterCount), near: 61_706, within: 0, places: 0)
  page.expect("test accuracy is at least 97 %", evaluation.accuracy >= 0.97, percent(evaluation.accuracy))

  page.say(
    "The six filters of the first layer have become light and dark patches in different directions. Their maps of an image show where "
      + "each is found; behind the second layer the maps are small, and each answers to a combination of strokes.")
  let image = digits.test.images(at: [0]), outputs = try network.outputs(of: ["features.1", "features.4"], for: image)
  func maps(_ tensor: Tensor<Float>?, _ range: ClosedRange<Float>? = nil) -> [RasterImage] {
    (tensor?.split(count: tensor?.shape[1] ?? 1, along: 1) ?? []).map { map in
      RasterImage(map.reshaped([map.shape[2], map.shape[3]]), stretching: range)
    }
  }
  let filters = (network.features[0] as? Conv2d)?.weight.value.floats.transposed(0, 1)
  let second = maps(outputs["features.4"], -1...1)
  try page.show(
    ImageSheet(
      "Filters and feature maps", tile: 58,
      [
        .init("image", maps(image)), .init("filters, 5×5", maps(filters)),
        .init("maps, 28×28", maps(outputs["features.1"], -1...1)),
        .init("maps, 10×10", Array(second.prefix(8))), .init("", Array(second.dropFirst(8))),
      ]), "maps", "An image, the filters of the first layer, and the maps of both convolutions")

  let counts = evaluation.confusion.counts
  page.say(
    "Rows are the true digits, columns what the network took them for. Below are the errors of which it was surest; most would give a "
      + "human reader pause at 8×8 pixels.")
  let header = [""] + (0..<10).map(String.init)
  let rows = [header] + counts.enumerated().map { ["\($0)"] + $1.map(String.init) }
  try page.show(
    NumberGrid("true digit by row, answer by column", rows, cell: 34) { row, column in
      guard row > 0, column > 0, counts[row - 1][column - 1] > 0 else { return nil }
      return row == column ? .blue : .red
    }, "confusion", "Confusion matrix of the test images")
  let worst = evaluation.wrongAnswers.prefix(8)
  try page.show(
    ImageSheet(
      "The surest errors: true → taken for", tile: 66,
      [
        .init(
          "", worst.map { digits.data.test.image($0.sampleIndex) },
          notes: worst.map { "\($0.label) → \($0.predictions[0].label), \(percent($0.predictions[0].probability, 0))" })
      ]), "errors", "Test images that were not recognised")
}
