import TensorCore

/// y = e^x / Σ e^x along an axis.
struct Softmax: Operation {
  let name = "softmax"
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].softmax(along: axis)
    return Recorded(y) { gradient in [gradient.softmaxGradient(output: y, along: axis)] }
  }
}

/// y = x - ln Σ e^x along an axis.
struct LogSoftmax: Operation {
  let name = "logSoftmax"
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].logSoftmax(along: axis)
    return Recorded(y) { gradient in [gradient.logSoftmaxGradient(output: y, along: axis)] }
  }
}

/// y = ln Σ e^x along an axis; its derivative is the softmax.
struct LogSumExp: Operation {
  let name = "logSumExp"
  let axis: Int
  let keepingAxes: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.logSumExp(along: axis, keepingAxes: keepingAxes)) { gradient in
      [x.softmax(along: axis) * gradient.reshaped(x.shape.reduced(along: [axis]))]
    }
  }
}

extension Variable {
  /// e^x / Σ e^x along an axis: positive numbers that add up to 1. Large elements are safe.
  public func softmax(along axis: Int) -> Variable { Softmax(axis: axis).apply(to: self) }

  /// The logarithm of ``softmax(along:)``, without overflow for large elements.
  public func logSoftmax(along axis: Int) -> Variable { LogSoftmax(axis: axis).apply(to: self) }

  /// ln Σ e^x along an axis, without overflow for large elements.
  public func logSumExp(along axis: Int, keepingAxes: Bool = false) -> Variable {
    LogSumExp(axis: axis, keepingAxes: keepingAxes).apply(to: self)
  }
}
