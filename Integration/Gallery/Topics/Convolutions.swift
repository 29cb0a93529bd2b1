import Drawing
import Training

extension Topic {
  static let convolution = Topic(
    "convolution", "A filter slides over an image; the same as a sparse matrix", draw: drawConvolution)
}

/// The lectures' examples by number: sliding window, full convolution, stride, padding, dilation, the matrix.
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

  try drawSizes(page)
  page.say(
    "Since every number of the result is a sum of pixels by weights, the filter is a matrix for the flattened image: mostly zeros, the same "
      + "numbers along diagonals. Its transpose takes gradients back: a convolution with the turned filter.")
  let weight = Tensor<Float>([1, 2, 3, 4], shape: [1, 1, 2, 2])
  let geometry = ConvolutionGeometry(kernel: PlaneSize(2))
  let matrix = weight.toeplitzMatrix(imageSize: PlaneSize(3), geometry: geometry)
  try page.show(
    NumberGrid("a 2×2 filter on a 3×3 image: 4×9", rows(matrix)) {
      matrix[$0, $1] == 0 ? nil : .number(Int(matrix[$0, $1]))
    },
    "matrix", "The matrix of a convolution with a filter of four numbers")
  let input = Tensor<Float>((1...9).map(Float.init), shape: [1, 1, 3, 3])
  let direct = input.conv2d(weight, geometry: geometry)
  let product = matrix.matmul(input.reshaped([9, 1]))
  page.expect("matrix times image is the convolution", product.scalars == direct.scalars)
}

/// Where windows lie for strides, padding and dilation, and the sizes that come out.
private func drawSizes(_ page: Page) throws {
  page.say(
    "Of N pixels, a filter of F, padding P on each side and stride S there remain (N - F + 2P)/S + 1. For N = 7 and F = 3 stride 1 gives 5, "
      + "stride 2 gives 3, stride 3 does not fit: a pixel is left over. Padding of (F - 1)/2 keeps the size. Dilation spreads the "
      + "filter: here it covers five pixels with three weights.")
  let cases: [(name: String, stride: Int, padding: Int, dilation: Int, size: Int)] = [
    ("stride 1", 1, 0, 1, 5), ("stride 2", 2, 0, 1, 3), ("stride 3", 3, 0, 1, 2), ("padding 1", 1, 1, 1, 7),
    ("dilation 2", 1, 0, 2, 3),
  ]
  var grids: [any Picture] = []
  for one in cases {
    let side = 7 + 2 * one.padding
    let second = one.stride
    grids.append(
      NumberGrid("\(one.name): \(one.size)", Array(repeating: Array(repeating: "", count: side), count: side), cell: 14)
      { row, column in
        let isPadding = min(row, column) < one.padding || max(row, column) >= side - one.padding
        let taps = [0, 1, 2].map { $0 * one.dilation }
        if taps.contains(row), taps.contains(column) { return .orange }
        if taps.contains(row), taps.contains(column - second) { return .blue }
        return isPadding ? .grey : nil
      })
    let layer = Conv2d(
      1, 1, kernelSize: 3, stride: PlaneSize(one.stride), padding: .symmetric(PlaneSize(one.padding)),
      dilation: PlaneSize(one.dilation))
    let found = try layer.outputShape(for: [1, 1, 7, 7])?[2] ?? 0
    page.expect("7×7, filter of 3, \(one.name)", Double(found), near: Double(one.size), within: 0, places: 0)
  }
  try page.show(
    Line(gap: 4, grids), "windows", "The first two windows on an image of 7×7 for strides, padding and dilation")
  let example = Conv2d(3, 10, kernelSize: 5, padding: 2)
  page.expect("ten 5×5 filters on 3 channels: weights", Double(example.parameterCount), near: 760, within: 0, places: 0)
}

private func rows(_ tensor: Tensor<Float>) -> [[Double]] {
  (0..<tensor.shape[0]).map { row in (0..<tensor.shape[1]).map { Double(tensor[row, $0]) } }
}
