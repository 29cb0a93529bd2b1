import TensorCore
import Testing

@Suite struct ArithmeticInPlaceTests {
  @Test func changesTheTensorAndNoCopyOfIt() {
    withEachForm { _ in
      let numbers = spread(37, as: Float.self)
      var a = filled([37], with: numbers)
      let copy = a
      a += filled([37], with: numbers)
      #expect(a.scalars == numbers.map { $0 + $0 })
      #expect(copy.scalars == numbers)
      a -= 1
      a *= filled([1], with: [3])
      a /= 2
      #expect(a.scalars == numbers.map { ($0 + $0 - 1) * 3 / 2 })
    }
  }

  @Test func doesNotCopyWhileAlone() {
    var a: Tensor<Float> = filled([100], with: spread(100))
    let b: Tensor<Float> = filled([100], with: spread(100))
    let before = a.withUnsafeBufferPointer(\.baseAddress)
    a += b
    a -= b
    a *= b
    a /= b
    a += 1
    a *= filled([1], with: [2])
    #expect(a.withUnsafeBufferPointer(\.baseAddress) == before)
  }

  @Test func theRightSideRepeats() {
    var a: Tensor<Double> = filled([2, 3], with: [1, 2, 3, 4, 5, 6])
    a -= filled([3], with: [1, 0, -1])
    a *= filled([2, 1], with: [1, 10])
    #expect(a.scalars == [0, 2, 4, 30, 50, 70])
    let copy = a
    a += filled([], with: [1])
    #expect(a.scalars == [1, 3, 5, 31, 51, 71])
    #expect(copy.scalars == [0, 2, 4, 30, 50, 70])
  }

  /// Whoever asked for rows before the change must not be shown these again.
  @Test func channelsLastImagesThatWereReadInRowsShowTheChange() {
    let rows: Tensor<Float> = filled([2, 3, 2, 2], with: spread(24))
    var a = rows.channelsLast()
    #expect(a.scalars == rows.scalars)
    a += rows.channelsLast()
    #expect(a.scalars == rows.scalars.map { $0 + $0 })
    a += 1
    #expect(a.scalars == rows.scalars.map { $0 + $0 + 1 })
    a.addConv2dInputGradient(of: rows, weight: .zeros([3, 3, 1, 1]), geometry: ConvolutionGeometry(kernel: 1))
    #expect(a.scalars == rows.scalars.map { $0 + $0 + 1 })
  }

  @Test func aTensorMayBeAddedToItself() {
    var a: Tensor<Int32> = filled([3], with: [1, 2, 3])
    a += a
    #expect(a.scalars == [2, 4, 6])
  }
}
