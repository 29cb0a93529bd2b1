import TensorCore

/// loss = -Σ t ln softmax(x) for each row of logits, with the targets t = (1 - smoothing) one-hot(label) + smoothing / C;
/// dloss/dx = softmax(x) - t.
struct CrossEntropy: Operation {
  let name = "crossEntropy"
  let labels: Tensor<Int64>
  let smoothing: Double
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let logits = inputs[0]
    return Recorded(logits.crossEntropy(labels: labels, smoothing: smoothing)) { gradient in
      [gradient.crossEntropyGradient(logits: logits, labels: labels, smoothing: smoothing)]
    }
  }
}

extension Variable {
  /// For each row of these logits `[N, C]` the negative logarithm of the share that softmax gives its label: `[N]`.
  ///
  /// - Parameters:
  ///   - labels: `[N]`, each in `0..<C`.
  ///   - smoothing: the part of the target, of 0...1, that is spread over all classes. Default 0.
  public func crossEntropy(labels: Tensor<Int64>, smoothing: Double = 0) -> Variable {
    CrossEntropy(labels: labels, smoothing: smoothing).apply(to: self)
  }
}
