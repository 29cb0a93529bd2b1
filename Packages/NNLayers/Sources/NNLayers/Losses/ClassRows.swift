import Autograd
import TensorCore

/// Scores of classes as rows: `[N, C, d₁, …]` as `[M, C]` with M = N d₁ …, and what of a loss per row belongs where.
struct ClassRows {
  /// `[M, C]`.
  let scores: Variable
  /// The shape `[N, d₁, …]` of labels and losses.
  let outer: Shape
  /// C.
  let classCount: Int

  /// - Parameters:
  ///   - scores: `[N, C, d₁, …]`.
  ///   - name: the loss, for messages.
  init(_ scores: Variable, _ name: String) {
    guard scores.rank >= 2 else { stop(name, "needs scores [N, C, …], they are \(scores.shape)") }
    let sizes = scores.shape.sizes
    outer = Shape([sizes[0]] + sizes[2...])
    classCount = sizes[1]
    self.scores = Self.rows(scores)
  }

  /// `[N, C, d₁, …]` as `[M, C]`; free for rank 2, a copy otherwise.
  static func rows(_ x: Variable) -> Variable {
    guard x.rank > 2 else { return x }
    return x.permuted([0] + Array(2..<x.rank) + [1]).reshaped([x.shape.count / max(x.shape[1], 1), x.shape[1]])
  }

  /// Labels `[N, d₁, …]` as `[M]`. Stops unless each is one of the classes or the `ignored` one.
  func rows(_ labels: Tensor<Int64>, ignoring ignored: Int64?, _ name: String) -> Tensor<Int64> {
    guard labels.shape == outer else {
      stop(name, "scores \(scoresShape) need labels \(outer), not \(labels.shape)")
    }
    labels.withUnsafeBufferPointer { labels in
      if let row = labels.firstIndex(where: { ($0 < 0 || $0 >= classCount) && $0 != ignored }) {
        stop(name, "label \(labels[row]) of row \(row) is not one of \(classCount) classes")
      }
    }
    return labels.reshaped([labels.count])
  }

  private var scoresShape: Shape { Shape([outer[0], classCount] + outer.sizes.dropFirst()) }

  /// A loss per row as one per sample or position, `[N, d₁, …]`.
  func placed(_ losses: Variable) -> Variable { outer.rank == 1 ? losses : losses.reshaped(outer) }
}

/// What each row counts by its label: the label's weight, 1 without weights, 0 for the label that is ignored.
struct RowWeights {
  /// `[M]`.
  let weights: Tensor<Double>
  /// Their sum.
  let total: Double

  init(_ labels: Tensor<Int64>, _ classWeights: Tensor<Double>?, ignoring ignored: Int64?) {
    let ofClass = classWeights?.scalars
    let ofRow = labels.scalars.map { label -> Double in
      if label == ignored { return 0 }
      return ofClass.map { $0[Int(label)] } ?? 1
    }
    weights = Tensor(ofRow)
    total = ofRow.reduce(0, +)
  }

  /// A loss per row by its weight. Rows of the weight 0 count as 0, though their loss be infinite or NaN.
  func applied(to losses: Variable) -> Variable {
    let zero = Variable(.filled(0, shape: [], precision: losses.precision))
    return (weights .== 0).select(zero, losses * Variable(weights, as: losses.precision))
  }
}

extension Variable {
  /// Numbers as a constant of the given precision.
  init(_ tensor: Tensor<Double>, as precision: Precision) {
    self.init(TensorValue.double(tensor).converted(to: precision))
  }
}

/// Stops unless there is a weight for each class, none negative.
func checkClassWeights(_ weights: Tensor<Double>?, _ classCount: Int, _ name: String) {
  guard let weights else { return }
  guard weights.shape == [classCount] else {
    stop(name, "\(classCount) classes need weights [\(classCount)], not \(weights.shape)")
  }
  guard weights.scalars.allSatisfy({ $0 >= 0 }) else { stop(name, "the class weights \(weights.scalars) must be ≥ 0") }
}
