import Autograd
import TensorCore

/// What becomes of the losses of a batch's samples or elements.
public enum Reduction: Sendable, CaseIterable {
  /// Their mean: the sum divided by their number, or by their weights where a loss has weights. NaN of none.
  case mean
  /// Their sum divided by the number of samples N, the size of the first axis: what is a divergence in mathematics, where
  /// a sample's loss is a sum over its elements.
  case batchMean
  /// Their sum.
  case sum
  /// Each by itself.
  case none
}

extension Variable {
  /// Losses of elements or samples, with the samples along the first axis.
  func reduced(_ reduction: Reduction) -> Variable {
    switch reduction {
    case .mean: mean()
    case .batchMean: sum() / Double(shape.sizes.first ?? 1)
    case .sum: sum()
    case .none: self
    }
  }

  /// Losses that already carry their weights, of which the mean takes the `total`.
  func reduced(_ reduction: Reduction, weighing total: Double) -> Variable {
    reduction == .mean ? sum() / total : reduced(reduction)
  }
}

/// Stops unless prediction and target of a loss have one shape.
func checkEqualShapes(_ prediction: Variable, _ target: Variable, _ name: String) {
  guard prediction.shape == target.shape else {
    stop(name, "needs two equal shapes, got \(prediction.shape) and \(target.shape)")
  }
}
