import TensorCore
import Testing

@Suite struct ConversionTests {
  @Test func numbersThatFitEverywhereSurviveEveryConversion() {
    func convertible<From: TensorScalar, To: TensorScalar>(_ from: Tensor<From>, _ to: To.Type) -> Bool {
      let there = from.converted(to: To.self)
      let back = there.converted(to: From.self)
      return there.shape == from.shape && (To.self == Bool.self || back == from)
    }
    func toAll<From: TensorScalar>(_ from: Tensor<From>) -> Bool {
      convertible(from, Float.self) && convertible(from, Double.self) && convertible(from, Int32.self)
        && convertible(from, Int64.self) && convertible(from, UInt8.self) && convertible(from, Bool.self)
    }
    for length in lengths + [70_000] {
      let numbers = filled([length], with: (0..<length).map { UInt8(truncatingIfNeeded: $0) })
      #expect(toAll(numbers))
      #expect(toAll(numbers.converted(to: Float.self)))
      #expect(toAll(numbers.converted(to: Double.self)))
      #expect(toAll(numbers.converted(to: Int32.self)))
      #expect(toAll(numbers.converted(to: Int64.self)))
      #expect(toAll(numbers.converted(to: Bool.self)))
      #expect(numbers.converted(to: Double.self).scalars == (0..<length).map { Double($0 % 256) })
      #expect(numbers.converted(to: Bool.self).scalars == (0..<length).map { $0 % 256 != 0 })
    }
  }

  @Test func fractionsAreDroppedAndFloatsRound() {
    let numbers: Tensor<Double> = filled([4], with: [-1.9, 1.9, 0.1, -0.99])
    #expect(numbers.converted(to: Int32.self).scalars == [-1, 1, 0, 0])
    #expect(numbers.converted(to: Int64.self).scalars == [-1, 1, 0, 0])
    #expect(numbers.converted(to: Float.self).scalars == [-1.9, 1.9, 0.1, -0.99])
    #expect(numbers.converted(to: Bool.self).scalars == [true, true, true, true])
    #expect(filled([2], with: [-0.5, 255.9]).converted(to: UInt8.self).scalars == [0, 255])
    let whole: Tensor<Int64> = filled([2], with: [1 << 24 + 1, .max])
    #expect(whole.converted(to: Float.self).scalars == [16_777_216, 9.223372e18])
  }

  @Test func theEndsOfTheRangesFit() {
    #expect(filled([2], with: [-2_147_483_648.9, 2_147_483_647.9]).converted(to: Int32.self).scalars == [.min, .max])
    #expect(filled([1], with: [-9_223_372_036_854_775_808.0]).converted(to: Int64.self).scalars == [.min])
    #expect(filled([2], with: [Float.nan, .infinity]).converted(to: Bool.self).scalars == [true, true])
    #expect(filled([2], with: [Double.infinity, 1e300]).converted(to: Float.self).scalars == [.infinity, .infinity])
  }

  @Test func theSameTypeCostsNothing() {
    let numbers: Tensor<Float> = filled([3], with: [1, 2, 3])
    #expect(
      numbers.converted(to: Float.self).withUnsafeBufferPointer(\.baseAddress)
        == numbers.withUnsafeBufferPointer(\.baseAddress))
  }

  @Test func whatDoesNotFitStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 256]).converted(to: UInt8.self)
    }
    #expect(result.says("[converted] a result does not fit in UInt8"))
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>([.nan]).converted(to: Int32.self) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Double>([9_223_372_036_854_775_808]).converted(to: Int64.self)
    }
    await #expect(processExitsWith: .failure) { _ = Tensor<Int64>([1 << 31]).converted(to: Int32.self) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Int32>([-1]).converted(to: UInt8.self) }
  }
}
