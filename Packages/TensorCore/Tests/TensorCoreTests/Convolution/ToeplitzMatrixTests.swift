import TensorCore
import Testing

@Suite struct ToeplitzMatrixTests {
  static let cases = ConvolutionCase.table.filter {
    $0.input[0] > 0 && $0.input[1] > 0 && $0.input[1...].reduce(1, *) * $0.output[1...].reduce(1, *) < 400_000
  }

  @Test("Linear map: a convolution equals a sparse Toeplitz matrix, its transpose the backward pass", arguments: cases)
  func equalsTheConvolution(_ test: ConvolutionCase) {
    var numbers = TestNumbers(seed: 13)
    let image = [1] + test.input[1...], output = [1] + test.output[1...]
    let w = Tensor<Double>(numbers: numbers.values(test.weight), shape: test.weight)
    let x = Tensor<Double>(numbers: numbers.values(image), shape: image)
    let g = Tensor<Double>(numbers: numbers.values(output), shape: output)
    let size = PlaneSize(height: test.input[2], width: test.input[3])
    let matrix = w.toeplitzMatrix(imageSize: size, geometry: test.geometry)
    #expect(matrix.shape == [g.count, x.count])
    let product = matrix.matmul(x.reshaped([x.count, 1]))
    #expect(x.conv2d(w, geometry: test.geometry).error(from: product.scalars) < 1e-13)
    let back = matrix.matmul(g.reshaped([g.count, 1]), transposingLeft: true)
    let gradient = g.conv2dInputGradient(weight: w, inputShape: Shape(image), geometry: test.geometry)
    #expect(gradient.error(from: back.scalars) < 1e-13)
  }

  /// A line of three under a kernel of two: the kernel moves on by one from row to row.
  @Test func byHand() {
    let w = Tensor<Float>([5, 7], shape: [1, 1, 1, 2])
    let matrix = w.toeplitzMatrix(
      imageSize: PlaneSize(height: 1, width: 3),
      geometry: ConvolutionGeometry(kernel: PlaneSize(height: 1, width: 2)))
    #expect(matrix == [[5, 7, 0], [0, 5, 7]])
  }

  @Test("Linear map: the backward pass is a full convolution with the filter")
  func backwardIsAConvolution() {
    var numbers = TestNumbers(seed: 14)
    let w = Tensor<Double>(numbers: numbers.values([3, 3]), shape: [3, 3])
    let g = Tensor<Double>(numbers: numbers.values([4, 5]), shape: [4, 5])
    let gradient = g.reshaped([1, 1, 4, 5]).conv2dInputGradient(
      weight: w.reshaped([1, 1, 3, 3]), inputShape: [1, 1, 6, 7], geometry: ConvolutionGeometry(kernel: 3))
    #expect(gradient.error(from: g.convolved(with: w).scalars) < 1e-15)
  }
}
