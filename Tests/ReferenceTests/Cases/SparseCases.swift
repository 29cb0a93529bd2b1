import Autograd
import NNLayers
import TensorCore

/// Products of sparse and dense matrices, and what graph convolutions make of them.
enum SparseCases {
  static let all: [OperationCase] = products + convolutions

  /// rows, columns, entries, width: around the vectors of each form, empty, full, and enough for several threads.
  private static let sizes: [(rows: Int, columns: Int, entries: Int, width: Int)] = [
    (1, 1, 1, 1), (0, 3, 0, 2), (3, 0, 0, 2), (3, 4, 0, 2), (3, 4, 5, 0), (2, 3, 6, 1), (3, 4, 5, 3), (4, 3, 7, 4),
    (5, 5, 9, 7), (5, 5, 9, 8), (6, 4, 10, 15), (4, 6, 10, 16), (7, 3, 12, 17), (3, 7, 12, 31), (3, 7, 12, 32),
    (9, 9, 30, 33), (5, 8, 20, 63), (5, 8, 20, 64), (8, 5, 20, 65), (4, 4, 16, 130), (34, 34, 190, 16),
    (300, 200, 2500, 40), (1, 500, 400, 70),
  ]

  private static func entries(_ rows: Int, _ columns: Int, _ count: Int) -> [(row: Int, column: Int, value: Double)] {
    guard count > 0 else { return [] }
    let places = zip(wholeNumbers(count, below: rows, seed: 3), wholeNumbers(count, below: columns, seed: 4))
    return zip(places, wholeNumbers(count, below: 64, seed: 6)).map {
      (Int($0.0), Int($0.1), Double($1) / 32 - 0.984375)
    }
  }

  private static let products: [OperationCase] = sizes.map { rows, columns, count, width in
    let entries = entries(rows, columns, count)
    let matrix = SparseMatrix(rowCount: rows, columnCount: columns, entries: entries)
    return OperationCase("sparse [\(rows), \(columns)] of \(count)", [Input([columns, width])]) {
      matrix.matmul($0[0])
    } is: { inputs in
      var result = Reference([rows, width])
      for entry in entries {
        for j in 0..<width { result[entry.row, j] += entry.value * inputs[0][entry.column, j] }
      }
      return result
    }
  }

  private static let graphs: [(nodes: Int, edges: [(Int, Int)])] = [
    (1, []), (2, [(0, 1)]), (4, [(3, 1), (0, 3), (2, 3)]), (6, [(0, 1), (1, 2), (2, 0), (3, 4)]),
    (17, (0..<17).map { ($0, ($0 + 1) % 17) }),
  ]

  private static let convolutions: [OperationCase] = graphs.flatMap { nodes, edges in
    [(3, 2, true), (1, 1, false), (5, 17, true)].map { (from: Int, to: Int, hasBias: Bool) in
      let graph = SparseMatrix.adjacency(nodeCount: nodes, edges: edges).normalizedWithSelfLoops()
      let layer = GraphConvolution(from, to, graph: graph, bias: hasBias)
      let name = "GraphConvolution(\(from), \(to)) of \(nodes) nodes, \(edges.count) edges, bias: \(hasBias)"
      return OperationCase(name, [nodes, from], layer) { inputs in
        var neighbors = (0..<nodes).map { Set([$0]) }
        for (a, b) in edges {
          neighbors[a].insert(b)
          neighbors[b].insert(a)
        }
        return Reference([nodes, to]) { index in
          let sum = neighbors[index[0]].reduce(0.0) { sum, other in
            let share = 1 / Double(neighbors[index[0]].count * neighbors[other].count).squareRoot()
            return sum + share * (0..<from).reduce(0.0) { $0 + inputs[0][other, $1] * inputs[1][index[1], $1] }
          }
          return sum + (hasBias ? inputs[2][index[1]] : 0)
        }
      }
    }
  }
}
