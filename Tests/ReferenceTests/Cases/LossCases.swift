import Autograd
import Foundation
import NNLayers
import TensorCore

/// Losses against their formulas, with each reduction. Labels are drawn, all other operands are inputs.
enum LossCases {
  static let all: [OperationCase] = elements + classes + vectors + regions

  private static let shapes: [[Int]] = [[], [0], [1], [3], [8], [17], [3, 5], [2, 3, 16], [3, 11_003]]

  /// A loss of each element of two inputs.
  private static func elementwise(
    _ name: String, in range: ClosedRange<Double> = -2...2, bounds: OperationCase.Bounds = .init(),
    _ body: @escaping @Sendable (Variable, Variable, Reduction) -> Variable,
    is formula: @escaping @Sendable (Double, Double) -> Double
  ) -> [OperationCase] {
    shapes.flatMap { sizes in
      Reduction.allCases.map { reduction in
        OperationCase("\(name), \(reduction)", [Input(sizes, in: range), Input(sizes, in: range)], bounds: bounds) {
          body($0[0], $0[1], reduction)
        } is: { inputs in
          let losses = zip(inputs[0].elements, inputs[1].elements).map(formula)
          return reduced(Reference(sizes, elements: losses), reduction)
        }
      }
    }
  }

  private static func reduced(_ losses: Reference, _ reduction: Reduction, total: Double? = nil) -> Reference {
    let sum = losses.elements.reduce(0, +)
    return switch reduction {
    case .none: losses
    case .sum: Reference(sum)
    case .mean: Reference(sum / (total ?? Double(losses.count)))
    case .batchMean: Reference(sum / Double(losses.sizes.first ?? 1))
    }
  }

  private static let elements: [OperationCase] =
    elementwise("meanSquaredError") {
      meanSquaredError($0, $1, reduction: $2)
    } is: {
      ($0 - $1) * ($0 - $1)
    }
    + elementwise("meanAbsoluteError", bounds: .kinks) {
      meanAbsoluteError($0, $1 * 0.9, reduction: $2)
    } is: {
      abs($0 - $1 * 0.9)
    }
    + elementwise("huberLoss", bounds: .kinks) {
      huberLoss($0, $1 * 0.9, delta: 0.75, reduction: $2)
    } is: {
      let d = abs($0 - $1 * 0.9)
      return d <= 0.75 ? d * d / 2 : 0.75 * (d - 0.375)
    }
    + elementwise("smoothL1Loss", bounds: .kinks) {
      smoothL1Loss($0, $1 * 0.9, beta: 0.5, reduction: $2)
    } is: {
      let d = abs($0 - $1 * 0.9)
      return d < 0.5 ? d * d : d - 0.25
    }
    + elementwise("binaryCrossEntropy", in: 0.05...0.95) {
      binaryCrossEntropy($0, $1, reduction: $2)
    } is: {
      -$1 * log($0) - (1 - $1) * log(1 - $0)
    }
    + elementwise("binaryCrossEntropyWithLogits", in: -9...9, bounds: .init(differences: 1e-6)) {
      binaryCrossEntropyWithLogits($0, $1 * 0.05 + 0.5, positiveWeight: Tensor(2.5), reduction: $2)
    } is: {
      let p = 1 / (1 + exp(-$0)), y = $1 * 0.05 + 0.5
      return -2.5 * y * log(p) - (1 - y) * log1p(-p)
    }
    + elementwise("klDivergence", in: 0.05...0.95) {
      klDivergence($0, $1, reduction: $2)
    } is: {
      $1 * (log($1) - $0)
    }
    + elementwise("klDivergence of logarithms") {
      klDivergence($0, $1, targetsAreLogarithms: true, reduction: $2)
    } is: {
      exp($1) * ($1 - $0)
    }

  private static let sizes: [(n: Int, classes: Int)] = [
    (1, 1), (1, 2), (3, 5), (4, 4), (17, 9), (33, 17), (2, 300), (700, 60),
  ]

  private static let classes: [OperationCase] = sizes.flatMap { n, classes -> [OperationCase] in
    let labels = wholeNumbers(n, below: classes)
    let weights = (0..<classes).map { 0.5 + Double($0 % 4) * 0.25 }
    let rows = Input([n, classes], in: -3...3)
    return Reduction.allCases.flatMap { (reduction: Reduction) -> [OperationCase] in
      [
        OperationCase("crossEntropy with weights, \(reduction)", [rows]) {
          crossEntropy(
            $0[0], Tensor(labels), classWeights: Tensor(weights), ignoring: 1, smoothing: 0.25, reduction: reduction)
        } is: { inputs in
          let losses = Reference([n]) { row in
            guard labels[row[0]] != 1 else { return 0 }
            let line = logarithms(inputs[0], row[0]), label = Int(labels[row[0]])
            let spread = (0..<classes).reduce(0.0) { $0 - weights[$1] * line[$1] }
            return -0.75 * weights[label] * line[label] + 0.25 / Double(classes) * spread
          }
          return reduced(losses, reduction, total: total(labels, weights, ignoring: 1))
        },
        OperationCase("crossEntropy of shares, \(reduction)", [rows, Input([n, classes], in: 0...1)]) {
          crossEntropy($0[0], $0[1], classWeights: Tensor(weights), smoothing: 0.25, reduction: reduction)
        } is: { inputs in
          let losses = Reference([n]) { row in
            let line = logarithms(inputs[0], row[0])
            return (0..<classes).reduce(0.0) {
              $0 - weights[$1] * (0.75 * inputs[1][row[0], $1] + 0.25 / Double(classes)) * line[$1]
            }
          }
          return reduced(losses, reduction)
        },
        OperationCase("negativeLogLikelihood, \(reduction)", [rows]) {
          negativeLogLikelihood(
            $0[0], Tensor(labels), classWeights: Tensor(weights), ignoring: 1, reduction: reduction)
        } is: { inputs in
          let losses = Reference([n]) { row in
            let label = labels[row[0]]
            return label == 1 ? 0 : -weights[Int(label)] * inputs[0][row[0], Int(label)]
          }
          return reduced(losses, reduction, total: total(labels, weights, ignoring: 1))
        },
        OperationCase("multiMarginLoss, \(reduction)", [rows], bounds: .kinks) {
          multiMarginLoss(
            $0[0], Tensor(labels), margin: 0.9677, classWeights: Tensor(weights), reduction: reduction)
        } is: { inputs in
          let losses = Reference([n]) { row in
            let label = Int(labels[row[0]])
            let terms = (0..<classes).filter { $0 != label }.map {
              max(0, 0.9677 - inputs[0][row[0], label] + inputs[0][row[0], $0])
            }
            return weights[label] * terms.reduce(0, +) / Double(classes)
          }
          return reduced(losses, reduction)
        },
      ]
    }
  }

  private static func logarithms(_ x: Reference, _ row: Int) -> [Double] {
    let line = (0..<x.sizes[1]).map { x[row, $0] }
    return line.map { $0 - SoftmaxCases.logSumExp(line) }
  }

  private static func total(_ labels: [Int64], _ weights: [Double], ignoring ignored: Int64) -> Double {
    labels.filter { $0 != ignored }.reduce(0) { $0 + weights[Int($1)] }
  }

  private static let vectors: [OperationCase] = [(1, 1), (3, 5), (4, 16), (17, 9), (130, 300)].flatMap {
    (n: Int, length: Int) -> [OperationCase] in
    let answers = wholeNumbers(n, below: 2).map { $0 * 2 - 1 }
    let yes = wholeNumbers(n * length, below: 2, seed: 8), classes = wholeNumbers(n, below: length + 1)
    let targets = TensorValue.double(Tensor(yes.map(Double.init), shape: [n, length]))
    return [
      OperationCase("hingeLoss", [Input([n], in: -2...2)], bounds: .kinks) {
        hingeLoss($0[0], Tensor(answers), reduction: .none)
      } is: { inputs in
        Reference([n]) { max(0, 1 - Double(answers[$0[0]]) * inputs[0][$0[0]]) }
      },
      OperationCase("hingeEmbeddingLoss", [Input([n], in: 0...2)], bounds: .kinks) {
        hingeEmbeddingLoss($0[0], Tensor(answers), margin: 1.0123, reduction: .none)
      } is: { inputs in
        Reference([n]) { answers[$0[0]] == 1 ? inputs[0][$0[0]] : max(0, 1.0123 - inputs[0][$0[0]]) }
      },
      OperationCase("marginRankingLoss", [Input([n]), Input([n], in: -2...2)], bounds: .kinks) {
        marginRankingLoss($0[0], $0[1], Tensor(answers), margin: 0.0123, reduction: .none)
      } is: { inputs in
        Reference([n]) { max(0, 0.0123 - Double(answers[$0[0]]) * (inputs[0][$0[0]] - inputs[1][$0[0]])) }
      },
      OperationCase("focalLoss", [Input([n, length], in: -5...5)]) {
        focalLoss($0[0], Variable(targets.converted(to: $0[0].precision)), gamma: 1.5, reduction: .none)
      } is: { inputs in
        Reference([n, length]) { index in
          let p = 1 / (1 + exp(-inputs[0][index])), isYes = yes[index[0] * length + index[1]] == 1
          let ofTarget = isYes ? p : 1 - p
          return -(isYes ? 0.25 : 0.75) * pow(1 - ofTarget, 1.5) * log(ofTarget)
        }
      },
      OperationCase("focalLoss of classes", [Input([n, length + 1], in: -3...3)]) {
        focalLoss($0[0], Tensor(classes), gamma: 2, reduction: .none)
      } is: { inputs in
        Reference([n]) { row in
          let logarithm = logarithms(inputs[0], row[0])[Int(classes[row[0]])]
          return -pow(1 - exp(logarithm), 2) * logarithm
        }
      },
      OperationCase("cosineEmbeddingLoss", [[n, length], [n, length]], bounds: .kinks) {
        cosineEmbeddingLoss($0[0], $0[1], Tensor(answers), margin: -0.5, reduction: .none)
      } is: { inputs in
        Reference([n]) { row in
          func dot(_ a: Int, _ b: Int) -> Double {
            (0..<length).reduce(0) { $0 + inputs[a][row[0], $1] * inputs[b][row[0], $1] }
          }
          let cosine = dot(0, 1) / sqrt((dot(0, 0) + 1e-12) * (dot(1, 1) + 1e-12))
          return answers[row[0]] == 1 ? 1 - cosine : max(0, cosine + 0.5)
        }
      },
      OperationCase(
        "tripletMarginLoss",
        [[n, length], Input([n, length], in: -0.5...1.5), Input([n, length], in: -2...1)],
        bounds: .init(float: 2e-6, hasKinks: true)
      ) {
        tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], swaps: true, reduction: .none)
      } is: { inputs in
        Reference([n]) { row in
          func distance(_ a: Int, _ b: Int) -> Double {
            sqrt((0..<length).reduce(0) { $0 + pow(inputs[a][row[0], $1] - inputs[b][row[0], $1] + 1e-6, 2) })
          }
          return max(0, distance(0, 1) - min(distance(0, 2), distance(1, 2)) + 1)
        }
      },
    ]
  }

  private static let regions: [OperationCase] = [[1, 1, 1], [2, 3, 4], [2, 1, 5, 7], [3, 2, 16, 17]].flatMap {
    (sizes: [Int]) -> [OperationCase] in
    [false, true].map { squares in
      let input = Input(sizes, in: 0.05...0.95)
      return OperationCase("diceLoss\(squares ? " of squares" : "")", [input, input]) {
        diceLoss($0[0], $0[1], smoothing: 0.5, squaresDenominator: squares, reduction: .none)
      } is: { inputs in
        let size = sizes.dropFirst(2).reduce(1, *)
        return Reference([sizes[0], sizes[1]]) { index in
          let start = (index[0] * sizes[1] + index[1]) * size
          let pairs = (start..<(start + size)).map { (inputs[0].elements[$0], inputs[1].elements[$0]) }
          let overlap = pairs.reduce(0) { $0 + $1.0 * $1.1 }
          let total = pairs.reduce(0) { $0 + (squares ? $1.0 * $1.0 + $1.1 * $1.1 : $1.0 + $1.1) }
          return 1 - (2 * overlap + 0.5) / (total + 0.5)
        }
      }
    }
  }
}
