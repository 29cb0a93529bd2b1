/// Lines of cells in columns.
struct TextTable {
  private let rows: [[String]]
  private let leftColumns: Set<Int>

  /// Rows of equally many cells; the columns named lie to the left, the others to the right.
  init(_ rows: [[String]], leftColumns: Set<Int>) {
    self.rows = rows
    self.leftColumns = leftColumns
  }

  var text: String { lines.joined(separator: "\n") }

  /// Without spaces at the end.
  var lines: [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in rows.map(\.[column].count).max() ?? 0 }
    return rows.map { row in
      var line = row.indices.map { column in
        leftColumns.contains(column)
          ? Figures.left(row[column], widths[column]) : Figures.right(row[column], widths[column])
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The characters of the widest line.
  var width: Int { lines.map(\.count).max() ?? 0 }
}
