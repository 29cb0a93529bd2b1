import Autograd
import TensorCore

/// A layer that can take the sum and the ``ReLU`` behind it into its own pass over memory.
///
/// ``Sequential`` looks for such neighbours; the values are those of the layers one after the other. While a context is
/// observed, layers are called one by one, so that each output can be seen.
protocol RectifyingLayer: Layer {
  /// max(self(x) + addend, 0), or nil where that takes several passes.
  func rectified(_ x: Variable, adding addend: Variable?, _ context: Context) -> Variable?
}

extension BatchNorm2d: RectifyingLayer {
  func rectified(_ x: Variable, adding addend: Variable?, _ context: Context) -> Variable? {
    normalization.rectified(x, adding: addend, context)
  }
}

extension Sequential {
  /// The end of a residual unit, max(self(x) + addend, 0): in one pass with the last layer where that is a
  /// ``BatchNorm2d``.
  ///
  /// - Parameters:
  ///   - x: the chain's input.
  ///   - addend: of the shape of the chain's output.
  ///   - context: what the layers are called with.
  ///   - relu: the layer that makes the positive part, for the context's observers.
  ///   - name: what it is called.
  public func rectified(
    _ x: Variable, adding addend: Variable, _ context: Context, relu: ReLU, as name: String
  ) -> Variable {
    if context.observation == nil, let last = layers.last as? any RectifyingLayer {
      let input = forward(x, through: layers.count - 1, context)
      if let output = last.rectified(input, adding: addend, context) { return output }
      return relu(last(input, context) + addend, context, as: name)
    }
    return relu(forward(x, context) + addend, context, as: name)
  }
}
