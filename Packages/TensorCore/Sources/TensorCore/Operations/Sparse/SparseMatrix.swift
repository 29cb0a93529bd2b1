/// A matrix of which few entries differ from 0, kept by rows (CSR): a graph's edges, for example.
///
/// Entries are `Double`; a product takes the type of its dense factor. They are kept by columns as well, so that the
/// ``transposed()`` matrix, which gradients need, costs nothing: 16 bytes an entry and 8 a row or column, twice.
///
/// ```swift
/// let matrix = SparseMatrix(rowCount: 2, columnCount: 3, entries: [(0, 2, 5), (1, 0, -1)])
/// let y = matrix.matmul(Tensor<Float>.ones([3, 4]))  // [2, 4]
/// ```
public struct SparseMatrix: Sendable, Equatable {
  /// The number of rows.
  public var rowCount: Int { rows.count }
  /// The number of columns.
  public var columnCount: Int { columns.count }
  /// The number of entries that are kept; a 0 that was given is one of them.
  public var entryCount: Int { rows.values.count }

  /// The entries by rows, as products read them.
  let rows: CompressedRows
  /// The same by columns.
  private let columns: CompressedRows

  /// A matrix of the given entries and zeros elsewhere. Entries that come twice at one place add up in their order.
  ///
  /// Cost: sorting the entries. Stops for a negative size and for an entry outside of the matrix.
  ///
  /// - Parameters:
  ///   - rowCount: the number of rows.
  ///   - columnCount: the number of columns.
  ///   - entries: row, column and value of each, in any order.
  public init(rowCount: Int, columnCount: Int, entries: [(row: Int, column: Int, value: Double)]) {
    guard rowCount >= 0, columnCount >= 0 else {
      stop("SparseMatrix", "cannot have \(rowCount) rows and \(columnCount) columns")
    }
    for (row, column, _) in entries where !(0..<rowCount ~= row && 0..<columnCount ~= column) {
      stop("SparseMatrix", "the entry at row \(row), column \(column) is not inside [\(rowCount), \(columnCount)]")
    }
    rows = CompressedRows(count: rowCount, entries)
    columns = CompressedRows(
      count: columnCount, rows.entries.map { (row: $0.column, column: $0.row, value: $0.value) })
  }

  private init(rows: CompressedRows, columns: CompressedRows) {
    (self.rows, self.columns) = (rows, columns)
  }

  /// Rows and columns exchanged; shares the memory.
  public func transposed() -> SparseMatrix { SparseMatrix(rows: columns, columns: rows) }

  /// Row, column and value of each entry, by rows and then columns.
  public var entries: [(row: Int, column: Int, value: Double)] { rows.entries }
}

/// Lists of columns and values, one list after the other.
struct CompressedRows: Sendable, Equatable {
  /// Where the list of each row begins, and where the last one ends.
  let starts: Tensor<Int64>
  /// The column of each entry, rising within a row.
  let columns: Tensor<Int64>
  /// The value of each entry.
  let values: Tensor<Double>

  /// The number of rows.
  var count: Int { starts.count - 1 }

  init(count: Int, _ entries: [(row: Int, column: Int, value: Double)]) {
    // The position decides between entries of one place, so that they are added in their order.
    let order = entries.indices.sorted {
      (entries[$0].row, entries[$0].column, $0) < (entries[$1].row, entries[$1].column, $1)
    }
    var starts = [Int64](repeating: 0, count: count + 1)
    var columns: [Int64] = []
    var values: [Double] = []
    var last: (row: Int, column: Int)?
    for (row, column, value) in order.lazy.map({ entries[$0] }) {
      if let last, last == (row, column) {
        values[values.count - 1] += value
        continue
      }
      columns.append(Int64(column))
      values.append(value)
      starts[row + 1] += 1
      last = (row, column)
    }
    for row in 0..<count { starts[row + 1] += starts[row] }
    self.starts = Tensor(starts)
    self.columns = Tensor(columns)
    self.values = Tensor(values)
  }

  var entries: [(row: Int, column: Int, value: Double)] {
    let (starts, columns, values) = (starts.scalars, columns.scalars, values.scalars)
    return (0..<count).flatMap { row in
      (Int(starts[row])..<Int(starts[row + 1])).map { (row, Int(columns[$0]), values[$0]) }
    }
  }
}
