/// How far one distribution is from another, element by element: x is the logarithm of the approximation, t the target.
extension Tensor where Scalar: FloatingScalar {
  /// t (ln t − x), the terms of the Kullback–Leibler divergence; 0 where t is 0, though x be −∞.
  public func divergence(targets: Tensor) -> Tensor {
    checkDistributions(targets)
    return targets.weighing(targets.log() - self)
  }

  /// eˡ (l − x), the same with the targets' logarithms l; 0 where l is −∞.
  public func divergence(logTargets: Tensor) -> Tensor {
    checkDistributions(logTargets)
    return logTargets.exp().weighing(logTargets - self)
  }

  /// The gradient of ``divergence(targets:)`` with respect to the targets, when this is that of the terms:
  /// g (ln t + 1 − x); 0 where t is 0.
  public func divergenceTargetGradient(input: Tensor, targets: Tensor) -> Tensor {
    (targets .== 0).select(0, self * (targets.log() + 1 - input))
  }

  /// The gradient of ``divergence(logTargets:)`` with respect to the logarithms, when this is that of the terms:
  /// g eˡ (l + 1 − x); 0 where l is −∞.
  public func divergenceTargetGradient(input: Tensor, logTargets: Tensor) -> Tensor {
    self * logTargets.exp().weighing(logTargets + 1 - input)
  }

  private func checkDistributions(_ targets: Tensor) {
    guard shape == targets.shape else {
      stop("klDivergence", "logarithms \(shape) and targets \(targets.shape) differ in shape")
    }
  }
}
