import CKernels
import Foundation

extension Tensor where Scalar: FloatingScalar {
  /// One step of Adam on these parameters and the running means of their gradient and its square, all in place and in one
  /// pass: d = g + weightDecay p; m ← β₁ m + (1 − β₁) d; v ← β₂ v + (1 − β₂) d²;
  /// p ← p − learningRate (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
  ///
  /// `step` is t, 1 for the first, when both means are zeros. With `decoupledWeightDecay` the decay is not part of the
  /// gradient but p ← (1 − learningRate weightDecay) p goes before (AdamW). Source: Kingma and Ba 2015; Loshchilov and
  /// Hutter 2019; in PyTorch's arithmetic. Stops when the four shapes are not the same or `step` is not positive.
  public mutating func adamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, step: Int, learningRate: Double,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupledWeightDecay: Bool = false
  ) {
    guard gradient.shape == shape, mean.shape == shape, square.shape == shape else {
      stop(
        "adamUpdate",
        "the parameters have the shape \(shape), the gradient \(gradient.shape), its means \(mean.shape) and "
          + "\(square.shape)")
    }
    guard step > 0 else { stop("adamUpdate", "the first step is number 1, not \(step)") }
    let settings = nt_adam(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: decoupledWeightDecay ? 0 : weightDecay,
      step_size: learningRate / (1 - pow(beta1, Double(step))),
      root_correction: (1 - pow(beta2, Double(step))).squareRoot(),
      shrink: decoupledWeightDecay ? 1 - learningRate * weightDecay : 1)
    makeUnique()
    mean.makeUnique()
    square.makeUnique()
    let p = storage.start, g = gradient.storage.start, m = mean.storage.start, v = square.storage.start
    withUnsafePointer(to: settings) { settings in
      Cut.run(count) { range in
        let i = range.lowerBound
        nt_adam_update(settings, Scalar.code, p + i, g + i, m + i, v + i, range.count)
      }
    }
    withExtendedLifetime((self, gradient, mean, square)) {}
  }
}
