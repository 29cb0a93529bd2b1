import Autograd
import Foundation
import TensorCore

/// Images at another size, and channels laid out as images.
enum ResamplingCases {
  static let all: [OperationCase] = sized + scaled + shuffled

  /// An axis of `count` elements at `places` elements: for each new one, the old elements and their weights.
  private enum Rule: String, CaseIterable {
    case nearest, bilinear, aligned

    var interpolation: ResamplingGeometry.Interpolation {
      switch self {
      case .nearest: .nearest
      case .bilinear: .bilinear(alignsCorners: false)
      case .aligned: .bilinear(alignsCorners: true)
      }
    }

    /// The old elements that make element i, with their weights; `step` is the old distance of new neighbours.
    func parts(_ i: Int, _ count: Int, _ places: Int, step: Double) -> [(Int, Double)] {
      if self == .nearest { return [(min(Int(Double(i) * step + 1e-9), count - 1), 1)] }
      let corners = places > 1 ? Double(i) * Double(count - 1) / Double(places - 1) : 0
      let place = self == .aligned ? corners : min(max((Double(i) + 0.5) * step - 0.5, 0), Double(count - 1))
      let first = min(Int(place), count - 1), share = place - Double(first)
      return [(first, 1 - share), (min(first + 1, count - 1), share)]
    }

    func resample(_ x: Reference, to size: [Int], steps: [Double]) -> Reference {
      Reference([x.sizes[0], x.sizes[1], size[0], size[1]]) { index in
        let rows = parts(index[2], x.sizes[2], size[0], step: steps[0])
        let columns = parts(index[3], x.sizes[3], size[1], step: steps[1])
        return rows.reduce(0) { sum, row in
          columns.reduce(sum) { $0 + row.1 * $1.1 * x[index[0], index[1], row.0, $1.0] }
        }
      }
    }
  }

  private static let sizes: [(input: [Int], output: [Int])] = [
    ([1, 1, 1, 1], [3, 4]), ([2, 3, 4, 4], [8, 8]), ([1, 2, 3, 5], [7, 4]), ([2, 2, 6, 6], [3, 3]),
    ([1, 2, 7, 9], [7, 9]),
    ([0, 2, 3, 3], [4, 4]), ([2, 1, 5, 3], [1, 1]), ([1, 3, 16, 17], [33, 15]), ([3, 2, 2, 1], [5, 6]),
    ([9, 8, 16, 16], [32, 33]),
    ([2, 2, 9, 4], [4, 9]),
  ]

  private static let sized: [OperationCase] = sizes.flatMap { input, output in
    Rule.allCases.map { rule in
      let geometry = ResamplingGeometry(
        size: PlaneSize(height: output[0], width: output[1]), interpolation: rule.interpolation)
      return OperationCase("resampled \(rule) to \(output)", [Input(input)]) {
        $0[0].resampled2d(geometry)
      } is: {
        rule.resample($0[0], to: output, steps: [0, 1].map { Double(input[2 + $0]) / Double(output[$0]) })
      }
    }
  }

  private static let scales: [(input: [Int], height: Double, width: Double)] = [
    ([1, 2, 3, 4], 2, 2), ([2, 1, 5, 7], 1.5, 2.5), ([1, 1, 9, 8], 0.5, 0.25), ([2, 3, 4, 4], 3, 1),
    ([1, 2, 17, 5], 0.75, 1.75),
    ([2, 2, 1, 1], 4, 5),
  ]

  private static let scaled: [OperationCase] = scales.flatMap { input, height, width in
    Rule.allCases.map { rule in
      let geometry = ResamplingGeometry(heightScale: height, widthScale: width, interpolation: rule.interpolation)
      let output = [Int(Double(input[2]) * height), Int(Double(input[3]) * width)]
      return OperationCase("resampled \(rule) by \(height), \(width)", [Input(input)]) {
        $0[0].resampled2d(geometry)
      } is: {
        rule.resample($0[0], to: output, steps: [1 / height, 1 / width])
      }
    }
  }

  private static let shuffled: [OperationCase] = [
    ([1, 4, 2, 3], 2), ([2, 9, 3, 2], 3), ([1, 3, 4, 5], 1), ([2, 8, 1, 1], 2), ([0, 4, 2, 2], 2), ([2, 16, 3, 5], 4),
    ([5, 12, 17, 16], 2),
  ].flatMap { (input: [Int], r: Int) -> [OperationCase] in
    let fine = [input[0], input[1] / (r * r), input[2] * r, input[3] * r]
    return [
      OperationCase("pixelShuffled by \(r)", [Input(input)]) {
        $0[0].pixelShuffled(by: r)
      } is: { inputs in
        Reference(fine) { inputs[0][$0[0], $0[1] * r * r + $0[2] % r * r + $0[3] % r, $0[2] / r, $0[3] / r] }
      },
      OperationCase("pixelUnshuffled by \(r)", [Input(fine)]) {
        $0[0].pixelUnshuffled(by: r)
      } is: { inputs in
        Reference(input) { index in
          let (channel, part) = (index[1] / (r * r), index[1] % (r * r))
          return inputs[0][index[0], channel, index[2] * r + part / r, index[3] * r + part % r]
        }
      },
    ]
  }
}
