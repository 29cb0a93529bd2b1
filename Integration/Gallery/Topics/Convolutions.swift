import Drawing
import Training

extension Topic {
  static let convolution = Topic(
    "convolution", "A filter slides over an image", draw: drawConvolution)
}

/// The lectures' examples by number: sliding window, full convolution, dice.
private func drawConvolution(_ page: Page) throws {
  let image: Tensor<Float> = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
  let filter: Tensor<Float> = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
  let found = image.crossCorrelated(with: filter)
  page.say(
    "The filter lies on a window of the image, pairs are multiplied and added: a number of the result. Then it moves on. What deep "
      + "learning calls a convolution is this cross-correlation; true convolution turns the filter by 180° first.")
  try page.show(
    Line(
      nil,
      [
        NumberGrid("image", rows(image)) { $0 < 3 && $1 < 3 ? .orange : nil }, Sign("*", height: 170),
        NumberGrid("filter", rows(filter)) { _, _ in .orange }, Sign("=", height: 170),
        NumberGrid("3×3 windows", rows(found)) { $0 == 0 && $1 == 0 ? .orange : nil },
      ]), "sliding", "An image of 5×5, a filter of 3×3 and the result of 3×3")
  page.expect("valid cross-correlation", found.scalars == [4, 3, 4, 2, 4, 3, 2, 3, 4], "4 3 4, 2 4 3, 2 3 4")

  let small: Tensor<Float> = [[1, 3, 1], [0, -1, 1], [2, 2, -1]], kernel: Tensor<Float> = [[1, 2], [0, -1]]
  let full = small.convolved(with: kernel)
  page.say(
    "Full convolution: each pixel lays down a copy of the filter, weighted by itself; copies that overlap add up.")
  try page.show(
    Line(
      nil,
      [
        NumberGrid("image", rows(small)), Sign("*", height: 150),
        NumberGrid("filter", rows(kernel)) { _, _ in .orange },
        Sign("=", height: 150), NumberGrid("full convolution", rows(full)),
      ]), "full", "The full convolution of 3×3 by 2×2 numbers is 4×4")
  page.expect("full convolution", full.scalars == [1, 5, 7, 2, 0, -2, -4, 1, 2, 6, 4, -3, 0, -2, -2, 1], "by hand")
  let die = Tensor<Float>(Array(repeating: 1.0 / 6, count: 6))
  let sums = die.convolved(with: die)
  try page.show(
    Chart(
      "The sum of two dice is a convolution of their distributions", x: Axis("sum", 1...13),
      y: Axis("probability", 0...0.2),
      height: 240, [.bars(x: (2...12).map(Double.init), y: sums.scalars.map(Double.init))]),
    "dice", "Probabilities of the sums 2 to 12 of two dice")
  page.expect("P(7)", Double(sums.scalars[5]), near: 1.0 / 6, within: 1e-6, places: 4)
}
