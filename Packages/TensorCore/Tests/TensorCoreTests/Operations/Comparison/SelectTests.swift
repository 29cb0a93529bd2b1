import TensorCore
import Testing

@Suite struct SelectTests {
  static func check<Scalar: TensorScalar>(_ a: [Scalar], _ b: [Scalar]) -> Bool {
    let mask = a.indices.map { $0 % 3 == 1 }
    let (left, right) = (filled([a.count], with: a), filled([a.count], with: b))
    let chosen = filled([a.count], with: mask)
    return chosen.select(left, right).scalars == a.indices.map { mask[$0] ? a[$0] : b[$0] }
      && (a.isEmpty || chosen.select(left, b[0]).scalars == a.indices.map { mask[$0] ? a[$0] : b[0] })
      && (a.isEmpty || chosen.select(a[0], right).scalars == a.indices.map { mask[$0] ? a[0] : b[$0] })
  }

  @Test(arguments: lengths + [70_000]) func takesFromEither(_ length: Int) {
    let a = spread(length, as: Double.self), b = spread(length, seed: 1, as: Double.self)
    #expect(Self.check(a, b))
    #expect(Self.check(a.map(Float.init), b.map(Float.init)))
    #expect(Self.check(a.map { Int32($0 * 9) }, b.map { Int32($0 * 9) }))
    #expect(Self.check(a.map { Int64($0 * 9) }, b.map { Int64($0 * 9) }))
    #expect(Self.check(a.map { UInt8($0 + 3) }, b.map { UInt8($0 + 3) }))
    #expect(Self.check(a.map { $0 > 0 }, b.map { $0 > 0 }))
  }

  @Test func nanOfTheOtherSideDoesNotComeThrough() {
    let mask: Tensor<Bool> = filled([2], with: [true, false])
    #expect(mask.select(filled([2], with: [1, Float.nan]), filled([2], with: [.nan, 2])).scalars == [1, 2])
  }

  @Test func shapesBroadcast() {
    let mask: Tensor<Bool> = filled([2, 1], with: [true, false])
    let result = mask.select(filled([3], with: [1, 2, 3]), Tensor<Float>(0))
    #expect(result.shape == [2, 3])
    #expect(result.scalars == [1, 2, 3, 0, 0, 0])
    #expect(mask.select(filled([3], with: [1, 2, 3]), Float(7)).scalars == [1, 2, 3, 7, 7, 7])
  }

  @Test func shapesThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Bool>(repeating: true, shape: [2]).select(Tensor<Float>.zeros([3]), 0)
    }
    #expect(result.says("[select] the mask [2] and [3] do not fit each other"))
  }
}
