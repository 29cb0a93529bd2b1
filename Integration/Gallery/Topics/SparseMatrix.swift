import Drawing
import Training

extension Topic {
  static let sparseMatrix = Topic("sparse-matrix", "A convolution is a sparse matrix", draw: drawSparseMatrix)
}

/// The matrix of a small filter, and its product with an image.
private func drawSparseMatrix(_ page: Page) throws {
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
