import Autograd
import TensorCore

/// The mean of the squared differences of two variables of equal shape; of shape `[]`.
public func meanSquaredError(_ prediction: Variable, _ target: Variable) -> Variable {
  guard prediction.shape == target.shape else {
    stop("meanSquaredError", "needs two equal shapes, got \(prediction.shape) and \(target.shape)")
  }
  return Variable.squaredDifference(prediction, target).mean()
}
