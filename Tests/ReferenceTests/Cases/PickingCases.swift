import Autograd
import TensorCore

/// Elements by their indices, and in order.
extension MovementCases {
  private static let places: [(sizes: [Int], axis: Int, count: Int)] = [
    ([4], 0, 3), ([1], 0, 5), ([17], 0, 16), ([5], 0, 0), ([3, 4], 1, 2), ([3, 4], 0, 6), ([9, 33], -1, 17),
    ([33, 9], 0, 8),
    ([2, 3, 4], 1, 5), ([2, 3, 4], -1, 1), ([5, 2, 3], 0, 7), ([2, 1, 8], 1, 3), ([300, 150], 1, 140),
    ([300, 150], 0, 310),
  ]

  static let picking: [OperationCase] = places.flatMap { sizes, axis, count -> [OperationCase] in
    let place = axis < 0 ? axis + sizes.count : axis
    var taken = sizes
    taken[place] = count
    let shape = taken, total = taken.reduce(1, *)
    let lines = wholeNumbers(total, below: sizes[place])
    let slices = wholeNumbers(count, below: sizes[place], seed: 6)
    return [
      OperationCase("gather \(count) along \(axis)", [Input(sizes)]) {
        $0[0].gather(Tensor(lines, shape: Shape(shape)), along: axis)
      } is: { inputs in
        var number = -1
        return Reference(shape) { index in
          number += 1
          var source = index
          source[place] = Int(lines[number])
          return inputs[0][source]
        }
      },
      OperationCase("take \(count) along \(axis)", [Input(sizes)]) {
        $0[0].take(Tensor(slices), along: axis)
      } is: {
        inputs in
        Reference(shape) { index in
          var source = index
          source[place] = Int(slices[index[place]])
          return inputs[0][source]
        }
      },
    ]
  }

  static let scattering: [OperationCase] = places.map { sizes, axis, count in
    let place = axis < 0 ? axis + sizes.count : axis
    var taken = sizes
    taken[place] = count
    let shape = taken
    let lines = wholeNumbers(taken.reduce(1, *), below: sizes[place])
    return OperationCase("scatterAdding \(count) along \(axis)", [Input(sizes), Input(shape)]) {
      $0[0].scatterAdding($0[1], at: Tensor(lines, shape: Shape(shape)), along: axis)
    } is: { inputs in
      var result = inputs[0]
      for (number, index) in indices(of: shape).enumerated() {
        var target = index
        target[place] = Int(lines[number])
        result[target] += inputs[1][index]
      }
      return result
    }
  }

  static let diagonals: [OperationCase] =
    [[1, 1], [3, 4], [4, 2], [17, 17], [2, 3, 3], [2, 3, 2, 5], [0, 3]].map { (sizes: [Int]) in
      OperationCase("diagonal", [Input(sizes)]) {
        $0[0].diagonal()
      } is: { inputs in
        Reference(sizes.dropLast(2) + [min(sizes[sizes.count - 2], sizes[sizes.count - 1])]) {
          inputs[0][$0 + [$0[$0.count - 1]]]
        }
      }
    }
    + [[1], [3], [17], [0], [2, 3], [2, 1, 4]].map { (sizes: [Int]) in
      OperationCase("diagonalMatrix", [Input(sizes)]) {
        $0[0].diagonalMatrix()
      } is: { inputs in
        Reference(sizes + [sizes[sizes.count - 1]]) {
          $0.suffix(2).first == $0.last ? inputs[0][Array($0.dropLast())] : 0
        }
      }
    }

  static let ordering: [OperationCase] = ReductionCases.lines.flatMap { sizes, axis -> [OperationCase] in
    let length = sizes[axis < 0 ? axis + sizes.count : axis]
    return [
      OperationCase("sorted along \(axis)", [Input(sizes)], bounds: .kinks) {
        $0[0].sorted(along: axis).values
      } is: {
        $0[0].mappingLines(along: axis) { $0.sorted() }
      },
      OperationCase("sorted down along \(axis)", [Input(sizes)], bounds: .kinks) {
        $0[0].sorted(along: axis, descending: true).values
      } is: {
        $0[0].mappingLines(along: axis) { $0.sorted(by: >) }
      },
      OperationCase("top half along \(axis)", [Input(sizes)], bounds: .kinks) {
        $0[0].topK((length + 1) / 2, along: axis).values
      } is: {
        $0[0].mappingLines(along: axis) { Array($0.sorted(by: >).prefix((length + 1) / 2)) }
      },
    ]
  }
}
