import Autograd
import TensorCore

/// What moves elements and calculates nothing.
enum MovementCases {
  static let all: [OperationCase] = [
    reshaping, permuting, flipping, repeating, cutting, joining, picking, scattering, diagonals, ordering,
  ].flatMap { $0 }

  private static let sizes: [[Int]] = [
    [0], [1], [5], [17], [3, 5], [0, 3], [16, 4], [7, 33], [2, 3, 4], [2, 0, 4], [1, 9, 1], [2, 5, 3, 3],
    [4, 1, 2, 17],
  ]

  private static let reshaping: [OperationCase] = sizes.flatMap { sizes -> [OperationCase] in
    [
      OperationCase("flattened", [Input(sizes)]) {
        $0[0].flattened()
      } is: {
        Reference([$0[0].count], elements: $0[0].elements)
      },
      OperationCase("reshaped with a last axis of 1", [Input(sizes)]) {
        $0[0].reshaped(Shape(sizes + [1]))
      } is: {
        Reference(sizes + [1], elements: $0[0].elements)
      },
      OperationCase("expandingAxis at -1", [Input(sizes)]) {
        $0[0].expandingAxis(at: -1)
      } is: {
        Reference(sizes + [1], elements: $0[0].elements)
      },
      OperationCase("squeezed", [Input([1] + sizes)]) {
        $0[0].squeezed(at: 0)
      } is: {
        Reference(sizes, elements: $0[0].elements)
      },
    ]
  }

  private static let orders: [(sizes: [Int], order: [Int])] = [
    ([5], [0]), ([3, 5], [1, 0]), ([0, 3], [1, 0]), ([17, 33], [1, 0]), ([1, 9], [-1, 0]), ([2, 3, 4], [2, 0, 1]),
    ([2, 3, 4], [0, 2, 1]), ([2, 3, 4], [1, 0, 2]), ([2, 3, 4], [2, 1, 0]), ([16, 1, 8], [2, 1, 0]),
    ([2, 5, 3, 4], [0, 2, 3, 1]), ([2, 3, 4, 5], [0, 3, 1, 2]), ([2, 3, 4, 5], [3, 2, 1, 0]),
    ([8, 8, 3, 1], [1, 0, 3, 2]),
    ([2, 1, 3, 2, 4], [4, 2, 0, 1, 3]), ([70, 31, 33], [2, 0, 1]), ([300, 257], [1, 0]),
  ]

  private static let permuting: [OperationCase] = orders.map { sizes, order in
    OperationCase("permuted \(order)", [Input(sizes)]) {
      $0[0].permuted(order)
    } is: { inputs in
      let axes = order.map { inputs[0].axis($0) }
      return Reference(axes.map { sizes[$0] }) { index in
        var source = index
        for (place, axis) in axes.enumerated() { source[axis] = index[place] }
        return inputs[0][source]
      }
    }
  }

  private static let flips: [(sizes: [Int], axes: [Int])] = [
    ([1], [0]), ([5], [0]), ([16], [0]), ([17], [-1]), ([3, 5], [0]), ([3, 5], [1]), ([3, 5], [0, 1]),
    ([2, 3, 4], [1]),
    ([2, 3, 4], [2, 0]), ([2, 0, 3], [1]), ([2, 3, 5, 5], [2, 3]), ([130, 301], [0, 1]),
  ]

  private static let flipping: [OperationCase] = flips.map { sizes, axes in
    OperationCase("flipped along \(axes)", [Input(sizes)]) {
      $0[0].flipped(along: axes)
    } is: { inputs in
      let flipped = Set(axes.map { inputs[0].axis($0) })
      return Reference(sizes) { index in
        inputs[0][index.enumerated().map { flipped.contains($0) ? sizes[$0] - 1 - $1 : $1 }]
      }
    }
  }

  private static let broadcasts: [(from: [Int], to: [Int])] = [
    ([], []), ([], [3]), ([], [2, 17]), ([1], [16]), ([1], [0]), ([5], [5]), ([5], [3, 5]), ([3, 1], [3, 7]),
    ([1, 7], [3, 7]), ([1, 1], [4, 33]), ([3, 1], [2, 3, 4]), ([2, 1, 4], [2, 3, 4]), ([1, 3, 1, 1], [2, 3, 5, 4]),
    ([257], [150, 257]), ([257, 1], [257, 160]),
  ]

  private static let repeating: [OperationCase] =
    broadcasts.map { from, to in
      OperationCase("broadcast to \(to)", [Input(from)]) {
        $0[0].broadcast(to: Shape(to))
      } is: { inputs in
        Reference(to) { inputs[0][broadcast: $0] }
      }
    }
    + [
      ([5], [2]), ([3, 5], [2, 3]), ([3, 5], [1, 1]), ([2, 3, 4], [1, 2, 3]), ([4, 2], [0, 2]), ([7, 16], [3, 1]),
    ]
    .map { (sizes: [Int], counts: [Int]) in
      OperationCase("tiled \(counts)", [Input(sizes)]) {
        $0[0].tiled(counts)
      } is: { inputs in
        Reference(zip(sizes, counts).map { $0 * $1 }) { index in inputs[0][zip(index, sizes).map { $0 % $1 }] }
      }
    }
    + [
      ([5], 2, 0), ([3, 5], 3, 1), ([3, 5], 2, 0), ([2, 3, 4], 4, -2), ([2, 3], 0, 0), ([2, 3], 1, 0),
      ([9, 17], 2, -1),
    ]
    .map { (sizes: [Int], count: Int, axis: Int) in
      OperationCase("repeated \(count) along \(axis)", [Input(sizes)]) {
        $0[0].repeated(count, along: axis)
      } is: {
        inputs in
        let place = inputs[0].axis(axis)
        let result = sizes.enumerated().map { $0 == place ? $1 * count : $1 }
        return Reference(result) { index in inputs[0][index.enumerated().map { $0 == place ? $1 / count : $1 }] }
      }
    }

  private static let parts: [(sizes: [Int], ranges: [Range<Int>])] = [
    ([5], [1..<4]), ([5], [0..<5]), ([5], [2..<2]), ([17], [3..<12]), ([3, 5], [1..<3, 0..<4]), ([3, 5], [2..<3]),
    ([2, 3, 4], [0..<2, 1..<2, 1..<4]), ([2, 3, 4], [1..<2]), ([4, 33], [0..<4, 16..<33]),
    ([2, 5, 6, 7], [0..<1, 1..<4, 2..<5]),
    ([130, 401], [1..<129, 7..<390]),
  ]

  private static let margins: [(sizes: [Int], padding: [[Int]])] = [
    ([5], [[1, 2]]), ([0], [[2, 1]]), ([1], [[0, 0]]), ([16], [[0, 1]]), ([3, 5], [[1, 0], [2, 1]]),
    ([2, 3, 4], [[0, 0], [1, 1], [0, 3]]), ([2, 3, 4, 5], [[0, 0], [0, 0], [1, 1], [2, 2]]),
    ([120, 300], [[3, 1], [0, 9]]),
  ]

  private static let cutting: [OperationCase] =
    parts.map { sizes, ranges in
      OperationCase("slice \(ranges)", [Input(sizes)]) {
        $0[0].slice(ranges)
      } is: { inputs in
        let result = sizes.enumerated().map { $0 < ranges.count ? ranges[$0].count : $1 }
        return Reference(result) { index in
          inputs[0][index.enumerated().map { $0 < ranges.count ? $1 + ranges[$0].lowerBound : $1 }]
        }
      }
    }
    + margins.flatMap { sizes, padding in
      [0, -2.5].map { value in
        OperationCase("padded \(padding) with \(value)", [Input(sizes)]) {
          $0[0].padded(padding.map { (before: $0[0], after: $0[1]) }, with: value)
        } is: { inputs in
          Reference(zip(sizes, padding).map { $0 + $1[0] + $1[1] }) { index in
            let source = zip(index, padding).map { $0 - $1[0] }
            return zip(source, sizes).allSatisfy { 0 <= $0 && $0 < $1 } ? inputs[0][source] : value
          }
        }
      }
    }
    + [([5], [2, 3], 0), ([2, 5], [1, 0, 4], 1), ([6, 3], [1, 2, 3], -2), ([2, 17, 3], [16, 1], 1)]
    .map { (sizes: [Int], counts: [Int], axis: Int) in
      // The parts in reverse order, each by a factor of its own.
      OperationCase("split \(counts) along \(axis)", [Input(sizes)]) { inputs in
        let parts = inputs[0].split(sizes: counts, along: axis)
        return .concatenated(parts.enumerated().reversed().map { $1 * Double($0 + 1) }, along: axis)
      } is: { inputs in
        inputs[0].mappingLines(along: axis) { line in
          var start = 0
          let parts = counts.enumerated().map { number, count in
            defer { start += count }
            return line[start..<(start + count)].map { $0 * Double(number + 1) }
          }
          return parts.reversed().flatMap { $0 }
        }
      }
    }

  private static let groups: [(sizes: [[Int]], axis: Int)] = [
    ([[3]], 0), ([[3], [4]], 0), ([[1], [0], [2]], 0), ([[2, 3], [2, 1]], 1), ([[2, 3], [4, 3]], 0),
    ([[2, 3], [2, 16]], -1),
    ([[2, 3, 4], [2, 1, 4], [2, 5, 4]], 1), ([[1, 3, 5, 5], [1, 2, 5, 5]], 1), ([[90, 257], [60, 257]], 0),
  ]

  private static let joining: [OperationCase] =
    groups.map { sizes, axis in
      OperationCase("concatenated along \(axis)", sizes.map { Input($0) }) {
        .concatenated($0, along: axis)
      } is: { inputs in
        let place = inputs[0].axis(axis)
        var result = inputs[0].sizes
        result[place] = inputs.reduce(0) { $0 + $1.sizes[place] }
        return Reference(result) { index in
          var (source, number) = (index, 0)
          while source[place] >= inputs[number].sizes[place] {
            source[place] -= inputs[number].sizes[place]
            number += 1
          }
          return inputs[number][source]
        }
      }
    }
    + [([], 2, 0), ([5], 2, 0), ([5], 3, 1), ([3, 4], 2, 1), ([3, 4], 2, -1), ([2, 3, 17], 3, 0), ([0, 3], 2, 1)]
    .map { (sizes: [Int], count: Int, axis: Int) in
      OperationCase("stacked along \(axis)", Array(repeating: Input(sizes), count: count)) {
        .stacked($0, along: axis)
      } is: {
        inputs in
        let place = axis < 0 ? axis + sizes.count + 1 : axis
        var result = sizes
        result.insert(count, at: place)
        return Reference(result) { index in
          var source = index
          return inputs[source.remove(at: place)][source]
        }
      }
    }
}
