import TensorCore

/// loss = -Σ t ln softmax(x) for each row of logits, with the targets t = (1 - smoothing) one-hot(label) + smoothing / C;
/// dloss/dx = softmax(x) - t.
struct CrossEntropy: Operation {
  let name = "crossEntropy"
  let labels: Tensor<Int64>
  let smoothing: Double
  let ignored: Int64?
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let logits = inputs[0]
    return Recorded(logits.crossEntropy(labels: labels, smoothing: smoothing, ignoring: ignored)) { gradient in
      [gradient.crossEntropyGradient(logits: logits, labels: labels, smoothing: smoothing, ignoring: ignored)]
    }
  }
}

/// loss = -Σ t ln softmax(x) for each row of logits and its targets t;
/// dloss/dx = softmax(x) Σ t - t, dloss/dt = -ln softmax(x).
struct CrossEntropyOfShares: Operation {
  let name = "crossEntropy"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (logits, targets) = (inputs[0], inputs[1])
    let (losses, logarithms) = logits.crossEntropy(targets: targets)
    let needsTargets = inputs.needsGradient(1)
    return Recorded(losses) { gradient in
      let input = gradient.crossEntropyGradient(logarithms: logarithms, targets: targets)
      return [input, needsTargets ? -gradient.expandingAxis(at: -1) * logarithms : nil]
    }
  }
}

extension Variable {
  /// For each row of these logits `[N, C]` the negative logarithm of the share that softmax gives its label: `[N]`.
  ///
  /// - Parameters:
  ///   - labels: `[N]`, each in `0..<C`.
  ///   - smoothing: the part of the target, of 0...1, that is spread over all classes. Default 0.
  ///   - ignored: a label whose rows have no loss and no gradient. Default none.
  public func crossEntropy(labels: Tensor<Int64>, smoothing: Double = 0, ignoring ignored: Int64? = nil) -> Variable {
    CrossEntropy(labels: labels, smoothing: smoothing, ignored: ignored).apply(to: self)
  }

  /// For each row of these logits `[N, C]` and of targets `[N, C]` the sum -Σ t ln softmax(logits): `[N]`.
  ///
  /// Targets are shares of the classes, not necessarily of sum 1. A target of 0 adds nothing, even for a class that is
  /// ruled out by a logit of -∞.
  public func crossEntropy(targets: Variable) -> Variable { CrossEntropyOfShares().apply(to: self, targets) }
}
