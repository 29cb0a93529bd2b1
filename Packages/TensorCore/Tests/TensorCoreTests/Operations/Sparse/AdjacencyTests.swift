import TensorCore
import Testing

struct AdjacencyTests {
  @Test func edgesGoBothWays() {
    let matrix = SparseMatrix.adjacency(nodeCount: 4, edges: [(2, 0), (1, 2)])
    #expect(SparseMatrixTests.dense(matrix) == [[0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]])
    #expect(matrix.transposed() == matrix)
  }

  /// The path 0 – 1 – 2 and node 3 alone: A + I has row sums 2, 3, 2, 1.
  @Test func normalizationByHand() {
    let matrix = SparseMatrix.adjacency(nodeCount: 4, edges: [(0, 1), (1, 2)]).normalizedWithSelfLoops()
    let root = 1 / 6.0.squareRoot()
    let expected: [[Double]] = [
      [0.5, root, 0, 0], [root, 1 / 3.0, root, 0], [0, root, 0.5, 0], [0, 0, 0, 1],
    ]
    let got = SparseMatrixTests.dense(matrix)
    for (got, expected) in zip(got.joined(), expected.joined()) { #expect(abs(got - expected) < 1e-15) }
    #expect(matrix.entryCount == 8)
  }

  /// The vector of the roots of the row sums is kept: Â √d = √d, the largest eigenvalue is 1.
  @Test func largestEigenvalueIsOne() {
    let edges = [(0, 1), (0, 2), (0, 3), (1, 2), (3, 4)]
    let matrix = SparseMatrix.adjacency(nodeCount: 5, edges: edges).normalizedWithSelfLoops()
    let roots = Tensor<Double>([4, 3, 3, 3, 2].map { $0.squareRoot() }, shape: [5, 1])
    for (got, expected) in zip(matrix.matmul(roots).scalars, roots.scalars) { #expect(abs(got - expected) < 1e-15) }
  }

  @Test func wrongEdgesStop() async {
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 0)])
    }
    #expect(twice.says("[adjacency] the edge between nodes 0 and 1 comes twice"))
    let loop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SparseMatrix.adjacency(nodeCount: 3, edges: [(2, 2)])
    }
    #expect(loop.says("[adjacency] the edge from node 2 leads to itself"))
    let oblong = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SparseMatrix(rowCount: 2, columnCount: 3, entries: []).normalizedWithSelfLoops()
    }
    #expect(oblong.says("[normalizedWithSelfLoops] needs a square matrix, this one is [2, 3]"))
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SparseMatrix(rowCount: 1, columnCount: 1, entries: [(0, 0, -1)]).normalizedWithSelfLoops()
    }
    #expect(empty.says("[normalizedWithSelfLoops] row 0 of A + I adds up to 0.0, not to more than 0"))
  }
}
