import Drawing
import Training

extension Topic {
  static let dropout = Topic("dropout", "Dropout: the mean over all masks", draw: drawDropout)
}

/// All masks of two units, and the mean over many masks.
private func drawDropout(_ page: Page) throws {
  page.say(
    "Dropout switches off each unit with probability p while training and divides what remains by 1 - p: over all masks the mean is what the "
      + "network answers without dropout. For w₁x + w₂y and p = 1/2 there are four masks of a quarter each.")
  let x: Tensor<Float> = [[3, 5]]
  let masks: [(Double, Double)] = [(1, 1), (1, 0), (0, 1), (0, 0)]
  let outputs = masks.map { $0.0 * 2 * 3 + $0.1 * 2 * 5 }
  page.table(
    ["mask", "output, x = 3, y = 5, both weights 1"],
    zip(masks, outputs).map { ["\(Int($0.0)) \(Int($0.1))", decimal($1, 0)] } + [
      ["mean", decimal(outputs.reduce(0, +) / 4, 0)]
    ])
  let layer = Dropout(0.5)
  let sums = (0..<4000).map { draw in
    Double(layer(x, .training(seed: UInt64(draw))).floats.sum().scalar)
  }
  let mean = sums.reduce(0, +) / 4000
  page.expect("mean of the four masks", outputs.reduce(0, +) / 4, near: 8, within: 0, places: 0)
  page.expect("mean of 4,000 drawn masks", mean, near: 8, within: 0.3)
  page.expect("a drawn mask gives one of the four outputs", sums.allSatisfy { outputs.contains($0) })
  page.expect("without dropout", Double(layer(x, .inference).floats.sum().scalar), near: 8, within: 0, places: 0)
}
