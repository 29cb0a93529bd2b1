import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

/// A loss and where to compare its gradients with central differences.
struct LossCase: Sendable, CustomTestStringConvertible {
  let name: String
  let shapes: [Shape]
  let range: ClosedRange<Double>
  let body: @Sendable ([Variable]) -> Variable
  var testDescription: String { "\(name) \(shapes)" }

  init(
    _ name: String, _ shapes: [Shape], in range: ClosedRange<Double> = -2...2,
    _ body: @escaping @Sendable ([Variable]) -> Variable
  ) {
    self.name = name
    self.shapes = shapes
    self.range = range
    self.body = body
  }

  /// A shuffled even grid over the range for each input, so that nothing ties.
  func inputs() -> [Tensor<Double>] {
    var random = RandomStream(seed: 4)
    return shapes.map { shape in
      let step = (range.upperBound - range.lowerBound) / Double(shape.count)
      let order = (0..<shape.count).shuffled(using: &random)
      return Tensor(order.map { range.lowerBound + (Double($0) + 0.37) * step }, shape: shape)
    }
  }

  static let all: [LossCase] = classes + shares + regression + margins

  private static let labels = Tensor<Int64>([2, 0, 1, 2])
  private static let answers = Tensor<Int64>([1, -1, -1, 1])

  private static let classes: [LossCase] = Reduction.allCases.flatMap { (reduction: Reduction) -> [LossCase] in
    [
      LossCase("crossEntropy, \(reduction)", [[4, 3]]) { crossEntropy($0[0], labels, reduction: reduction) },
      LossCase("crossEntropy, weights, \(reduction)", [[4, 3]]) {
        crossEntropy(
          $0[0], labels, classWeights: [1, 2, 0.5], ignoring: 1, smoothing: 0.2, reduction: reduction)
      },
      LossCase("crossEntropy of positions, \(reduction)", [[2, 3, 2]]) {
        crossEntropy($0[0], labels.reshaped([2, 2]), ignoring: 1, smoothing: 0.1, reduction: reduction)
      },
      LossCase("negativeLogLikelihood, \(reduction)", [[4, 3]]) {
        negativeLogLikelihood($0[0], labels, classWeights: [1, 2, 0.5], ignoring: 1, reduction: reduction)
      },
      LossCase("multiMarginLoss, \(reduction)", [[4, 3]]) {
        multiMarginLoss($0[0], labels, squared: true, margin: 0.9, classWeights: [1, 2, 0.5], reduction: reduction)
      },
      LossCase("focalLoss of classes, \(reduction)", [[4, 3]]) {
        focalLoss($0[0], labels, classWeights: [1, 2, 0.5], reduction: reduction)
      },
    ]
  }

  private static let shares: [LossCase] = [
    LossCase("crossEntropy of shares", [[4, 3], [4, 3]]) {
      crossEntropy($0[0], $0[1], classWeights: [1, 2, 0.5], smoothing: 0.1)
    },
    LossCase("crossEntropy of shares, positions", [[2, 3, 2], [2, 3, 2]]) {
      crossEntropy($0[0], $0[1], reduction: .none)
    },
    LossCase("binaryCrossEntropy", [[3, 4], [3, 4]], in: 0.1...0.9) { binaryCrossEntropy($0[0], $0[1]) },
    LossCase("binaryCrossEntropyWithLogits", [[3, 4], [3, 4]]) { binaryCrossEntropyWithLogits($0[0], $0[1]) },
    LossCase("binaryCrossEntropyWithLogits, weighted", [[3, 4], [3, 4]]) {
      binaryCrossEntropyWithLogits($0[0], $0[1], positiveWeight: [1, 2, 3, 0.5], reduction: .none)
    },
    LossCase("klDivergence", [[3, 4], [3, 4]], in: 0.1...0.9) { klDivergence($0[0], $0[1], reduction: .none) },
    LossCase("klDivergence of logarithms", [[3, 4], [3, 4]], in: -2...0) {
      klDivergence($0[0], $0[1], targetsAreLogarithms: true, reduction: .batchMean)
    },
    LossCase("diceLoss", [[2, 2, 3], [2, 2, 3]], in: 0.05...0.95) { diceLoss($0[0], $0[1], reduction: .none) },
    LossCase("diceLoss, squares", [[1, 2, 3, 2], [1, 2, 3, 2]], in: 0.05...0.95) {
      diceLoss($0[0], $0[1], smoothing: 1, squaresDenominator: true)
    },
  ]

  private static let regression: [LossCase] = [
    LossCase("meanSquaredError", [[3, 4], [3, 4]]) { meanSquaredError($0[0], $0[1], reduction: .none) },
    LossCase("meanAbsoluteError", [[3, 4], [3, 4]]) { meanAbsoluteError($0[0], $0[1] + 0.01, reduction: .none) },
    LossCase("huberLoss", [[3, 4], [3, 4]]) { huberLoss($0[0], $0[1] + 0.01, delta: 0.7, reduction: .none) },
    LossCase("smoothL1Loss", [[3, 4], [3, 4]]) { smoothL1Loss($0[0], $0[1] + 0.01, beta: 0.5, reduction: .none) },
  ]

  private static let margins: [LossCase] = [
    LossCase("hingeEmbeddingLoss", [[4]]) { hingeEmbeddingLoss($0[0], answers, reduction: .none) },
    LossCase("marginRankingLoss", [[4], [4]]) {
      marginRankingLoss($0[0], $0[1], answers, margin: 0.3, reduction: .none)
    },
    LossCase("tripletMarginLoss, norm 1", [[4, 3], [4, 3], [4, 3]]) {
      tripletMarginLoss(
        anchor: $0[0], positive: $0[1] * 0.9, negative: $0[2] * 1.1, margin: 3, norm: .one, reduction: .none)
    },
    LossCase("hingeLoss", [[4]]) { hingeLoss($0[0], answers, reduction: .none) },
    LossCase("multiMarginLoss, not squared", [[4, 3]]) {
      multiMarginLoss($0[0], labels, margin: 0.9, reduction: .none)
    },
    LossCase("cosineEmbeddingLoss", [[4, 3], [4, 3]]) {
      cosineEmbeddingLoss($0[0], $0[1], answers, margin: -0.9, reduction: .none)
    },
    LossCase("tripletMarginLoss", [[4, 3], [4, 3], [4, 3]]) {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], margin: 3, reduction: .none)
    },
    LossCase("tripletMarginLoss, swapping", [[4, 3], [4, 3], [4, 3]]) {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], margin: 3, swaps: true, reduction: .none)
    },
    LossCase("focalLoss", [[2, 3]]) {
      let targets = TensorValue.double(Tensor([1, 0, 0, 1, 1, 0], shape: [2, 3])).converted(to: $0[0].precision)
      return focalLoss($0[0], Variable(targets), gamma: 1.5, reduction: .none)
    },
  ]
}

struct LossGradientTests {
  @Test(arguments: LossCase.all) func agreesWithCentralDifferences(_ loss: LossCase) {
    let report = checkGradients(loss.name, at: loss.inputs(), body: loss.body)
    #expect(report.passes(1e-6), "\(report)")
  }

  /// In single precision each loss is what it is in double precision, rounded.
  @Test(arguments: LossCase.all) func singlePrecisionAgrees(_ loss: LossCase) {
    let inputs = loss.inputs().map { Variable($0.converted(to: Float.self)) }
    let wide = loss.body(inputs.map { Variable($0.doubles) }).doubles.scalars
    let output = loss.body(inputs)
    #expect(output.precision == .float)
    expectClose(output, wide, within: 2e-6)
  }
}
