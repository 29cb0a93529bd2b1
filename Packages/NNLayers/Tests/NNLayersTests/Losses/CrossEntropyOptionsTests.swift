import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

/// Weights, labels to ignore, positions, soft targets.
struct CrossEntropyOptionsTests {
  private let scores: [[Double]] = [[0.2, -1, 3], [2, 2, -2], [-0.5, 0.1, 0.7], [1, 0, -1]]
  private let labels: [Int64] = [2, 0, 1, 1]
  private let weights: [Double] = [1, 2, 0.25]
  private var logits: Variable { Variable(Tensor<Double>(scores.flatMap(\.self), shape: [4, 3])) }

  /// log softmax of each row, in Float64.
  private var logarithms: [[Double]] {
    scores.map { row in row.map { $0 - log(row.map { exp($0) }.reduce(0, +)) } }
  }

  /// Σ w[label] (-log p[label]) / Σ w[label].
  @Test func weightsWeighTheMean() {
    var (sum, total) = (0.0, 0.0)
    for (row, label) in zip(logarithms, labels) {
      sum -= weights[Int(label)] * row[Int(label)]
      total += weights[Int(label)]
    }
    let w = Tensor(weights)
    expectClose(crossEntropy(logits, Tensor(labels), classWeights: w), [sum / total])
    expectClose(crossEntropy(logits, Tensor(labels), classWeights: w, reduction: .sum), [sum])
    expectClose(crossEntropy(logits, Tensor(labels), classWeights: w, reduction: .batchMean), [sum / 4])
  }

  /// (1 - e) w[label] (-log p[label]) + e / C Σ w[c] (-log p[c]), divided by Σ w[label].
  @Test func weightsWithSmoothing() {
    let e = 0.2
    let losses = zip(logarithms, labels).map { row, label in
      let spread = zip(row, weights).reduce(0) { $0 - $1.0 * $1.1 }
      return -(1 - e) * weights[Int(label)] * row[Int(label)] + e / 3 * spread
    }
    let total = labels.reduce(0) { $0 + weights[Int($1)] }
    let w = Tensor(weights)
    expectClose(crossEntropy(logits, Tensor(labels), classWeights: w, smoothing: e, reduction: .none), losses)
    expectClose(
      crossEntropy(logits, Tensor(labels), classWeights: w, smoothing: e), [losses.reduce(0, +) / total])
  }

  /// The samples that are left have the mean they would have alone, with weights and smoothing too.
  @Test(arguments: [nil, Tensor<Double>([1, 2, 0.25])], [0, 0.3])
  func ignoredSamplesDoNotCount(_ weights: Tensor<Double>?, _ smoothing: Double) {
    let some = Tensor<Int64>([2, 255, 1, 255])
    let loss = crossEntropy(logits, some, classWeights: weights, ignoring: 255, smoothing: smoothing)
    let left = Variable(Tensor<Double>(scores[0] + scores[2], shape: [2, 3]))
    let alone = crossEntropy(left, Tensor([2, 1]), classWeights: weights, smoothing: smoothing)
    expectClose(loss, [alone.item])
    let each = crossEntropy(
      logits, some, classWeights: weights, ignoring: 255, smoothing: smoothing, reduction: .none
    ).doubles.scalars
    #expect(each[1] == 0 && each[3] == 0 && each[0] > 0)
  }

  @Test func ignoredSamplesMayHoldAnything() {
    let x = Tensor<Float>([1, 2, .nan, .infinity], shape: [2, 2])
    let slope = gradient(at: x) { crossEntropy($0, Tensor([0, -100]), ignoring: -100) }
    #expect(slope?[2...] == [0, 0])
    #expect(slope?.allSatisfy(\.isFinite) == true)
  }

  @Test func withNothingLeftTheMeanIsNoNumber() {
    let all = Tensor<Int64>([7, 7, 7, 7])
    #expect(crossEntropy(logits, all, ignoring: 7).item.isNaN)
    #expect(crossEntropy(logits, all, ignoring: 7, reduction: .sum).item == 0)
  }

  /// [2, 3, 2] is two samples of two positions: position d of sample n is the row (x[n, 0, d], x[n, 1, d], x[n, 2, d]).
  @Test func positionsAreRows() {
    let numbers: [Double] = [0.2, 2, -1, 2, 3, -2, -0.5, 1, 0.1, 0, 0.7, -1]
    let maps = Variable(Tensor<Double>(numbers, shape: [2, 3, 2]))
    let expected = zip(logarithms, labels).map { -$0[Int($1)] }
    let losses = crossEntropy(maps, Tensor(labels, shape: [2, 2]), reduction: .none)
    #expect(losses.shape == [2, 2])
    expectClose(losses, expected)
    expectClose(crossEntropy(maps, Tensor(labels, shape: [2, 2])), [expected.reduce(0, +) / 4])
    let images = maps.reshaped([2, 3, 1, 2])
    #expect(crossEntropy(images, Tensor(labels, shape: [2, 1, 2]), reduction: .none).shape == [2, 1, 2])
    let shares = Variable(Tensor(labels, shape: [2, 2]).oneHot(classCount: 3, as: Double.self)).permuted([0, 2, 1])
    expectClose(crossEntropy(maps, shares, reduction: .none), expected)
  }

  @Test(arguments: [0, 0.1]) func oneHotTargetsAreLabels(_ smoothing: Double) {
    let shares = Variable(Tensor(labels).oneHot(classCount: 3, as: Double.self))
    let byLabels = crossEntropy(logits, Tensor(labels), smoothing: smoothing, reduction: .none)
    expectClose(crossEntropy(logits, shares, smoothing: smoothing, reduction: .none), byLabels.doubles.scalars)
  }

  /// -Σ w[c] t[c] log p[c], with the mean over the samples whatever the weights.
  @Test func softTargetsEqualTheFormula() {
    let shares: [[Double]] = [[0.5, 0.25, 0.25], [0, 1, 0], [0.1, 0.2, 0.7], [1, 1, 1]]
    let losses = zip(logarithms, shares).map { row, share in
      (0..<3).reduce(0) { $0 - weights[$1] * share[$1] * row[$1] }
    }
    let targets = Variable(Tensor<Double>(shares.flatMap(\.self), shape: [4, 3]))
    expectClose(crossEntropy(logits, targets, classWeights: Tensor(weights), reduction: .none), losses)
    expectClose(crossEntropy(logits, targets, classWeights: Tensor(weights)), [losses.reduce(0, +) / 4])
  }

  /// A class that is ruled out costs nothing as long as it is not wanted.
  @Test func softTargetsAtTheEnds() {
    let ruledOut = Variable(Tensor<Float>([0, 0, -.infinity], shape: [1, 3]))
    let halves = Variable(Tensor<Float>([0.5, 0.5, 0], shape: [1, 3]))
    expectClose(crossEntropy(ruledOut, halves), [log(2)], within: 1e-7)
    #expect(crossEntropy(ruledOut, Variable(Tensor<Float>([0, 0, 1], shape: [1, 3]))).item == .infinity)
    let far = Variable(Tensor<Float>([1e4, -1e4, 0], shape: [1, 3]))
    #expect(crossEntropy(far, halves).item == 1e4)
    let slope = gradient(at: Tensor<Float>([1e4, -1e4, 0], shape: [1, 3])) { crossEntropy($0, halves) }
    #expect(slope == [0.5, -0.5, 0])
  }
}
