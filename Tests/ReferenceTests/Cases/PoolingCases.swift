import Autograd
import Foundation
import TensorCore

/// The largest and the mean of windows.
enum PoolingCases {
  static let all: [OperationCase] =
    rows.flatMap { [$0.maximum, $0.mean(countingPadding: true), $0.mean(countingPadding: false)] }
    + rows.filter { $0.padding == [0, 0, 0, 0] }.flatMap { row in [1, 2, 3].map { row.norm($0) } }

  /// One way of pooling: a line of the table.
  struct Row: Sendable {
    var input = [2, 2, 7, 6]
    var kernel = [2, 2]
    var stride: [Int]?
    /// Above, below, left, right.
    var padding = [0, 0, 0, 0]
    var roundsUp = false

    private var geometry: PoolingGeometry {
      PoolingGeometry(
        kernel: PlaneSize(height: kernel[0], width: kernel[1]),
        stride: stride.map { PlaneSize(height: $0[0], width: $0[1]) },
        padding: .sides(top: padding[0], bottom: padding[1], left: padding[2], right: padding[3]), roundsUp: roundsUp)
    }

    private var windows: Windows {
      Windows(
        kernel, stride: stride, before: [padding[0], padding[2]], after: [padding[1], padding[3]], roundsUp: roundsUp)
    }

    private var name: String {
      "\(kernel), stride \(stride ?? kernel), padding \(padding)\(roundsUp ? ", rounded up" : "")"
    }

    var maximum: OperationCase {
      let geometry = geometry, windows = windows
      return OperationCase("max pooling \(name)", [Input(input)], bounds: .kinks) {
        $0[0].maxPool2d(geometry)
      } is: {
        windows.pool($0[0]) { window, _ in window.max() ?? -.infinity }
      }
    }

    func mean(countingPadding: Bool) -> OperationCase {
      let geometry = geometry, windows = windows
      let note = countingPadding ? "counting padding" : "of the image alone"
      return OperationCase("average pooling \(name), \(note)", [Input(input)]) {
        $0[0].averagePool2d(geometry, countingPadding: countingPadding)
      } is: {
        windows.pool($0[0]) { window, padded in
          window.reduce(0, +) / Double(countingPadding ? padded : window.count)
        }
      }
    }

    func norm(_ power: Double) -> OperationCase {
      let geometry = geometry, windows = windows
      return OperationCase("L\(Int(power)) pooling \(name)", [Input(input)], bounds: .kinks) {
        $0[0].lpPool2d(geometry, power: power)
      } is: {
        windows.pool($0[0]) { window, _ in pow(window.reduce(0) { $0 + pow(abs($1), power) }, 1 / power) }
      }
    }
  }

  private static let sizes: [[Int]] = [
    [1, 1, 3, 3], [2, 3, 4, 6], [0, 3, 4, 4], [1, 2, 7, 5], [3, 1, 8, 9], [2, 2, 5, 17], [1, 2, 16, 33],
  ]

  private static let rows: [Row] =
    sizes.flatMap { input -> [Row] in
      [
        Row(input: input), Row(input: input, kernel: [3, 3]), Row(input: input, kernel: [3, 3], stride: [2, 2]),
        Row(input: input, kernel: [1, 1]), Row(input: input, kernel: [3, 3], stride: [1, 1]),
        Row(input: input, kernel: [2, 3], stride: [1, 2]), Row(input: input, stride: [3, 3]),
        Row(input: input, kernel: [3, 3], stride: [2, 2], padding: [1, 1, 1, 1]),
        Row(input: input, kernel: [3, 2], stride: [1, 1], padding: [1, 0, 0, 1]),
        Row(input: input, padding: [1, 1, 1, 1]), Row(input: input, roundsUp: true),
        Row(input: input, kernel: [3, 3], stride: [2, 2], roundsUp: true),
        Row(input: input, kernel: [3, 3], stride: [2, 2], padding: [1, 1, 1, 1], roundsUp: true),
      ]
    }
    + [
      Row(input: [2, 3, 2, 2], kernel: [3, 3], stride: [2, 2], roundsUp: true),
      Row(input: [1, 2, 1, 6], kernel: [4, 3], stride: [4, 2], roundsUp: true),
      Row(input: [2, 3, 5, 5], kernel: [5, 5]), Row(input: [2, 1, 1, 1], kernel: [1, 1]),
      Row(input: [1, 5, 20, 20], kernel: [17, 17]), Row(input: [9, 7, 32, 32]),
      Row(input: [9, 7, 31, 33], kernel: [3, 3], stride: [2, 2], padding: [1, 1, 1, 1]),
    ]
}
