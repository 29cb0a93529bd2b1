import Autograd
import Foundation
import NNLayers
import TensorCore

/// What brings values to mean 0 and variance 1, or damps them by their neighbours.
enum ChannelNormCases {
  static let all: [OperationCase] = batch + rectified + fixed + layers + responses

  /// (x - μ) / √(σ² + ε), with the mean and variance of the elements that have one key.
  static func normalized(_ x: Reference, epsilon: Double, by key: ([Int]) -> Int) -> Reference {
    let keys = indices(of: x.sizes).map(key)
    let groups = Dictionary(grouping: zip(keys, x.elements), by: \.0).mapValues { group in
      let numbers = group.map(\.1)
      return (
        mean: numbers.reduce(0, +) / Double(numbers.count), variance: ReductionCases.variance(numbers, correction: 0)
      )
    }
    let elements = zip(keys, x.elements).map { key, element in
      groups[key].map { (element - $0.mean) / sqrt($0.variance + epsilon) } ?? .nan
    }
    return Reference(x.sizes, elements: elements)
  }

  /// γ x + β with one γ and β to each channel.
  static func scaled(_ x: Reference, _ weight: Reference, _ bias: Reference) -> Reference {
    Reference(x.sizes) { x[$0] * weight[$0[1]] + bias[$0[1]] }
  }

  static let sizes: [[Int]] = [
    [2, 1], [3, 4], [17, 5], [4, 16], [2, 3, 5], [1, 2, 9], [5, 3, 17], [2, 3, 4, 4], [1, 5, 3, 3], [9, 2, 5, 7],
    [3, 17, 2, 2],
    [2, 2, 3, 2, 4], [8, 6, 28, 28], [700, 50], [2, 3, 130, 129],
  ]

  private static let batch: [OperationCase] = sizes.flatMap { sizes in
    [1e-5, 0.1].flatMap { epsilon -> [OperationCase] in
      let inputs = [Input(sizes, in: 1...3), Input([sizes[1]], in: 0.5...1.5), Input([sizes[1]])]
      // The difference of two sums of many thousands has their rounding.
      let bounds = OperationCase.Bounds(differences: sizes.reduce(1, *) > 50_000 ? 1e-6 : 1e-7)
      return [
        OperationCase("batchNorm, ε \(epsilon)", [inputs[0]], bounds: bounds) {
          $0[0].batchNorm(epsilon: epsilon).output
        } is: {
          normalized($0[0], epsilon: epsilon) { $0[1] }
        },
        OperationCase("batchNorm, ε \(epsilon)", inputs, bounds: bounds) {
          $0[0].batchNorm(weight: $0[1], bias: $0[2], epsilon: epsilon).output
        } is: {
          scaled(normalized($0[0], epsilon: epsilon) { $0[1] }, $0[1], $0[2])
        },
      ]
    }
  }

  /// The positive part, with and without an addend in front of it.
  private static let rectified: [OperationCase] = sizes.flatMap { sizes -> [OperationCase] in
    let inputs = [Input(sizes, in: 1...3), Input([sizes[1]], in: 0.5...1.5), Input([sizes[1]])]
    // Moving an element moves all others of its channel: among many some cross the kink.
    let bounds = OperationCase.Bounds(comparesDifferences: sizes.reduce(1, *) <= 40, hasKinks: true)
    return [
      OperationCase("batchNormReLU", inputs, bounds: bounds) {
        $0[0].batchNormReLU(weight: $0[1], bias: $0[2]).output
      } is: {
        scaled(normalized($0[0], epsilon: 1e-5) { $0[1] }, $0[1], $0[2]).map { max($0, 0) }
      },
      OperationCase("batchNormReLU with addend", inputs + [Input(sizes)], bounds: bounds) {
        $0[0].batchNormReLU(weight: $0[1], bias: $0[2], adding: $0[3]).output
      } is: { inputs in
        let normal = scaled(normalized(inputs[0], epsilon: 1e-5) { $0[1] }, inputs[1], inputs[2])
        return Reference(sizes) { max(normal[$0] + inputs[3][$0], 0) }
      },
    ]
  }

  /// With averages that are numbers.
  private static let fixed: [OperationCase] = ([[0, 3], [1, 2, 1, 1]] + sizes).map { sizes in
    let channels = sizes[1]
    let means = (0..<channels).map { 0.1 * Double($0) - 0.3 }, variances = (0..<channels).map { 0.5 + 0.2 * Double($0) }
    let statistics = ChannelStatistics(mean: Tensor(means), variance: Tensor(variances), count: 9)
    return OperationCase("batchNorm with averages", [Input(sizes), Input([channels]), Input([channels])]) {
      $0[0].batchNorm(with: statistics, weight: $0[1], bias: $0[2])
    } is: { inputs in
      let normal = Reference(sizes) { (inputs[0][$0] - means[$0[1]]) / sqrt(variances[$0[1]] + 1e-5) }
      return scaled(normal, inputs[1], inputs[2])
    }
  }

  private static let layers: [OperationCase] = [
    OperationCase("BatchNorm1d", [7, 4], BatchNorm1d(4)) {
      scaled(normalized($0[0], epsilon: 1e-5) { $0[1] }, $0[1], $0[2])
    },
    OperationCase("BatchNorm1d of lines", [3, 4, 5], BatchNorm1d(4)) {
      scaled(normalized($0[0], epsilon: 1e-5) { $0[1] }, $0[1], $0[2])
    },
    OperationCase("BatchNorm2d", [3, 4, 5, 2], BatchNorm2d(4)) {
      scaled(normalized($0[0], epsilon: 1e-5) { $0[1] }, $0[1], $0[2])
    },
    OperationCase("BatchNorm3d", [2, 3, 2, 3, 2], BatchNorm3d(3)) {
      scaled(normalized($0[0], epsilon: 1e-5) { $0[1] }, $0[1], $0[2])
    },
    // The averages that it starts with are 0 and 1.
    OperationCase("BatchNorm2d in inference", [3, 4, 5, 2], BatchNorm2d(4), mode: .inference, bounds: .edges) {
      scaled($0[0].map { $0 / sqrt(1 + 1e-5) }, $0[1], $0[2])
    },
    OperationCase("BatchNorm2d without weights", [3, 4, 5, 2], BatchNorm2d(4, affine: false)) {
      normalized($0[0], epsilon: 1e-5) { $0[1] }
    },
  ]

  private static let windows: [(size: Int, alpha: Double, beta: Double, k: Double)] = [
    (1, 0.5, 0.75, 1), (2, 1, 0.75, 1), (3, 0.5, 0.5, 2), (5, 1e-4, 0.75, 2), (5, 2, 1, 0.5), (8, 1, 0.75, 1),
  ]

  private static let responses: [OperationCase] = [
    [2, 1], [3, 6], [2, 3, 5], [1, 7, 3, 3], [2, 16, 2, 5], [0, 4, 3, 3], [1, 33, 4, 17], [4, 20, 24, 24],
  ].flatMap { (sizes: [Int]) in
    windows.map { size, alpha, beta, k in
      let window = ResponseWindow(size: size, alpha: alpha, beta: beta, k: k)
      return OperationCase("localResponseNorm n \(size), α \(alpha), β \(beta), k \(k)", [Input(sizes, in: -2...2)]) {
        $0[0].localResponseNorm(window)
      } is: { inputs in
        let x = inputs[0]
        return Reference(sizes) { index in
          // Channels c - n/2 … c + (n - 1)/2, as far as they exist.
          let channels = max(0, index[1] - size / 2)...min(sizes[1] - 1, index[1] + (size - 1) / 2)
          let sum = channels.reduce(0.0) { sum, channel in
            var place = index
            place[1] = channel
            return sum + x[place] * x[place]
          }
          return x[index] / pow(k + alpha / Double(size) * sum, beta)
        }
      }
    }
  }
}
