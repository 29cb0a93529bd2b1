import Drawing
import Models
import Training

extension Topic {
  static let uNet = Topic("unet", "U-Net: a class for every pixel", draw: drawUNet)
}

/// A small U-Net on drawn cells.
private func drawUNet(_ page: Page) throws {
  let (count, epochs, size) = (32, 15, 8)
  let cells = Cells(count: count, seed: 1), unseen = Cells(count: 32, seed: 1_000)
  let network = seeded(1) { UNet(width: 8, levels: 3, dropout: 0) }
  let optimizer = Adam(network.parameters, learningRate: 2e-3)
  let schedule = CosineSchedule(2e-3, steps: epochs * (count / size))
  var random = RandomStream(seed: 2), losses: [Double] = [], overlaps: [Double] = [], step = 0
  func overlap() -> Double {
    var confusion = ConfusionMatrix(classCount: 2)
    let (images, masks) = unseen.batch(Array(0..<unseen.count))
    confusion.add(labels: masks, logits: network(images, .inference).floats)
    return confusion.meanIntersectionOverUnion
  }
  for _ in 0..<epochs {
    let order = (0..<count).shuffled(using: &random)
    for start in stride(from: 0, to: count, by: size) {
      let (images, masks) = cells.batch(Array(order[start..<start + size]))
      let loss = crossEntropy(network(images, .training(seed: UInt64(step))), masks)
      optimizer.learningRate = schedule.rate(at: step)
      optimizer.step(loss)
      losses.append(loss.item)
      step += 1
    }
    overlaps.append(overlap())
  }
  page.say(
    "Each pixel is to be told as ground or cell. The way down sees ever more of the picture and gives up where exactly; the way up puts the "
      + "answer back in its place with the help of the skips. Masks overlap with the truth by their IoU: what both have, divided by "
      + "what either has, averaged over ground and cells.")
  try page.show(
    Panels(
      columns: 2,
      [
        Chart(
          "Loss", x: Axis("step"), y: Axis("cross-entropy, nat"), width: 300, height: 240, [.line(y: losses)]),
        Chart(
          "Overlap on 32 unseen pictures", x: Axis("epoch"), y: Axis("mean IoU", 0...1), width: 300, height: 240,
          [.line(y: overlaps, color: .green)]),
      ]), "curves", "Loss by step and mean IoU by epoch")
  let (images, masks) = unseen.batch(Array(0..<8))
  let logits = network(images, .inference).floats
  let shares = logits.softmax(along: 1).slice(axis: 1, range: 1..<2)
  let answers = logits.argmax(along: 1)
  let side = images.shape[3]
  let wrong = zip(answers.scalars, masks.scalars).map { Float($0 == $1 ? 0 : 1) }
  func row(_ label: String, _ maps: Tensor<Float>) -> ImageSheet.Row {
    .init(
      label,
      (0..<8).map {
        RasterImage(maps.reshaped([8, side, side]).element(at: $0), stretching: label == "picture" ? -1...1 : 0...1)
      })
  }
  try page.show(
    ImageSheet(
      "Pictures that no training has seen", tile: 64,
      [
        row("picture", images), row("true mask", Tensor(masks.scalars.map { Float($0) }, shape: [8, side, side])),
        row("p(cell)", shares), row("wrong", Tensor(wrong, shape: [8, side, side])),
      ]), "masks", "Pictures of cells, their masks, the network's answer and its errors")
  page.say("What is still wrong lies along the outlines and on the thin lines of ground between cells that touch.")
  page.expect(
    "mean IoU on unseen pictures is at least 0.9", (overlaps.last ?? 0) >= 0.9, decimal(overlaps.last ?? 0, 3))
}
