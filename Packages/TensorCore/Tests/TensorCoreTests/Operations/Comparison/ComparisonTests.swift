import TensorCore
import Testing

@Suite struct ComparisonTests {
  /// Compares in every way and checks against Swift's own operators.
  static func check<Scalar: NumericScalar>(_ a: [Scalar], _ b: [Scalar]) -> Bool {
    let (left, right) = (filled([a.count], with: a), filled([b.count], with: b))
    let pairs = Array(zip(a, b))
    return (left .< right).scalars == pairs.map { $0 < $1 } && (left .<= right).scalars == pairs.map { $0 <= $1 }
      && (left .> right).scalars == pairs.map { $0 > $1 } && (left .>= right).scalars == pairs.map { $0 >= $1 }
      && (left .== right).scalars == pairs.map { $0 == $1 } && (left .!= right).scalars == pairs.map { $0 != $1 }
  }

  @Test(arguments: lengths) func agreeWithSwift(_ length: Int) {
    let a = spread(length, as: Double.self), b = spread(length, seed: 1, as: Double.self)
    #expect(Self.check(a, b))
    #expect(Self.check(a.map(Float.init), b.map(Float.init)))
    #expect(Self.check(a.map { Int32($0) }, b.map { Int32($0) }))
    #expect(Self.check(a.map { Int64($0) }, b.map { Int64($0) }))
    #expect(Self.check(a.map { UInt8($0 + 3) }, b.map { UInt8($0 + 3) }))
  }

  @Test func edgesAgreeWithSwift() {
    for shift in edges.indices {
      #expect(Self.check(edges, Array(edges[shift...] + edges[..<shift])))
    }
  }

  @Test func scalarsStandOnEitherSide() {
    let a: Tensor<Int64> = filled([3], with: [1, 2, 3])
    #expect((a .< 2).scalars == [true, false, false])
    #expect((a .<= 2).scalars == [true, true, false])
    #expect((a .> 2).scalars == [false, false, true])
    #expect((a .>= 2).scalars == [false, true, true])
    #expect((a .== 2).scalars == [false, true, false])
    #expect((a .!= 2).scalars == [true, false, true])
    #expect((2 .< a).scalars == [false, false, true])
    #expect((2 .<= a).scalars == [false, true, true])
    #expect((2 .> a).scalars == [true, false, false])
    #expect((2 .>= a).scalars == [true, true, false])
    #expect((2 .== a).scalars == [false, true, false])
    #expect((2 .!= a).scalars == [true, false, true])
  }

  @Test(arguments: ArithmeticTests.pairs) func shapesBroadcast(_ pair: ArithmeticTests.Pair) {
    let a: Tensor<Float> = filled(pair.left, with: spread(pair.left.count))
    let b: Tensor<Float> = filled(pair.right, with: spread(pair.right.count, seed: 1))
    let result = a .< b
    let elements = zip(
      ArithmeticTests.broadcast(a, to: pair.result), ArithmeticTests.broadcast(b, to: pair.result))
    #expect(result.shape == pair.result)
    #expect(result.scalars == elements.map { $0 < $1 })
  }

  @Test func truthValuesAreCompared() {
    let a: Tensor<Bool> = filled([4], with: [true, true, false, false])
    let b: Tensor<Bool> = filled([4], with: [true, false, true, false])
    #expect((a .== b).scalars == [true, false, false, true])
    #expect((a .& b).scalars == [true, false, false, false])
    #expect((a .| b).scalars == [true, true, true, false])
    #expect((.!a).scalars == [false, false, true, true])
    #expect((a .& filled([1], with: [true])).scalars == a.scalars)
  }

  @Test func predicates() {
    let a: Tensor<Float> = filled([5], with: [1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude])
    #expect(a.isNaN().scalars == [false, true, false, false, false])
    #expect(a.isFinite().scalars == [true, false, false, false, true])
    let b: Tensor<Double> = filled([3], with: [.nan, -.greatestFiniteMagnitude, .infinity])
    #expect(b.isNaN().scalars == [true, false, false])
    #expect(b.isFinite().scalars == [false, true, false])
  }

  @Test func allAndAny() {
    let a: Tensor<Bool> = filled([2, 3], with: [true, true, true, false, true, false])
    #expect(a.all().scalars == [false])
    #expect(a.any().scalars == [true])
    #expect(a.all(along: [1]).scalars == [true, false])
    #expect(a.any(along: [0]).scalars == [true, true, true])
    #expect(a.all(along: [0], keepingAxes: true).shape == [1, 3])
    #expect(a.all(along: []).scalars == a.scalars)
    #expect(filled([0], with: [Bool]()).all().scalars == [true])
    #expect(filled([0, 2], with: [Bool]()).any(along: [0]).scalars == [false, false])
    let many = Tensor<Bool>(repeating: true, shape: [100_001])
    #expect(many.all().scalars == [true])
    #expect((.!many).any().scalars == [false])
  }

  @Test func shapesThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]) .< Tensor<Float>.zeros([2])
    }
    #expect(result.says("[.<] the shapes [2, 3] and [2] do not fit each other"))
  }
}
