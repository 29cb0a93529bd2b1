import TensorCore
import Testing

/// Prepared operations against the plain ones in Double.
struct PreparedTests {
  private static func tensor(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  /// Within 4e-6 of the largest of the sums, from which the expected values come.
  private func expectClose(
    _ found: Tensor<Float>, _ expected: Tensor<Double>, of sums: Tensor<Double>? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.shape == expected.shape, sourceLocation: sourceLocation)
    let largest = (sums ?? expected).scalars.map { Swift.abs($0) }.max() ?? 0
    let distance = zip(found.scalars, expected.scalars).map { Swift.abs(Double($0) - $1) }.max() ?? 0
    #expect(distance <= 4e-6 * Swift.max(largest, 1), sourceLocation: sourceLocation)
  }

  struct Convolution: Sendable {
    let input: Shape
    let weight: Shape
    let geometry: ConvolutionGeometry
  }

  static let convolutions: [Convolution] = [
    Convolution(input: [2, 3, 9, 8], weight: [5, 3, 3, 3], geometry: ConvolutionGeometry(kernel: 3, padding: 1)),
    Convolution(input: [2, 32, 14, 14], weight: [48, 32, 3, 3], geometry: ConvolutionGeometry(kernel: 3, padding: 1)),
    Convolution(input: [3, 40, 7, 7], weight: [24, 40, 1, 1], geometry: ConvolutionGeometry(kernel: 1)),
    Convolution(
      input: [2, 24, 11, 9], weight: [32, 24, 3, 3], geometry: ConvolutionGeometry(kernel: 3, stride: 2, padding: 1)),
    Convolution(
      input: [1, 3, 40, 40], weight: [64, 3, 7, 7], geometry: ConvolutionGeometry(kernel: 7, stride: 2, padding: 3)),
    Convolution(input: [20, 2, 9, 9], weight: [4, 2, 5, 5], geometry: ConvolutionGeometry(kernel: 5)),
    Convolution(
      input: [2, 16, 6, 6], weight: [16, 1, 3, 3], geometry: ConvolutionGeometry(kernel: 3, padding: 1, groups: 16)),
    Convolution(input: [0, 32, 6, 6], weight: [32, 32, 3, 3], geometry: ConvolutionGeometry(kernel: 3, padding: 1)),
  ]

  /// With and without bias, addend and bounds; the addend row-major or channels-last.
  @Test(arguments: convolutions) func convolution(_ sizes: Convolution) {
    let x = Self.tensor(sizes.input, seed: 1), weight = Self.tensor(sizes.weight, seed: 2)
    let bias = Self.tensor([sizes.weight[0]], seed: 3)
    let sums = x.converted(to: Double.self).conv2d(
      weight.converted(to: Double.self), bias: bias.converted(to: Double.self), geometry: sizes.geometry)
    let prepared = PreparedConvolution(weight: weight, bias: bias, geometry: sizes.geometry, inputShape: x.shape)
    #expect(prepared.outputShape == sums.shape)
    expectClose(prepared(x), sums)
    expectClose(prepared(x.channelsLast(), clampedTo: 0...Float.infinity), sums.relu(), of: sums)
    let addend = Self.tensor(sums.shape, seed: 4), both = sums + addend.converted(to: Double.self)
    expectClose(prepared(x, adding: addend, clampedTo: -1...2), both.clamped(to: -1...2), of: both)
    expectClose(prepared(x, adding: addend.channelsLast()), both)
    let plain = PreparedConvolution(weight: weight, bias: nil, geometry: sizes.geometry, inputShape: x.shape)
    expectClose(
      plain(x), x.converted(to: Double.self).conv2d(weight.converted(to: Double.self), geometry: sizes.geometry))
    #expect(prepared(x, adding: addend).scalars == prepared(x, adding: addend).scalars)
  }

  /// As channels of wider images, whose others stay.
  @Test(arguments: convolutions) func convolutionIntoAPart(_ sizes: Convolution) throws {
    let x = Self.tensor(sizes.input, seed: 1), weight = Self.tensor(sizes.weight, seed: 2)
    let prepared = PreparedConvolution(
      weight: weight, bias: Self.tensor([sizes.weight[0]], seed: 3), geometry: sizes.geometry, inputShape: x.shape)
    let expected = prepared(x, clampedTo: -1...1), count = expected.shape[1]
    let shape = Shape([expected.shape[0], 2 * count + 3] + expected.shape.sizes[2...])
    var whole: Tensor<Float>?
    prepared(x, clampedTo: -1...1, into: &whole, of: shape, fromChannel: 3)
    for first in [0, 1, 2] {
      let one = PreparedConvolution(
        weight: .zeros([1, 1, 1, 1]), bias: Tensor(repeating: Float(first), shape: [1]),
        geometry: ConvolutionGeometry(kernel: 1),
        inputShape: Shape([shape[0], 1] + shape.sizes[2...]))
      one(Tensor.ones(one.inputShape), into: &whole, of: shape, fromChannel: first)
    }
    prepared(x, into: &whole, of: shape, fromChannel: count + 3)
    prepared(x, clampedTo: -1...1, into: &whole, of: shape, fromChannel: count + 3)
    let parts = try #require(whole).split(sizes: [1, 1, 1, count, count], along: 1)
    for first in [0, 1, 2] { #expect(parts[first].scalars.allSatisfy { $0 == Float(first) }) }
    #expect(parts[3].scalars == expected.scalars)
    #expect(parts[4].scalars == expected.scalars)
  }

  /// Few rows and many, inner sizes beyond a slice, columns beyond a panel, none.
  @Test(
    arguments: [
      [1, 70, 33], [8, 64, 16], [9, 64, 16], [16, 1030, 200], [130, 400, 120], [40, 7, 1], [0, 5, 3], [12, 0, 4],
    ],
    [false, true])
  func product(_ sizes: [Int], _ transposed: Bool) {
    let (m, k, n) = (sizes[0], sizes[1], sizes[2])
    let x = Self.tensor([m, k], seed: 1), matrix = Self.tensor(transposed ? [n, k] : [k, n], seed: 2)
    let bias = Self.tensor([n], seed: 3)
    let sums =
      x.converted(to: Double.self).matmul(matrix.converted(to: Double.self), transposingRight: transposed)
      + bias.converted(to: Double.self)
    let prepared = PreparedProduct(matrix, transposed: transposed, bias: bias, inputShape: x.shape)
    expectClose(prepared(x), sums)
    expectClose(prepared(x, clampedTo: 0...Float.infinity), sums.relu(), of: sums)
    let plain = PreparedProduct(matrix, transposed: transposed, bias: nil, inputShape: x.shape)
    expectClose(plain(x), sums - bias.converted(to: Double.self))
    #expect(prepared(x).scalars == prepared(x).scalars)
  }

  @Test func leadingAxesAreRows() {
    let x = Self.tensor([3, 4, 6], seed: 1), matrix = Self.tensor([6, 5], seed: 2)
    let prepared = PreparedProduct(matrix, transposed: false, bias: nil, inputShape: x.shape)
    expectClose(prepared(x), x.converted(to: Double.self).matmul(matrix.converted(to: Double.self)))
  }

  @Test func weightsArePackedOnce() {
    let weights = PackedWeights(), matrix = Self.tensor([16, 8], seed: 1)
    for rows in [9, 20, 31] {
      _ = PreparedProduct(matrix, transposed: false, bias: nil, inputShape: [rows, 16], packing: weights)
    }
    #expect(weights.count == 1)
    _ = PreparedProduct(
      Self.tensor([16, 8], seed: 2), transposed: false, bias: nil, inputShape: [9, 16], packing: weights)
    #expect(weights.count == 2)
  }

  @Test func notANumberPassesBounds() {
    let prepared = PreparedProduct([[1], [1]], transposed: false, bias: [1], inputShape: [9, 2])
    let x = Tensor<Float>(shape: [9, 2]) { for i in $0.indices { $0[i] = i == 3 ? .nan : -Float(i) } }
    let found = prepared(x, clampedTo: 0...Float.infinity).scalars
    #expect(found[0] == 0 && found[1].isNaN && found[2] == 0)
  }

  @Test(arguments: [5, 70]) func maximaAreThoseOfMaxPooling(channels: Int) {
    let shape: Shape = [2, channels, 9, 8]
    var values = Self.tensor(shape, seed: 1).scalars
    (values[7], values[72 * channels + 130]) = (.nan, .infinity)
    let x = Tensor(values, shape: shape)
    for geometry in [PoolingGeometry(kernel: 2), PoolingGeometry(kernel: 3, stride: 2, padding: 1, roundsUp: true)] {
      let expected = x.maxPool2d(geometry).output.scalars
      for input in [x, x.channelsLast()] {
        for (a, b) in zip(input.windowMaxima(geometry).scalars, expected) { #expect(a == b || a.isNaN && b.isNaN) }
      }
    }
  }

  @Test func otherShapesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = PreparedProduct([[1], [1]], transposed: false, bias: nil, inputShape: [1, 2])([[1, 2], [3, 4]])
    }
    await #expect(processExitsWith: .failure) {
      _ = PreparedConvolution(
        weight: .ones([1, 1, 1, 1]), bias: nil, geometry: ConvolutionGeometry(kernel: 1), inputShape: [1, 1, 2, 2])(
          .ones([1, 1, 3, 3]))
    }
    await #expect(processExitsWith: .failure) {
      var whole: Tensor<Float>?
      PreparedConvolution(
        weight: .ones([2, 1, 1, 1]), bias: nil, geometry: ConvolutionGeometry(kernel: 1), inputShape: [1, 1, 2, 2])(
          .ones([1, 1, 2, 2]), into: &whole, of: [1, 3, 2, 2], fromChannel: 2)
    }
  }
}
