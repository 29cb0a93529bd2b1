import TensorCore

/// y = t (ln t - x), or e^l (l - x) of the targets' logarithms l: dy/dx = -t.
struct Divergence: Operation {
  let name = "klDivergence"
  let takesLogarithms: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, targets) = (inputs[0], inputs[1])
    let needsTargets = inputs.needsGradient(1)
    guard takesLogarithms else {
      return Recorded(x.divergence(targets: targets)) { gradient in
        let target = needsTargets ? gradient.divergenceTargetGradient(input: x, targets: targets) : nil
        return [-gradient * targets, target]
      }
    }
    return Recorded(x.divergence(logTargets: targets)) { gradient in
      let target = needsTargets ? gradient.divergenceTargetGradient(input: x, logTargets: targets) : nil
      return [-gradient * targets.exp(), target]
    }
  }
}

extension Variable {
  /// t (ln t - x) for each of these logarithms x and its target t: the terms of the Kullback–Leibler divergence. A target
  /// of 0 adds nothing.
  public func divergence(targets: Variable) -> Variable { Divergence(takesLogarithms: false).apply(to: self, targets) }

  /// e^l (l - x) for each of these logarithms x and the logarithm l of its target. A target of -∞ adds nothing.
  public func divergence(logTargets: Variable) -> Variable {
    Divergence(takesLogarithms: true).apply(to: self, logTargets)
  }
}
