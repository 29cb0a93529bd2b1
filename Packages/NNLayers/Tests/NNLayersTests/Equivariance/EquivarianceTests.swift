import Autograd
import NNLayers
import TensorCore
import Testing

/// What turns and mirrors do to images and to maps with orientations, written out anew.
struct EquivarianceTests {
  /// Every plane turned by 90° counter-clockwise.
  static func turned(_ x: Tensor<Float>) -> Tensor<Float> {
    moved(x) { row, column, n in (column, n - 1 - row) }
  }

  /// Every plane mirrored left to right.
  static func mirrored(_ x: Tensor<Float>) -> Tensor<Float> {
    moved(x) { row, column, n in (row, n - 1 - column) }
  }

  private static func moved(_ x: Tensor<Float>, _ source: (Int, Int, Int) -> (Int, Int)) -> Tensor<Float> {
    let n = x.shape[3], elements = x.scalars
    var result = elements
    for index in elements.indices {
      let (row, column) = source(index / n % n, index % n, n)
      result[index] = elements[index / (n * n) * (n * n) + row * n + column]
    }
    return Tensor(result, shape: x.shape)
  }

  /// The channels within each feature exchanged: the new one at e is the old one at `source[e]`.
  private static func reordered(_ x: Tensor<Float>, _ source: [Int]) -> Tensor<Float> {
    let channels = (0..<x.shape[1]).map { Int64($0 / source.count * source.count + source[$0 % source.count]) }
    return x.take(Tensor(channels), along: 1)
  }

  private static func expectEqual(
    _ got: Tensor<Float>, _ expected: Tensor<Float>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = expected.scalars.reduce(0) { max($0, abs($1)) }
    let off = zip(got.scalars, expected.scalars).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(got.shape == expected.shape && largest > 0.1, sourceLocation: sourceLocation)
    #expect(off <= 2e-6 * largest, "\(off) of \(largest)", sourceLocation: sourceLocation)
  }

  private static func images(_ channels: Int, _ side: Int) -> Tensor<Float> {
    var random = RandomStream(seed: 5)
    return .normal([3, channels, side, side], using: &random)
  }

  /// Turned images give turned maps that moved on by one orientation; within mirrored ones too, as r rᵃ m = rᵃ⁺¹ m.
  @Test(arguments: PlanarGroup.allCases) func turns(_ group: PlanarGroup) throws {
    let network = seeded(4) { Self.network(group) }
    let x = Self.images(2, 12)
    let order = group == .p4 ? [3, 0, 1, 2] : [3, 0, 1, 2, 7, 4, 5, 6]
    Self.expectEqual(
      try network.predict(Self.turned(x)), Self.reordered(Self.turned(try network.predict(x)), order))
  }

  /// Mirrored images give mirrored maps in which m rᵃ = r⁻ᵃ m and m rᵃ m = r⁻ᵃ.
  @Test func mirrors() throws {
    let network = seeded(4) { Self.network(.p4m) }
    let x = Self.images(2, 12)
    Self.expectEqual(
      try network.predict(Self.mirrored(x)),
      Self.reordered(Self.mirrored(try network.predict(x)), [4, 7, 6, 5, 0, 3, 2, 1]))
  }

  /// The group of turns alone knows nothing of mirrors, and an ordinary convolution nothing of turns.
  @Test func lackOfIt() throws {
    let x = Self.images(2, 12)
    let turning = seeded(4) { Self.network(.p4) }
    let mirrored = Self.mirrored(try turning.predict(x)).max(along: [1]).scalars
    let changed = try turning.predict(Self.mirrored(x)).max(along: [1]).scalars
    #expect(zip(mirrored, changed).contains { abs($0 - $1) > 0.1 })
    let plain = seeded(4) { Conv2d(2, 3, kernelSize: 3) }
    let turned = Self.turned(try plain.predict(x)).scalars
    #expect(zip(turned, try plain.predict(Self.turned(x)).scalars).contains { abs($0 - $1) > 0.1 })
  }

  /// A stride keeps it where the kernel ends at the edge: 7 = 3 + 2 · 2, but not 8.
  @Test func strides() throws {
    let layer = seeded(4) { LiftingConv2d(.p4, 2, 3, kernelSize: 3, stride: 2) }
    let x = Self.images(2, 7)
    Self.expectEqual(
      try layer.predict(Self.turned(x)), Self.reordered(Self.turned(try layer.predict(x)), [3, 0, 1, 2]))
    let uneven = Self.images(2, 8)
    let turned = Self.reordered(Self.turned(try layer.predict(uneven)), [3, 0, 1, 2]).scalars
    #expect(zip(turned, try layer.predict(Self.turned(uneven)).scalars).contains { abs($0 - $1) > 0.1 })
  }

  /// Batch statistics are those of a feature in all its orientations, so that turned images have the same.
  @Test func trainingWithNormalization() {
    let x = Self.images(2, 12)
    func output(_ x: Tensor<Float>) -> Tensor<Float> { seeded(4) { Self.network(.p4) }(x, .training(seed: 1)).floats }
    Self.expectEqual(output(Self.turned(x)), Self.reordered(Self.turned(output(x)), [3, 0, 1, 2]))
  }

  /// Largest values over the orientations turn as an image does.
  @Test func poolingForgetsTheOrientation() throws {
    let network = seeded(4) { Sequential(Self.network(.p4m), GroupMaxPool(.p4m)) }
    let x = Self.images(2, 12)
    #expect(try network.predict(x).shape == [3, 3, 4, 4])
    Self.expectEqual(try network.predict(Self.turned(x)), Self.turned(try network.predict(x)))
    Self.expectEqual(try network.predict(Self.mirrored(x)), Self.mirrored(try network.predict(x)))
  }

  private static func network(_ group: PlanarGroup) -> Sequential {
    Sequential(
      LiftingConv2d(group, 2, 4, kernelSize: 3), GroupBatchNorm2d(group, 4), ReLU(), MaxPool2d(2, stride: 1),
      GroupConv2d(group, 4, 5, kernelSize: 2), ReLU(), GroupConv2d(group, 5, 3, kernelSize: 5))
  }
}
