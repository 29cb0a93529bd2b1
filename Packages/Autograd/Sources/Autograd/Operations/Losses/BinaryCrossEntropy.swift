import TensorCore

/// loss = w y ln(1 + e^-x) + (1 - y) ln(1 + e^x) of logits x and targets y, with a fixed weight w of the positive ones;
/// dloss/dx = (1 - y) σ(x) - w y σ(-x), dloss/dy = w ln(1 + e^-x) - ln(1 + e^x).
struct BinaryCrossEntropyWithLogits: Operation {
  let name = "binaryCrossEntropyWithLogits"
  let positiveWeight: Tensor<Double>?
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, y) = (inputs[0], inputs[1])
    let weight = positiveWeight?.converted(to: Scalar.self)
    let needsTargets = inputs.needsGradient(1)
    return Recorded(x.binaryCrossEntropyWithLogits(targets: y, positiveWeight: weight)) { gradient in
      let input = gradient.binaryCrossEntropyWithLogitsGradient(logits: x, targets: y, positiveWeight: weight)
      return [input, needsTargets ? gradient * slope(x, weight) : nil]
    }
  }

  /// The loss is linear in y: what it is for 1 less what it is for 0.
  private func slope<Scalar: FloatingScalar>(_ x: Tensor<Scalar>, _ weight: Tensor<Scalar>?) -> Tensor<Scalar> {
    let yes = x.binaryCrossEntropyWithLogits(targets: .ones(x.shape), positiveWeight: weight)
    return yes - x.binaryCrossEntropyWithLogits(targets: .zeros(x.shape))
  }
}

/// loss = -y ln p - (1 - y) ln(1 - p) of probabilities p and targets y; dloss/dp = (p - y) / (p (1 - p)),
/// dloss/dy = ln(1 - p) - ln p.
struct BinaryCrossEntropy: Operation {
  let name = "binaryCrossEntropy"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (p, y) = (inputs[0], inputs[1])
    let needsTargets = inputs.needsGradient(1)
    return Recorded(p.binaryCrossEntropy(targets: y)) { gradient in
      let input = gradient.binaryCrossEntropyGradient(probabilities: p, targets: y)
      guard needsTargets else { return [input, nil] }
      let slope = p.binaryCrossEntropy(targets: .ones(p.shape)) - p.binaryCrossEntropy(targets: .zeros(p.shape))
      return [input, gradient * slope]
    }
  }
}

extension Variable {
  /// w y ln(1 + e^-x) + (1 - y) ln(1 + e^x) for each of these logits x and its target y, without overflow.
  ///
  /// - Parameters:
  ///   - targets: y, of this shape.
  ///   - positiveWeight: w, not differentiated, of a shape that broadcasts to this one. Default 1.
  public func binaryCrossEntropyWithLogits(targets: Variable, positiveWeight: Tensor<Double>? = nil) -> Variable {
    BinaryCrossEntropyWithLogits(positiveWeight: positiveWeight).apply(to: self, targets)
  }

  /// -y ln p - (1 - y) ln(1 - p) for each of these probabilities p and its target y; logarithms are -100 at least.
  ///
  /// Stops when a probability lies outside 0...1.
  public func binaryCrossEntropy(targets: Variable) -> Variable { BinaryCrossEntropy().apply(to: self, targets) }
}
