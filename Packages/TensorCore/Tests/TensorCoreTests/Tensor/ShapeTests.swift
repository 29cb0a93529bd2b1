import TensorCore
import Testing

@Suite struct ShapeTests {
  @Test func countsElements() {
    #expect(Shape([]).count == 1)
    #expect(Shape([2, 3]).count == 6)
    #expect(Shape([2, 0, 3]).count == 0)
  }

  @Test func isASequenceOfItsSizes() {
    let shape: Shape = [2, 3, 4]
    #expect(Array(shape) == [2, 3, 4])
    #expect(shape.map { $0 * 10 } == [20, 30, 40])
    #expect([7] + shape.dropFirst() == [7, 3, 4])
    #expect(shape.first == 2)
    #expect(shape.last == 4)
    #expect(shape[1] == 3)
    #expect(Shape([]).first == nil)
  }

  @Test func stridesAreRowMajor() {
    #expect(Shape([2, 3, 4]).strides == [12, 4, 1])
    #expect(Shape([]).strides == [])
  }

  @Test func sizesFromOutsideAreChecked() throws {
    #expect(try Shape(checking: [1, 2, 3, 4, 5, 6, 7, 8]).rank == 8)
    #expect(throws: ShapeError.self) { try Shape(checking: [Int](repeating: 1, count: 9)) }
    #expect(throws: ShapeError.self) { try Shape(checking: [2, -1]) }
    #expect(throws: ShapeError.self) { try Shape(checking: [1 << 32, 1 << 32]) }
    // A product that overflows is refused even if a later zero would make it nothing.
    #expect(throws: ShapeError.self) { try Shape(checking: [1 << 32, 1 << 32, 0]) }
  }

  @Test func aProgramsOwnWrongShapeStops() async {
    await #expect(processExitsWith: .failure) { _ = Shape([2, -1]) }
  }
}
