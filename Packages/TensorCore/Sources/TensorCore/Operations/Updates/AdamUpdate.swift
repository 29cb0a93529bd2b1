import CKernels
import Foundation

extension Tensor where Scalar: FloatingScalar {
  /// One step of Adam on these parameters and the running means of their gradient and its square, all in place and in one
  /// pass: d = g + weightDecay p; m ← β₁ m + (1 − β₁) d; v ← β₂ v + (1 − β₂) d²;
  /// p ← p − learningRate (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
  ///
  /// `step` is t, 1 for the first, when both means are zeros. With `decoupledWeightDecay` the decay is not part of the
  /// gradient but p ← (1 − learningRate weightDecay) p goes before (AdamW). Without `biasCorrection` the two divisions by
  /// 1 − βᵗ are left out. Source: Kingma and Ba 2015; Loshchilov and Hutter 2019; in PyTorch's arithmetic. Stops when
  /// the four shapes are not the same or `step` is not positive.
  public mutating func adamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, step: Int, learningRate: Double,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupledWeightDecay: Bool = false, biasCorrection: Bool = true
  ) {
    let settings = Self.adamSettings(
      step, learningRate, beta1, beta2, epsilon, weightDecay, decoupledWeightDecay, biasCorrection)
    makeUnique()
    mean.makeUnique()
    square.makeUnique()
    runUpdate("adamUpdate", gradient, ["mean": mean, "mean square": square], settings) {
      nt_adam_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), nil, $1.count)
    }
  }

  /// The same with AMSGrad's memory of the largest mean square so far, in place too: x ← max(x, v), and x in place of v
  /// under the root. Source: Reddi, Kale and Kumar 2018, in PyTorch's arithmetic.
  public mutating func adamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, largestSquare: inout Tensor, step: Int,
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupledWeightDecay: Bool = false, biasCorrection: Bool = true
  ) {
    let settings = Self.adamSettings(
      step, learningRate, beta1, beta2, epsilon, weightDecay, decoupledWeightDecay, biasCorrection)
    makeUnique()
    mean.makeUnique()
    square.makeUnique()
    largestSquare.makeUnique()
    runUpdate("adamUpdate", gradient, ["mean": mean, "mean square": square, "largest square": largestSquare], settings)
    {
      nt_adam_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), $1.memory(2), $1.count)
    }
  }

  private static func adamSettings(
    _ step: Int, _ learningRate: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ weightDecay: Double,
    _ isDecoupled: Bool, _ isCorrected: Bool
  ) -> nt_adam {
    guard step > 0 else { stop("adamUpdate", "the first step is number 1, not \(step)") }
    return nt_adam(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: isDecoupled ? 0 : weightDecay,
      step_size: isCorrected ? learningRate / (1 - pow(beta1, Double(step))) : learningRate, gradient_size: 0,
      root_correction: isCorrected ? (1 - pow(beta2, Double(step))).squareRoot() : 1,
      shrink: isDecoupled ? 1 - learningRate * weightDecay : 1)
  }

  /// One step of NAdam, Adam with Nesterov's look-ahead, on these parameters and their running means, in place:
  /// m ← β₁ m + (1 − β₁) d; v ← β₂ v + (1 − β₂) d²; p ← p − (gradientSize d + meanSize m) / (√(v / (1 − β₂ᵗ)) + ε).
  ///
  /// The two sizes hold the learning rate and the schedule of the momentum. `decoupledWeightDecay`, `step` and stops are
  /// as in ``adamUpdate(gradient:mean:square:step:learningRate:beta1:beta2:epsilon:weightDecay:decoupledWeightDecay:biasCorrection:)``.
  public mutating func nadamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, step: Int, gradientSize: Double, meanSize: Double,
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupledWeightDecay: Bool = false
  ) {
    guard step > 0 else { stop("nadamUpdate", "the first step is number 1, not \(step)") }
    let settings = nt_adam(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: decoupledWeightDecay ? 0 : weightDecay,
      step_size: meanSize, gradient_size: gradientSize,
      root_correction: (1 - pow(beta2, Double(step))).squareRoot(),
      shrink: decoupledWeightDecay ? 1 - learningRate * weightDecay : 1)
    makeUnique()
    mean.makeUnique()
    square.makeUnique()
    runUpdate("nadamUpdate", gradient, ["mean": mean, "mean square": square], settings) {
      nt_adam_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), nil, $1.count)
    }
  }

  /// One step of RAdam, Adam whose steps are rectified while the mean square is young, on these parameters and their
  /// running means, in place: m ← β₁ m + (1 − β₁) d; v ← β₂ v + (1 − β₂) d²; with m̂ = m / (1 − β₁ᵗ),
  /// ρ∞ = 2 / (1 − β₂) − 1 and ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)
  ///
  ///     ρ > 5:  p ← p − learningRate m̂ r √(1 − β₂ᵗ) / (√v + ε),  r² = (ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ)
  ///     else:   p ← p − learningRate m̂
  ///
  /// `decoupledWeightDecay`, `step` and stops are as in
  /// ``adamUpdate(gradient:mean:square:step:learningRate:beta1:beta2:epsilon:weightDecay:decoupledWeightDecay:biasCorrection:)``.
  /// Source: Liu and others 2020, in PyTorch's arithmetic: its ε is added before the correction of v.
  public mutating func radamUpdate(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, step: Int, learningRate: Double, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0, decoupledWeightDecay: Bool = false
  ) {
    guard step > 0 else { stop("radamUpdate", "the first step is number 1, not \(step)") }
    let factor = Self.rectification(step, beta2)
    let rate = learningRate / (1 - pow(beta1, Double(step)))
    // The kernel divides by √v / correction + ε: by 1, where the mean square does not count yet.
    let settings = nt_adam(
      beta1: beta1, beta2: beta2, epsilon: factor == nil ? 1 : epsilon,
      weight_decay: decoupledWeightDecay ? 0 : weightDecay, step_size: rate * (factor ?? 1), gradient_size: 0,
      root_correction: factor == nil ? .infinity : 1, shrink: decoupledWeightDecay ? 1 - learningRate * weightDecay : 1)
    makeUnique()
    mean.makeUnique()
    square.makeUnique()
    runUpdate("radamUpdate", gradient, ["mean": mean, "mean square": square], settings) {
      nt_adam_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), nil, $1.count)
    }
  }

  /// r √(1 − β₂ᵗ); nil where the mean square has seen too few steps.
  private static func rectification(_ step: Int, _ beta2: Double) -> Double? {
    let power = pow(beta2, Double(step)), most = 2 / (1 - beta2) - 1
    let length = most - 2 * Double(step) * power / (1 - power)
    guard length > 5 else { return nil }
    return ((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length) * (1 - power)).squareRoot()
  }

  /// One step of AdaMax on these parameters, the running mean of their gradient and its running size, in place:
  /// d = g + weightDecay p; m ← β₁ m + (1 − β₁) d; u ← max(β₂ u, |d| + ε); p ← p − learningRate / (1 − β₁ᵗ) m / u.
  ///
  /// Source: Kingma and Ba 2015, section 7.1, in PyTorch's arithmetic. Stops when the shapes are not the same or
  /// `step` is not positive.
  public mutating func adamaxUpdate(
    gradient: Tensor, mean: inout Tensor, size: inout Tensor, step: Int, learningRate: Double, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    guard step > 0 else { stop("adamaxUpdate", "the first step is number 1, not \(step)") }
    let settings = nt_adamax(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: weightDecay,
      step_size: learningRate / (1 - pow(beta1, Double(step))))
    makeUnique()
    mean.makeUnique()
    size.makeUnique()
    runUpdate("adamaxUpdate", gradient, ["mean": mean, "size": size], settings) {
      nt_adamax_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), $1.count)
    }
  }
}
