/// Graphs as matrices.
extension SparseMatrix {
  /// The adjacency matrix of an undirected graph: 1 at (i, j) and (j, i) for each edge, 0 elsewhere.
  ///
  /// Stops for a node outside of `0..<nodeCount`, for an edge that comes twice and for one from a node to itself.
  ///
  /// - Parameters:
  ///   - nodeCount: the number of nodes.
  ///   - edges: the two nodes of each edge, in any order.
  public static func adjacency(nodeCount: Int, edges: [(Int, Int)]) -> SparseMatrix {
    for (a, b) in edges where a == b { stop("adjacency", "the edge from node \(a) leads to itself") }
    let matrix = SparseMatrix(
      rowCount: nodeCount, columnCount: nodeCount, entries: edges.flatMap { [($0, $1, 1.0), ($1, $0, 1.0)] })
    if let twice = matrix.entries.first(where: { $0.value > 1 }) {
      stop("adjacency", "the edge between nodes \(twice.row) and \(twice.column) comes twice")
    }
    return matrix
  }

  /// D^(-1/2) (A + I) D^(-1/2) with the row sums of A + I on the diagonal of D: the mean over a node and its neighbours, in the
  /// symmetric form that graph convolutions use.
  ///
  /// Kipf and Welling 2017, "Semi-supervised classification with graph convolutional networks", the renormalisation of
  /// section 2.2. Stops unless the matrix is square and the sum of each row of A + I is above 0.
  public func normalizedWithSelfLoops() -> SparseMatrix {
    guard rowCount == columnCount else {
      stop("normalizedWithSelfLoops", "needs a square matrix, this one is [\(rowCount), \(columnCount)]")
    }
    let entries = entries + (0..<rowCount).map { ($0, $0, 1.0) }
    var sums = [Double](repeating: 0, count: rowCount)
    for entry in entries { sums[entry.row] += entry.value }
    if let row = sums.firstIndex(where: { !($0 > 0) }) {
      stop("normalizedWithSelfLoops", "row \(row) of A + I adds up to \(sums[row]), not to more than 0")
    }
    return SparseMatrix(
      rowCount: rowCount, columnCount: columnCount,
      entries: entries.map { ($0.row, $0.column, $0.value / (sums[$0.row] * sums[$0.column]).squareRoot()) })
  }
}
