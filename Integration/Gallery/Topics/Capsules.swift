import Drawing
import Models
import Training

extension Topic {
  static let capsules = Topic("capsules", "Capsules hold how a digit looks", draw: drawCapsules)
}

/// The light capsule network with its decoder on the built-in digits.
private func drawCapsules(_ page: Page) throws {
  let digits = try PreparedDigits.intensities(side: 32)
  let (network, decoder) = seeded(1) {
    (CapsuleNetworkLite(), CapsuleDecoder(classCount: 10, imageShape: [1, 32, 32]))
  }
  let optimizer = Adam(network.parameters + decoder.parameters, learningRate: 0.003)
  let (epochs, size) = (8, 32)
  let schedule = CosineSchedule(0.003, steps: epochs * (digits.training.count + size - 1) / size)
  var step = 0, losses: [Double] = []
  for epoch in 0..<epochs {
    for batch in Batches(digits.training, size: size, order: .shuffled(seed: 1, epoch: epoch)) {
      let context = Context.training(seed: UInt64(step))
      let capsules = network.capsules(Variable(batch.images), context)
      let drawing = decoder.loss(capsules, batch.labels, batch.images, context, weight: 0.005)
      let loss = capsuleMarginLoss(capsules.lengths(), batch.labels) + drawing
      losses.append(loss.item)
      optimizer.learningRate = schedule.rate(at: step)
      optimizer.step(loss)
      step += 1
    }
  }
  let evaluation = try evaluate(network, on: digits.test, loss: { capsuleMarginLoss($0, $1) })
  page.say(
    "A capsule is a vector: its length says whether its digit is there, its direction how it looks. To make it say so, a decoder draws the "
      + "image again from the capsule of the right digit alone, and the difference is part of the loss.")
  let means = stride(from: 0, to: losses.count - 10, by: 10).map { losses[$0..<$0 + 10].reduce(0, +) / 10 }
  try page.show(
    Chart(
      "Margin loss and drawing loss together", x: Axis("step"), y: Axis("mean loss of 10 steps", isLogarithmic: true),
      height: 260,
      [.line(x: means.indices.map { Double($0 * 10 + 5) }, y: means)]), "loss", "Loss by step")
  page.expect("test accuracy is at least 95 %", evaluation.accuracy >= 0.95, percent(evaluation.accuracy))

  let shown = (0..<10).compactMap { digit in digits.data.test.labels.scalars.firstIndex(of: Int64(digit)) }
  let images = digits.test.images(at: shown)
  let labels = Tensor<Int64>((0..<10).map { Int64($0) })
  let capsules = network.capsules(Variable(images), .inference)
  let drawn = decoder.images(capsules, of: labels, .inference).floats
  func row(_ label: String, _ images: Tensor<Float>) -> ImageSheet.Row {
    .init(label, (0..<images.shape[0]).map { RasterImage(images.element(at: $0), stretching: 0...1) })
  }
  try page.show(
    ImageSheet(
      "Test images and what is drawn from their capsules", tile: 46, [row("image", images), row("drawn", drawn)]),
    "reconstructions", "Ten digits and their reconstructions")
  let error = Double((drawn - images).squared().mean().scalar)
  let mean = images.mean(along: [0], keepingAxes: true)
  let spread = Double((images - mean).squared().mean().scalar)
  page.expect("squared error of the drawings by the images' variance", error / spread < 0.5, decimal(error / spread, 2))

  page.say(
    "Changing one element of a capsule at a time and drawing again shows what it stands for: width, slant, the place of a stroke. Each row "
      + "is one of the sixteen elements of the capsule, from less to more.")
  let digit = 5
  let pose = capsules.floats.element(at: digit)
  let rows = (0..<6).map { element -> ImageSheet.Row in
    let poses = stride(from: -0.25, through: 0.26, by: 0.05).map { change -> Tensor<Float> in
      var scalars = pose.scalars
      scalars[digit * 16 + element] += Float(change)
      return Tensor(scalars, shape: pose.shape)
    }
    let five = Tensor(repeating: Int64(digit), shape: [poses.count])
    return row("element \(element)", decoder.images(Variable(Tensor.stacked(poses)), of: five, .inference).floats)
  }
  try page.show(
    ImageSheet("A five whose capsule is changed, one element a row, by -0.25 to 0.25", tile: 40, rows), "elements",
    "Drawings of a digit for changed elements of its capsule")
}
