/// The loss of yes-or-no answers: x is the answer, y the target, both of one shape, a loss for each element.
extension Tensor where Scalar: FloatingScalar {
  /// The negative logarithm of the probability that these logits give their targets:
  /// w y ln(1 + e⁻ˣ) + (1 − y) ln(1 + eˣ), with a weight w of the positive answers.
  ///
  /// Nothing overflows: ln(1 + eˣ) is max(x, 0) + ln(1 + e^−|x|). A part with the factor 0 is 0, so that a logit of ±∞
  /// that agrees with its target has no loss; one that does not has the loss ∞. NaN stays.
  ///
  /// - Parameters:
  ///   - targets: y, of this shape, as a rule 0 or 1.
  ///   - positiveWeight: w, of a shape that broadcasts to this one; nil for 1.
  public func binaryCrossEntropyWithLogits(targets: Tensor, positiveWeight: Tensor? = nil) -> Tensor {
    checkTargets(targets, positiveWeight, "binaryCrossEntropyWithLogits")
    let positive = positiveWeight.map { targets * $0 } ?? targets
    return positive.weighing((-self).logOfOnePlusExp()) + (1 - targets).weighing(logOfOnePlusExp())
  }

  /// The gradient of ``binaryCrossEntropyWithLogits(targets:positiveWeight:)`` with respect to the logits, when this is that of
  /// the losses: g ((1 − y) σ(x) − w y σ(−x)).
  public func binaryCrossEntropyWithLogitsGradient(
    logits: Tensor, targets: Tensor, positiveWeight: Tensor? = nil
  ) -> Tensor {
    let positive = positiveWeight.map { targets * $0 } ?? targets
    return self * ((1 - targets) * logits.sigmoid() - positive * (-logits).sigmoid())
  }

  /// The negative logarithm of the probability that these probabilities p give their targets: −y ln p − (1 − y) ln(1 − p).
  ///
  /// Logarithms are taken as −100 at least, as in PyTorch, so that a sure and wrong answer has the loss 100. Stops when a
  /// probability lies outside 0...1. NaN stays.
  public func binaryCrossEntropy(targets: Tensor) -> Tensor {
    checkTargets(targets, nil, "binaryCrossEntropy")
    guard !((self .< 0) .| (self .> 1)).any().scalar else {
      stop("binaryCrossEntropy", "a probability of the predictions \(shape) lies outside 0...1")
    }
    let lowest = Scalar(-100)
    let no = Self.maximum((-self).log1p(), lowest)
    return -(targets * Self.maximum(log(), lowest) + (1 - targets) * no)
  }

  /// The gradient of ``binaryCrossEntropy(targets:)`` with respect to the probabilities, when this is that of the losses:
  /// g (p − y) / max(p (1 − p), 10⁻¹²).
  public func binaryCrossEntropyGradient(probabilities: Tensor, targets: Tensor) -> Tensor {
    let slope = Self.maximum(probabilities * (1 - probabilities), Scalar(1e-12))
    return self * (probabilities - targets) / slope
  }

  /// ln(1 + eˣ) without overflow.
  func logOfOnePlusExp() -> Tensor { activated(.softplus(beta: 1)) }

  private func checkTargets(_ targets: Tensor, _ weight: Tensor?, _ name: String) {
    guard shape == targets.shape else {
      stop(name, "predictions \(shape) and targets \(targets.shape) differ in shape")
    }
    guard let weight, weight.shape.broadcast(with: shape) != shape else { return }
    stop(name, "the positive weight \(weight.shape) does not broadcast to the logits \(shape)")
  }
}
