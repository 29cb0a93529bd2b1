import Autograd
import Models
import NNLayers
import TensorCore
import Testing

struct P4CNNTests {
  private static func images(_ side: Int) -> Tensor<Float> {
    var random = RandomStream(seed: 9)
    return .normal([4, 1, side, side], using: &random)
  }

  /// Every plane turned by 90° counter-clockwise.
  private static func turned(_ x: Tensor<Float>) -> Tensor<Float> { x.permuted([0, 1, 3, 2]).flipped(along: [2]) }

  private static func largestDifference(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Float {
    zip(a.scalars, b.scalars).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test func turningIsCounterClockwise() {
    let x: Tensor<Float> = [[[[1, 2], [3, 4]]]]
    #expect(Self.turned(x) == [[[[2, 4], [1, 3]]]])
  }

  /// The logits of an image and of its turns by 90°, 180° and 270° are equal up to rounding; those of the ordinary network
  /// are not.
  @Test(arguments: [28, 32]) func logitsDoNotDependOnTurns(_ side: Int) throws {
    let network = seeded(1) { P4CNN() }
    let x = Self.images(side)
    let logits = try network.predict(x)
    let scale = logits.scalars.reduce(0) { max($0, abs($1)) }
    #expect(Self.largestDifference(logits, logits.take([1, 2, 3, 0])) > 0.05 * scale)
    var turn = x
    for _ in 0..<3 {
      turn = Self.turned(turn)
      #expect(Self.largestDifference(try network.predict(turn), logits) <= 1e-5 * scale)
    }
    let plain = seeded(1) { Z2CNN() }
    let usual = try plain.predict(x)
    let change = Self.largestDifference(try plain.predict(Self.turned(x)), usual)
    #expect(change > 0.02 * usual.scalars.reduce(0) { max($0, abs($1)) })
  }

  /// With mirrors, mirrored images have the same logits too; without, they have not.
  @Test func logitsDoNotDependOnMirrors() throws {
    let x = Self.images(28), mirrored = x.flipped(along: [3])
    func change(_ group: PlanarGroup) throws -> Float {
      let network = seeded(1) { P4CNN(group: group, channels: 3) }
      let logits = try network.predict(x)
      let scale = logits.scalars.reduce(0) { max($0, abs($1)) }
      #expect(Self.largestDifference(try network.predict(Self.turned(x)), logits) <= 1e-5 * scale)
      return Self.largestDifference(try network.predict(mirrored), logits) / scale
    }
    #expect(try change(.p4m) <= 1e-5)
    #expect(try change(.p4) > 0.02)
  }

  /// 9 · 10 + 5 · (10 · 10 · 4 · 9) + 6 · 20 + 10 · 10 · 4 · 16 + 10, and for 22 ordinary channels
  /// 9 · 22 + 5 · (22 · 22 · 9) + 6 · 44 + 22 · 10 · 16 + 10.
  @Test func parameters() {
    #expect(P4CNN().parameterCount == 24_620)
    #expect(Z2CNN(channels: 22).parameterCount == 25_772)
    #expect(
      P4CNN().namedParameters.prefix(4).map(\.name) == ["conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight"])
    #expect(P4CNN().namedParameters.suffix(2).map(\.name) == ["conv7.weight", "conv7.bias"])
  }

  @Test func replacesTheHead() throws {
    let letters = P4CNN().replacingHead(classCount: 26)
    #expect(try letters.predict(Self.images(28)).shape == [4, 26])
    #expect(try Z2CNN().replacingHead(classCount: 26).predict(Self.images(28)).shape == [4, 26])
  }
}
