import TensorCore
import Testing

@Suite struct ArithmeticTests {
  struct Pair: Sendable, CustomStringConvertible {
    var left: Shape
    var right: Shape
    var result: Shape
    var description: String { "\(left) with \(right)" }
  }

  static let pairs: [Pair] = [
    Pair(left: [], right: [], result: []),
    Pair(left: [7], right: [], result: [7]),
    Pair(left: [1], right: [5], result: [5]),
    Pair(left: [5], right: [5], result: [5]),
    Pair(left: [3, 4], right: [4], result: [3, 4]),
    Pair(left: [4], right: [3, 4], result: [3, 4]),
    Pair(left: [3, 1], right: [4], result: [3, 4]),
    Pair(left: [3, 17], right: [3, 1], result: [3, 17]),
    Pair(left: [1, 1], right: [2, 3, 4], result: [2, 3, 4]),
    Pair(left: [2, 3, 4, 5], right: [3, 1, 1], result: [2, 3, 4, 5]),
    Pair(left: [2, 1, 4, 1], right: [1, 3, 1, 5], result: [2, 3, 4, 5]),
    Pair(left: [2, 3, 1, 1, 2, 2], right: [1, 3, 4, 1, 1, 2], result: [2, 3, 4, 1, 2, 2]),
    Pair(left: [0, 3], right: [3], result: [0, 3]),
    Pair(left: [2, 0], right: [1], result: [2, 0]),
    Pair(left: [1], right: [0], result: [0]),
    Pair(left: [300, 200], right: [200], result: [300, 200]),
    Pair(left: [3, 40_000], right: [3, 1], result: [3, 40_000]),
    Pair(left: [40_000], right: [2, 40_000], result: [2, 40_000]),
  ]

  struct Operation: Sendable, CustomStringConvertible {
    var description: String
    var float: @Sendable (Tensor<Float>, Tensor<Float>) -> Tensor<Float>
    var double: @Sendable (Tensor<Double>, Tensor<Double>) -> Tensor<Double>
    var exact: @Sendable (Double, Double) -> Double
  }

  static let operations: [Operation] = [
    Operation(description: "+", float: { $0 + $1 }, double: { $0 + $1 }) { $0 + $1 },
    Operation(description: "-", float: { $0 - $1 }, double: { $0 - $1 }) { $0 - $1 },
    Operation(description: "*", float: { $0 * $1 }, double: { $0 * $1 }) { $0 * $1 },
    Operation(description: "/", float: { $0 / $1 }, double: { $0 / $1 }) { $0 / $1 },
    Operation(description: "maximum", float: { .maximum($0, $1) }, double: { .maximum($0, $1) }) { Swift.max($0, $1) },
    Operation(description: "minimum", float: { .minimum($0, $1) }, double: { .minimum($0, $1) }) { Swift.min($0, $1) },
  ]

  /// The elements of `tensor` broadcast to `shape`, index by index.
  static func broadcast<Scalar>(_ tensor: Tensor<Scalar>, to shape: Shape) -> [Scalar] {
    let elements = tensor.scalars
    return (0..<shape.count).map { position in
      var (rest, offset, stride) = (position, 0, 1)
      for axis in (0..<shape.rank).reversed() {
        let own = axis - (shape.rank - tensor.rank)
        if own >= 0 {
          if tensor.shape[own] > 1 { offset += rest % shape[axis] * stride }
          stride *= tensor.shape[own]
        }
        rest /= shape[axis]
      }
      return elements[offset]
    }
  }

  @Test(arguments: pairs, operations) func followsTheRuleOfBroadcasting(_ pair: Pair, _ operation: Operation) {
    let a: Tensor<Float> = filled(pair.left, with: spread(pair.left.count))
    let b: Tensor<Float> = filled(pair.right, with: spread(pair.right.count, seed: 1))
    let exact = zip(Self.broadcast(a, to: pair.result), Self.broadcast(b, to: pair.result)).map {
      operation.exact(Double($0), Double($1))
    }
    withEachForm { form in
      let results = withEachThreadCount { operation.float(a, b) }
      for result in results {
        #expect(result.shape == pair.result)
        // One rounding: the result is the Float nearest to the exact one.
        #expect(same(result.scalars, exact.map(Float.init)), "\(form)")
      }
    }
    let c: Tensor<Double> = filled(pair.left, with: a.scalars.map(Double.init))
    let d: Tensor<Double> = filled(pair.right, with: b.scalars.map(Double.init))
    #expect(same(operation.double(c, d).scalars, exact))
  }

  @Test func scalarsStandOnEitherSide() {
    withEachForm { _ in
      for length in lengths {
        let numbers = spread(length, as: Float.self)
        let a = filled([length], with: numbers)
        #expect((a + 2).scalars == numbers.map { $0 + 2 })
        #expect((a - 2).scalars == numbers.map { $0 - 2 })
        #expect((a * 3).scalars == numbers.map { $0 * 3 })
        #expect((a / 3).scalars == numbers.map { $0 / 3 })
        #expect((2 + a).scalars == numbers.map { 2 + $0 })
        #expect((2 - a).scalars == numbers.map { 2 - $0 })
        #expect((3 * a).scalars == numbers.map { 3 * $0 })
        #expect((3 / a).scalars == numbers.map { 3 / $0 })
        #expect(Tensor.maximum(a, 0.5).scalars == numbers.map { Swift.max($0, 0.5) })
        #expect(Tensor.minimum(a, 0.5).scalars == numbers.map { Swift.min($0, 0.5) })
      }
    }
  }

  @Test func nanComesThroughMaximumAndMinimum() {
    let a: Tensor<Float> = filled([4], with: [.nan, 1, .nan, 2])
    let b: Tensor<Float> = filled([4], with: [1, .nan, .nan, -.infinity])
    withEachForm { _ in
      #expect(Tensor.maximum(a, b).scalars.map(\.isNaN) == [true, true, true, false])
      #expect(Tensor.minimum(a, b).scalars.map(\.isNaN) == [true, true, true, false])
      #expect(Tensor.maximum(a, b).scalars[3] == 2)
      #expect(Tensor.minimum(a, b).scalars[3] == -.infinity)
    }
  }

  @Test func powersAndSquaredDifferences() {
    let a: Tensor<Float> = filled([2, 2], with: [1, 2, 3, 4])
    let b: Tensor<Float> = filled([2], with: [2, -1])
    #expect(a.power(b).scalars == [1, 0.5, 9, 0.25])
    #expect(a.power(0.5).scalars == [1, Float(2).squareRoot(), Float(3).squareRoot(), 2])
    #expect(Tensor.squaredDifference(a, b).scalars == [1, 9, 1, 25])
  }

  @Test func wholeNumbersAreExact() {
    let a: Tensor<Int32> = filled([4], with: [7, -7, .max, .min])
    let b: Tensor<Int32> = filled([4], with: [2, 2, -1, 1])
    #expect((a + b).scalars == [9, -5, .max - 1, .min + 1])
    #expect((a / b).scalars == [3, -3, -.max, .min])
    #expect((a * b).scalars == [14, -14, -.max, .min])
    #expect(Tensor.maximum(a, 0).scalars == [7, 0, .max, 0])
    #expect(a.sign().scalars == [1, -1, 1, -1])
    #expect((-b).scalars == [-2, -2, 1, -1])
    let c: Tensor<UInt8> = filled([3], with: [200, 3, 0])
    #expect((c + 55).scalars == [255, 58, 55])
    #expect((c / 2).scalars == [100, 1, 0])
    #expect(c.clamped(to: 1...100).scalars == [100, 3, 1])
    let d: Tensor<Int64> = filled([2], with: [1 << 40, -3])
    #expect((d - 1).scalars == [(1 << 40) - 1, -4])
    #expect(d.abs().scalars == [1 << 40, 3])
  }
}
