import Foundation
import NNLayers
import TensorCore

/// Convolutions over turns and mirrors by their definition: a filter asked at g⁻¹ of each place.
enum GroupCases {
  static let all: [OperationCase] = rows.flatMap { [lifting($0), convolution($0)] } + normalization + pooling

  /// A turn or mirror of the plane as a matrix over (row, column) measured from the centre.
  private struct Symmetry: Equatable {
    let matrix: [[Int]]

    static func * (a: Symmetry, b: Symmetry) -> Symmetry {
      Symmetry(
        matrix: (0..<2).map { i in (0..<2).map { j in (0..<2).reduce(0) { $0 + a.matrix[i][$1] * b.matrix[$1][j] } } })
    }

    /// The inverse of a matrix whose columns are orthonormal.
    var inverse: Symmetry {
      Symmetry(matrix: (0..<2).map { i in (0..<2).map { j in matrix[j][i] } })
    }

    /// The row and column that this brings a place of an n×n square to.
    func moving(_ row: Int, _ column: Int, side n: Int) -> (row: Int, column: Int) {
      let from = [2 * row - n + 1, 2 * column - n + 1]
      let to = matrix.map { ($0[0] * from[0] + $0[1] * from[1] + n - 1) / 2 }
      return (to[0], to[1])
    }

    /// Turns counter-clockwise first, then those after a mirroring: the order of ``PlanarGroup``.
    static func elements(_ group: PlanarGroup) -> [Symmetry] {
      let turn = Symmetry(matrix: [[0, -1], [1, 0]]), mirror = Symmetry(matrix: [[1, 0], [0, -1]])
      var turns = [Symmetry(matrix: [[1, 0], [0, 1]])]
      for _ in 0..<3 { turns.append(turn * (turns.last ?? turn)) }
      return group == .p4 ? turns : turns + turns.map { $0 * mirror }
    }
  }

  private struct Row: Sendable {
    let group: PlanarGroup
    let channels: Int, features: Int, kernel: Int, side: Int
    var batch = 2
    var stride = 1
    var padding = 0
    var bias = true

    var name: String { "\(group), \(channels) to \(features), kernel \(kernel), stride \(stride), padding \(padding)" }
    var output: Int { (side + 2 * padding - kernel) / stride + 1 }
  }

  private static let rows: [Row] = [
    Row(group: .p4, channels: 1, features: 1, kernel: 1, side: 1),
    Row(group: .p4, channels: 2, features: 3, kernel: 3, side: 5),
    Row(group: .p4, channels: 3, features: 2, kernel: 2, side: 4, bias: false),
    Row(group: .p4, channels: 1, features: 4, kernel: 3, side: 6, batch: 9, stride: 2, padding: 1),
    Row(group: .p4, channels: 5, features: 5, kernel: 3, side: 7, batch: 3, padding: 1, bias: false),
    Row(group: .p4, channels: 2, features: 2, kernel: 3, side: 4, batch: 0),
    Row(group: .p4m, channels: 1, features: 1, kernel: 2, side: 3, batch: 1),
    Row(group: .p4m, channels: 2, features: 1, kernel: 3, side: 5, padding: 2),
    Row(group: .p4m, channels: 1, features: 3, kernel: 4, side: 6, stride: 2, bias: false),
    Row(group: .p4m, channels: 3, features: 2, kernel: 1, side: 3, batch: 4),
  ]

  private static func lifting(_ row: Row) -> OperationCase {
    let layer = LiftingConv2d(
      row.group, row.channels, row.features, kernelSize: row.kernel, stride: row.stride, padding: row.padding,
      bias: row.bias)
    let input = Input([row.batch, row.channels, row.side, row.side])
    return OperationCase("LiftingConv2d \(row.name), bias \(row.bias)", input, layer) { inputs in
      convolved(row, inputs, depth: 1) { k, g, c, _, place in inputs[1][k, c, place.row, place.column] }
    }
  }

  private static func convolution(_ row: Row) -> OperationCase {
    let layer = GroupConv2d(
      row.group, row.channels, row.features, kernelSize: row.kernel, stride: row.stride, padding: row.padding,
      bias: row.bias)
    let elements = Symmetry.elements(row.group), order = elements.count
    let input = Input([row.batch, order * row.channels, row.side, row.side])
    return OperationCase("GroupConv2d \(row.name), bias \(row.bias)", input, layer) { inputs in
      convolved(row, inputs, depth: order) { k, g, c, s, place in
        let between = elements.firstIndex(of: elements[g].inverse * elements[s]) ?? -1
        return inputs[1][[k, c, between, place.row, place.column]]
      }
    }
  }

  /// The sum over channels, orientations and taps. `weight` is asked for feature, element, channel, orientation of the
  /// input and place in the filter.
  private static func convolved(
    _ row: Row, _ inputs: [Reference], depth: Int,
    weight: (Int, Int, Int, Int, (row: Int, column: Int)) -> Double
  ) -> Reference {
    let elements = Symmetry.elements(row.group), order = elements.count
    return Reference([row.batch, order * row.features, row.output, row.output]) { index in
      let (k, g) = (index[1] / order, index[1] % order)
      var sum = row.bias ? inputs[2][k] : 0
      for c in 0..<row.channels {
        for s in 0..<depth {
          for i in 0..<row.kernel {
            for j in 0..<row.kernel {
              let y = index[2] * row.stride + i - row.padding, x = index[3] * row.stride + j - row.padding
              guard 0..<row.side ~= y, 0..<row.side ~= x else { continue }
              let place = elements[g].inverse.moving(i, j, side: row.kernel)
              sum += weight(k, g, c, s, place) * inputs[0][index[0], c * depth + s, y, x]
            }
          }
        }
      }
      return sum
    }
  }

  private static let normalization: [OperationCase] = PlanarGroup.allCases.flatMap { group in
    [[2, 1, 3, 3], [3, 4, 2, 5], [9, 2, 4, 4]].map { (sizes: [Int]) in
      let order = group.order
      let layer = GroupBatchNorm2d(group, sizes[1])
      let input = Input([sizes[0], order * sizes[1], sizes[2], sizes[3]], in: 1...3)
      return OperationCase("GroupBatchNorm2d \(group)", input, layer) { inputs in
        let normalized = ChannelNormCases.normalized(inputs[0], epsilon: 1e-5) { $0[1] / order }
        return Reference(normalized.sizes) { normalized[$0] * inputs[1][$0[1] / order] + inputs[2][$0[1] / order] }
      }
    }
  }

  private static let pooling: [OperationCase] = PlanarGroup.allCases.map { group in
    let order = group.order
    return OperationCase("GroupMaxPool \(group)", Input([3, 2 * order, 3, 4]), GroupMaxPool(group)) { inputs in
      Reference([3, 2, 3, 4]) { index in
        (0..<order).map { inputs[0][index[0], index[1] * order + $0, index[2], index[3]] }.max() ?? .nan
      }
    }
  }
}
