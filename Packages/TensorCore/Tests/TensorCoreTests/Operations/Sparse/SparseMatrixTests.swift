import TensorCore
import Testing

struct SparseMatrixTests {
  /// The entries as a plain table, so that matrices can be compared with arrays.
  static func dense(_ matrix: SparseMatrix) -> [[Double]] {
    var table = [[Double]](repeating: [Double](repeating: 0, count: matrix.columnCount), count: matrix.rowCount)
    for entry in matrix.entries { table[entry.row][entry.column] = entry.value }
    return table
  }

  private static func entries(
    _ count: Int, rows: Int, columns: Int, _ value: (Int) -> Double
  ) -> [(row: Int, column: Int, value: Double)] {
    (0..<count).map { place -> (row: Int, column: Int, value: Double) in
      (place * 31 % rows, place * 17 % columns, value(place))
    }
  }

  private let matrix = SparseMatrix(
    rowCount: 3, columnCount: 4, entries: [(2, 1, 5), (0, 3, 1), (0, 0, -2), (2, 1, 0.5), (2, 0, 7)])

  @Test func entriesAreSortedAndThoseOfOnePlaceAddUp() {
    #expect(Self.dense(matrix) == [[-2, 0, 0, 1], [0, 0, 0, 0], [7, 5.5, 0, 0]])
    #expect(matrix.entryCount == 4)
    #expect(matrix.entries.map(\.column) == [0, 3, 0, 1])
    #expect(matrix.rowCount == 3)
    #expect(matrix.columnCount == 4)
  }

  @Test func transposing() {
    #expect(Self.dense(matrix.transposed()) == [[-2, 0, 7], [0, 0, 5.5], [0, 0, 0], [1, 0, 0]])
    #expect(matrix.transposed().transposed() == matrix)
    #expect(matrix.transposed() != matrix)
  }

  /// 1·4 terms by hand: row 0 is -2 x₀ + x₃, row 2 is 7 x₀ + 5.5 x₁.
  @Test func productByHand() {
    let x: Tensor<Double> = [[1, 2], [3, 4], [5, 6], [7, 8]]
    #expect(matrix.matmul(x) == [[5, 4], [0, 0], [23.5, 36]])
    #expect(matrix.matmulGradient([[1], [10], [2]] as Tensor<Double>) == [[12], [11], [0], [1]])
  }

  @Test func nanSpreadsOnlyWhereItIsMultiplied() {
    let y = matrix.matmul(Tensor<Float>([1, 2, .nan, .infinity], shape: [4, 1])).scalars
    #expect(y == [.infinity, 0, 18])
  }

  /// Lengths around the vectors of each form; whole numbers, so that sums are exact in any order.
  @Test func equalsThePlainLoopInEveryForm() {
    let entries = Self.entries(60, rows: 9, columns: 8) { Double($0 % 7) - 3 }
    let matrix = SparseMatrix(rowCount: 9, columnCount: 8, entries: entries)
    for width in lengths {
      let x = (0..<8 * width).map { Float($0 % 11) - 5 }
      var expected = [Float](repeating: 0, count: 9 * width)
      for entry in entries {
        for j in 0..<width { expected[entry.row * width + j] += Float(entry.value) * x[entry.column * width + j] }
      }
      withEachForm { form in
        #expect(matrix.matmul(Tensor(x, shape: [8, width])).scalars == expected, "\(form), \(width)")
      }
    }
  }

  @Test func theSameBitsWithAnyNumberOfThreads() {
    let entries = Self.entries(5000, rows: 700, columns: 600) { Double($0 % 13) / 7 - 0.9 }
    let matrix = SparseMatrix(rowCount: 700, columnCount: 600, entries: entries)
    let x = filled([600, 50], with: spread(30_000, as: Float.self))
    let results = withEachThreadCount { bits(matrix.matmul(x)) }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func entriesOutsideStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SparseMatrix(rowCount: 2, columnCount: 3, entries: [(0, 3, 1)])
    }
    #expect(result.says("[SparseMatrix] the entry at row 0, column 3 is not inside [2, 3]"))
  }
}
