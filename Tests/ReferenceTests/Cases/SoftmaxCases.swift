import Autograd
import Foundation
import TensorCore

/// Shares, their logarithms, and the loss made of them.
enum SoftmaxCases {
  static let all: [OperationCase] = lines + extremes + losses

  private static let lines: [OperationCase] = ReductionCases.lines.flatMap { sizes, axis -> [OperationCase] in
    let input = Input(sizes, in: -4...4)
    return [
      OperationCase("softmax along \(axis)", [input]) {
        $0[0].softmax(along: axis)
      } is: {
        $0[0].mappingLines(along: axis, softmax)
      },
      OperationCase("logSoftmax along \(axis)", [input]) {
        $0[0].logSoftmax(along: axis)
      } is: {
        $0[0].mappingLines(along: axis) { line in line.map { $0 - logSumExp(line) } }
      },
      OperationCase("logSumExp along \(axis)", [input]) {
        $0[0].logSumExp(along: axis)
      } is: {
        $0[0].reduced(along: [axis], keepingAxes: false, logSumExp)
      },
      OperationCase("logSumExp along \(axis), kept", [input]) {
        $0[0].logSumExp(along: axis, keepingAxes: true)
      } is: {
        $0[0].reduced(along: [axis], keepingAxes: true, logSumExp)
      },
    ]
  }

  static func softmax(_ line: [Double]) -> [Double] {
    let largest = line.max() ?? 0
    let powers = line.map { exp($0 - largest) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  static func logSumExp(_ line: [Double]) -> Double {
    guard let largest = line.max() else { return -.infinity }
    return largest + log(line.reduce(0) { $0 + exp($1 - largest) })
  }

  /// Logits so far apart that plain exponentials overflow.
  private static let extremes: [OperationCase] = [3, 8, 17, 40].flatMap { count -> [OperationCase] in
    let input = Input([3, count], in: -2000...2000)
    return [
      OperationCase("softmax of extremes", [input]) {
        $0[0].softmax(along: 1)
      } is: {
        $0[0].mappingLines(along: 1, softmax)
      },
      OperationCase("logSoftmax of extremes", [input]) {
        $0[0].logSoftmax(along: 1)
      } is: {
        $0[0].mappingLines(along: 1) { line in line.map { $0 - logSumExp(line) } }
      },
      OperationCase("logSumExp of extremes", [input]) {
        $0[0].logSumExp(along: 1)
      } is: {
        $0[0].reduced(along: [1], keepingAxes: false, logSumExp)
      },
      crossEntropy(3, count, in: -2000...2000),
    ]
  }

  private static let losses: [OperationCase] = [
    (0, 3), (1, 1), (1, 2), (3, 5), (4, 4), (7, 10), (16, 16), (17, 9), (2, 1000), (33, 17), (65, 3), (700, 60),
  ].map { crossEntropy($0, $1, in: -3...3) }

  private static func crossEntropy(_ n: Int, _ classes: Int, in range: ClosedRange<Double>) -> OperationCase {
    let labels = wholeNumbers(n, below: classes)
    return OperationCase("crossEntropy in \(range)", [Input([n, classes], in: range)]) {
      $0[0].crossEntropy(labels: Tensor(labels))
    } is: { inputs in
      Reference([n]) { row in
        let line = (0..<classes).map { inputs[0][row[0], $0] }
        return logSumExp(line) - line[Int(labels[row[0]])]
      }
    }
  }
}
