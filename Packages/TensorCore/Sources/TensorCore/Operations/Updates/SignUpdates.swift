import CKernels

/// Rules that step by the sign of the gradient, in place and in one pass. They stop when the shapes are not the same.
extension Tensor where Scalar: FloatingScalar {
  /// One step of Rprop on these parameters, the size of each one's step and the gradient before.
  ///
  /// A step grows by the factor `grow` where the gradient keeps its sign and shrinks by `shrink` where it turns, within
  /// `sizes`; where it turned the parameter rests, and counts as having no gradient the next time. Else
  /// p ← p − sign(g) size. Source: Riedmiller and Braun 1993, in PyTorch's form.
  public mutating func rpropUpdate(
    gradient: Tensor, step: inout Tensor, previous: inout Tensor, grow: Double = 1.2, shrink: Double = 0.5,
    sizes: ClosedRange<Double> = 1e-6...50
  ) {
    let settings = nt_rprop(grow: grow, shrink: shrink, smallest: sizes.lowerBound, largest: sizes.upperBound)
    makeUnique()
    step.makeUnique()
    previous.makeUnique()
    runUpdate("rpropUpdate", gradient, ["step": step, "gradient before": previous], settings) {
      nt_rprop_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), $1.count)
    }
  }

  /// One step of Lion on these parameters and the running mean of their gradient:
  /// p ← (1 − learningRate weightDecay) p − learningRate sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g.
  /// Source: Chen and others 2023.
  public mutating func lionUpdate(
    gradient: Tensor, mean: inout Tensor, learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.99,
    weightDecay: Double = 0
  ) {
    let settings = nt_lion(
      learning_rate: learningRate, beta1: beta1, beta2: beta2, shrink: 1 - learningRate * weightDecay)
    makeUnique()
    mean.makeUnique()
    runUpdate("lionUpdate", gradient, ["mean": mean], settings) {
      nt_lion_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.count)
    }
  }
}
