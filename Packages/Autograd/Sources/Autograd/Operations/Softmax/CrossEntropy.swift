import TensorCore

/// loss = -ln softmax(x)[label] for each row of logits; dloss/dx = softmax(x) - one-hot(label).
struct CrossEntropy: Operation {
  let name = "crossEntropy"
  let labels: Tensor<Int64>
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let logits = inputs[0]
    return Recorded(logits.crossEntropy(labels: labels)) { gradient in
      [gradient.crossEntropyGradient(logits: logits, labels: labels)]
    }
  }
}

extension Variable {
  /// For each row of these logits `[N, C]` the negative logarithm of the share that softmax gives its label: `[N]`.
  public func crossEntropy(labels: Tensor<Int64>) -> Variable { CrossEntropy(labels: labels).apply(to: self) }
}
