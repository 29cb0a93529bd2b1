import TensorCore
import Testing

struct TensorRowsTests {
  @Test func changesSomeRows() {
    var x: Tensor<Float> = [[1, 2], [3, 4], [5, 6]]
    let sum = x.withRows(1..<3) { rows in
      rows *= 2
      return rows.sum().scalar
    }
    #expect(sum == 36)
    #expect(x == [[1, 2], [6, 8], [10, 12]])
  }

  @Test func othersKeepTheirNumbers() {
    var x: Tensor<Float> = [[1, 2], [3, 4]]
    let before = x
    x.withRows(0..<1) { $0 += 1 }
    #expect(before == [[1, 2], [3, 4]])
    #expect(x == [[2, 3], [3, 4]])
  }

  /// A calculation that makes a new tensor instead of changing the old one.
  @Test func replacedRowsAreWrittenBack() {
    var x: Tensor<Double> = [[1, 2], [3, 4]]
    x.withRows(1..<2) { $0 = $0 * 10 + 1 }
    #expect(x == [[1, 2], [31, 41]])
    x.withRows(2..<2) { #expect($0.shape == [0, 2]) }
    #expect(x == [[1, 2], [31, 41]])
  }

  /// Where the numbers lie does not change: the rows are no copy.
  @Test func rowsAreInPlace() {
    var x = Tensor<Float>.ones([4, 100])
    let start = x.withUnsafeBufferPointer { $0.baseAddress }
    x.withRows(2..<3) { rows in
      rows += 1
      #expect(rows.withUnsafeBufferPointer { $0.baseAddress } == start.map { $0 + 200 })
    }
    #expect(x.withUnsafeBufferPointer { $0.baseAddress } == start)
  }

  @Test func misuseStops() async {
    await #expect(processExitsWith: .failure) {
      var x = Tensor<Float>.ones([2, 2])
      x.withRows(1..<3) { $0 += 1 }
    }
    await #expect(processExitsWith: .failure) {
      var x = Tensor<Float>.ones([2, 2])
      let kept = x.withRows(0..<1) { $0 }
      print(kept)
    }
    await #expect(processExitsWith: .failure) {
      var x = Tensor<Float>.ones([2, 2])
      x.withRows(0..<1) { $0 = $0.reshaped([2]) }
    }
  }
}
