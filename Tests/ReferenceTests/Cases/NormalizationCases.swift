import Autograd
import Foundation
import TensorCore

/// Normalisations, each by the same loop over the values that share a mean.
enum NormalizationCases {
  static let all: [OperationCase] = batches + groups + rows + responses

  private static let epsilon = 1e-2
  private static let shapes: [[Int]] = [
    [2, 1], [3, 4], [5, 17], [2, 36], [2, 2, 5], [3, 4, 1, 1], [2, 6, 3, 3], [3, 2, 4, 17], [2, 4, 2, 3, 4],
    [4, 6, 33, 41],
  ]

  private static let batches: [OperationCase] = shapes.flatMap { sizes -> [OperationCase] in
    let parameters = [Input(sizes), Input([sizes[1]], in: 0.5...2), Input([sizes[1]])]
    return [
      OperationCase("batchNorm", [Input(sizes)]) {
        $0[0].batchNorm(epsilon: epsilon).output
      } is: {
        normalized($0[0]) { [$0[1]] }
      },
      OperationCase("batchNorm, affine", parameters) {
        $0[0].batchNorm(weight: $0[1], bias: $0[2], epsilon: epsilon).output
      } is: {
        byChannel(normalized($0[0]) { [$0[1]] }, $0[1], $0[2])
      },
    ]
  }

  private static let groups: [OperationCase] = shapes.flatMap { sizes -> [OperationCase] in
    Set([1, 2, sizes[1]]).sorted().filter { sizes[1] % $0 == 0 && sizes[1] / $0 * sizes[2...].reduce(1, *) > 1 }.map {
      count in
      let parameters = [Input(sizes), Input([sizes[1]], in: 0.5...2), Input([sizes[1]])]
      return OperationCase("groupNorm \(count == sizes[1] ? "of instances" : "\(count)")", parameters) {
        $0[0].groupNorm(groups: count, weight: $0[1], bias: $0[2], epsilon: epsilon).output
      } is: {
        byChannel(normalized($0[0]) { [$0[0], $0[1] / (sizes[1] / count)] }, $0[1], $0[2])
      }
    }
  }

  private static let rows: [OperationCase] = [
    [1, 2], [3, 5], [4, 16], [2, 17], [2, 3, 33], [0, 4], [3, 64], [2, 100], [700, 50], [9, 4100],
  ].flatMap { sizes -> [OperationCase] in
    let width = sizes.suffix(1).map { $0 }
    let weight = Input(width, in: 0.5...2)
    return [
      OperationCase("layerNorm", [Input(sizes), weight, Input(width)]) {
        $0[0].layerNorm(over: Shape(width), weight: $0[1], bias: $0[2], epsilon: epsilon)
      } is: { inputs in
        byPlace(normalized(inputs[0]) { $0.dropLast() }, inputs[1], inputs[2])
      },
      OperationCase("rmsNorm", [Input(sizes), weight]) {
        $0[0].rmsNorm(over: Shape(width), weight: $0[1], epsilon: epsilon)
      } is: { inputs in
        byPlace(normalized(inputs[0], centers: false) { $0.dropLast() }, inputs[1], Reference(width))
      },
    ]
  }

  private static let responses: [OperationCase] = [
    ([1, 1], 5), ([2, 7], 3), ([2, 5, 4], 4), ([2, 8, 3, 6], 5), ([3, 20, 9, 33], 2),
  ].map { sizes, size in
    OperationCase("localResponseNorm \(size)", [Input(sizes)]) {
      $0[0].localResponseNorm(ResponseWindow(size: size, alpha: 0.5, beta: 0.75, k: 2))
    } is: { inputs in
      Reference(sizes) { index in
        let (from, to) = (max(0, index[1] - size / 2), min(sizes[1] - 1, index[1] + (size - 1) / 2))
        let squares = (from...to).reduce(0.0) { $0 + pow(inputs[0][[index[0], $1] + index.dropFirst(2)], 2) }
        return inputs[0][index] / pow(2 + 0.5 / Double(size) * squares, 0.75)
      }
    }
  }

  /// (x - μ) / √(σ² + ε), μ and σ² over the elements whose index gives the same key.
  private static func normalized(
    _ x: Reference, centers: Bool = true, _ key: ([Int]) -> [Int]
  ) -> Reference {
    let keys = indices(of: x.sizes).map(key)
    func means(_ values: [Double]) -> [[Int]: Double] {
      var sums: [[Int]: (sum: Double, count: Double)] = [:]
      for (key, value) in zip(keys, values) {
        let before = sums[key] ?? (0, 0)
        sums[key] = (before.sum + value, before.count + 1)
      }
      return sums.mapValues { $0.sum / $0.count }
    }
    let centersOfKeys = centers ? means(x.elements) : [:]
    let distances = zip(keys, x.elements).map { $1 - (centersOfKeys[$0] ?? 0) }
    let variances = means(distances.map { $0 * $0 })
    return Reference(x.sizes, elements: zip(keys, distances).map { $1 / ((variances[$0] ?? 0) + epsilon).squareRoot() })
  }

  private static func byChannel(_ x: Reference, _ weight: Reference, _ bias: Reference) -> Reference {
    Reference(x.sizes) { x[$0] * weight[$0[1]] + bias[$0[1]] }
  }

  private static func byPlace(_ x: Reference, _ weight: Reference, _ bias: Reference) -> Reference {
    Reference(x.sizes) { x[$0] * weight[[$0[$0.count - 1]]] + bias[[$0[$0.count - 1]]] }
  }
}
