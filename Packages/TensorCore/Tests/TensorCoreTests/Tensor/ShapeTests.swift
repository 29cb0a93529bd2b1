import TensorCore
import Testing

@Suite struct ShapeTests {
  @Test func countsAndStrides() {
    #expect(Shape([]).count == 1)
    #expect(Shape([]).strides == [])
    #expect(Shape([2, 3, 4]).count == 24)
    #expect(Shape([2, 3, 4]).strides == [12, 4, 1])
    #expect(Shape([2, 0, 4]).count == 0)
    #expect(Shape([2, 3]).rank == 2)
    #expect(Shape([2, 3]).map { $0 * 10 } == [20, 30])
    #expect(Array(Shape([4, 5, 6]).indices) == [0, 1, 2])
    #expect(Shape([4, 5]).first == 4)
    #expect(Shape([4, 5]).last == 5)
    #expect(Shape([]).last == nil)
    #expect("\(Shape([4, 5]))" == "[4, 5]")
  }

  @Test func axesCountFromEitherEnd() {
    let shape: Shape = [2, 3, 4]
    #expect((-3..<3).map { shape.axis($0, of: "test") } == [0, 1, 2, 0, 1, 2])
    #expect(shape.axes([2, -3], of: "test") == [2, 0])
  }

  @Test(arguments: [
    ([-1], "the shape [-1] has an axis of negative size"),
    ([1, 1, 1, 1, 1, 1, 1, 1, 1], "the shape [1, 1, 1, 1, 1, 1, 1, 1, 1] has 9 axes, at most 8 are possible"),
    ([1 << 32, 1 << 31], "the shape [4294967296, 2147483648] has more elements than an Int can count"),
    ([0, 1 << 62, 2], "the shape [0, 4611686018427387904, 2] has more elements than an Int can count"),
  ])
  func refusesWhatIsNoShape(sizes: [Int], message: String) {
    let error = #expect(throws: ShapeError.self) { try Shape(checking: sizes) }
    #expect(error?.description == message)
  }

  @Test func stopsForWhatIsNoShape() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([2, -1])
    }
    #expect(result1.says("[shape] the shape [2, -1] has an axis of negative size"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1 << 61])
    }
    #expect(result2.says("[memory] 2305843009213693952 elements of Float do not fit in any memory"))
  }
}
