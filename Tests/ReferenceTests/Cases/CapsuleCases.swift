import Autograd
import Foundation
import NNLayers
import TensorCore

/// Vectors that are shortened, routed and measured.
enum CapsuleCases {
  static let all: [OperationCase] = vectors + primary + routing + losses

  private static func length(_ x: some Collection<Double>) -> Double {
    x.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func squash(_ x: [Double]) -> [Double] {
    let n = length(x)
    return x.map { $0 * n / (1 + n * n) }
  }

  private static let sizes: [[Int]] = [
    [1], [3], [17], [2, 4], [0, 3], [5, 1], [3, 33], [2, 3, 8], [4, 10, 16], [2, 2, 3, 5], [300, 200],
  ]

  private static let vectors: [OperationCase] = sizes.flatMap { sizes -> [OperationCase] in
    let width = sizes[sizes.count - 1]
    let input = Input(sizes, in: -1.5...1.5)
    return [
      OperationCase("lengths", [input]) {
        $0[0].lengths()
      } is: { inputs in
        let x = inputs[0]
        let rows = stride(from: 0, to: x.count, by: width).map { length(x.elements[$0..<$0 + width]) }
        return Reference(sizes.dropLast(), elements: rows)
      },
      OperationCase("squashed", [input]) {
        $0[0].squashed()
      } is: { inputs in
        let x = inputs[0]
        let rows = stride(from: 0, to: x.count, by: width).flatMap { squash(Array(x.elements[$0..<$0 + width])) }
        return Reference(sizes, elements: rows)
      },
    ]
  }

  private static let primary: [OperationCase] = [
    (2, 1, 1, 1, 1, 3), (3, 2, 2, 3, 2, 4), (1, 3, 4, 2, 3, 5), (9, 2, 3, 4, 3, 5), (0, 2, 2, 3, 2, 4),
  ].map { (count: Int, channels: Int, types: Int, dimension: Int, kernel: Int, side: Int) in
    let layer = PrimaryCapsules(channels, types: types, dimension: dimension, kernelSize: PlaneSize(kernel))
    let name = "PrimaryCapsules of \(types) types, \(dimension) elements, kernel \(kernel)"
    return OperationCase(name, [count, channels, side, side], layer) { inputs in
      let out = side - kernel + 1, area = out * out
      func element(_ n: Int, _ channel: Int, _ place: Int) -> Double {
        var sum = inputs[2][channel]
        for c in 0..<channels {
          for i in 0..<kernel {
            for j in 0..<kernel {
              sum += inputs[1][channel, c, i, j] * inputs[0][n, c, place / out + i, place % out + j]
            }
          }
        }
        return sum
      }
      let capsules = (0..<count).flatMap { n in
        (0..<types * area).flatMap { capsule in
          squash((0..<dimension).map { element(n, capsule / area * dimension + $0, capsule % area) })
        }
      }
      return Reference([count, types * area, dimension], elements: capsules)
    }
  }

  private struct Routing: Sendable {
    let count: Int, inputs: Int, outputs: Int, from: Int, to: Int, iterations: Int

    /// Procedure 1 of the paper, for one sample.
    func capsules(_ u: (Int, Int) -> Double, _ weight: Reference) -> [Double] {
      var agreements = [[Double]](repeating: [Double](repeating: 0, count: outputs), count: inputs)
      let predictions = (0..<inputs).map { i in
        (0..<outputs).map { j in
          (0..<to).map { d in (0..<from).reduce(0.0) { $0 + weight[[j, i, d, $1]] * u(i, $1) } }
        }
      }
      var result: [[Double]] = []
      for _ in 0..<iterations {
        let shares = agreements.map { SoftmaxCases.softmax($0) }
        result = (0..<outputs).map { j in
          squash((0..<to).map { d in (0..<inputs).reduce(0.0) { $0 + shares[$1][j] * predictions[$1][j][d] } })
        }
        for i in 0..<inputs {
          for j in 0..<outputs {
            for d in 0..<to { agreements[i][j] += predictions[i][j][d] * result[j][d] }
          }
        }
      }
      return result.flatMap { $0 }
    }
  }

  private static let routing: [OperationCase] = [
    Routing(count: 1, inputs: 1, outputs: 1, from: 1, to: 1, iterations: 1),
    Routing(count: 2, inputs: 3, outputs: 2, from: 2, to: 3, iterations: 1),
    Routing(count: 2, inputs: 3, outputs: 2, from: 2, to: 3, iterations: 2),
    Routing(count: 3, inputs: 5, outputs: 4, from: 8, to: 16, iterations: 3),
    Routing(count: 1, inputs: 17, outputs: 10, from: 3, to: 5, iterations: 3),
    Routing(count: 9, inputs: 6, outputs: 3, from: 4, to: 2, iterations: 4),
    Routing(count: 0, inputs: 2, outputs: 3, from: 2, to: 2, iterations: 3),
  ].map { row in
    let layer = ClassCapsules(
      row.inputs, row.outputs, inputDimension: row.from, dimension: row.to, iterations: row.iterations)
    let name = "ClassCapsules, \(row.inputs) to \(row.outputs), \(row.iterations) iterations"
    return OperationCase(name, [row.count, row.inputs, row.from], layer) { inputs in
      let samples = (0..<row.count).flatMap { n in row.capsules({ inputs[0][n, $0, $1] }, inputs[1]) }
      return Reference([row.count, row.outputs, row.to], elements: samples)
    }
  }

  private static let losses: [OperationCase] = [(1, 1), (4, 3), (17, 10)].map { (count: Int, classes: Int) in
    let labels = wholeNumbers(count, below: classes)
    return OperationCase("capsuleMarginLoss", [Input([count, classes], in: 0...1)], bounds: .kinks) {
      capsuleMarginLoss($0[0], Tensor(labels), present: 0.8877, absent: 0.1123, reduction: .none)
    } is: { inputs in
      Reference([count]) { row in
        (0..<classes).reduce(0.0) { sum, k in
          let n = inputs[0][row[0], k]
          let term = k == Int(labels[row[0]]) ? pow(max(0, 0.8877 - n), 2) : 0.5 * pow(max(0, n - 0.1123), 2)
          return sum + term
        }
      }
    }
  }
}
