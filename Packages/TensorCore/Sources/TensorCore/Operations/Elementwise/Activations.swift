import CKernels

/// The classic activation functions, each with the function that carries a gradient back through it: called on the
/// gradient of the output, it gives the gradient of the input. One pass over memory each.
extension Tensor where Scalar: FloatingScalar {
  /// tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). Float: within 2 units in the last place.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func tanh() -> Tensor { map(nt_tanh, "tanh") }

  /// g (1 − y²), where y is the output of ``tanh()``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func tanhGradient(output: Tensor) -> Tensor {
    Self.combine(nt_tanh_gradient, "tanhGradient", self, output)
  }

  /// σ(x) = 1 / (1 + e⁻ˣ). Float: within 3 units in the last place, also where the result is tiny.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sigmoid() -> Tensor { map(nt_sigmoid, "sigmoid") }

  /// g y (1 − y), where y is the output of ``sigmoid()``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sigmoidGradient(output: Tensor) -> Tensor {
    Self.combine(nt_sigmoid_gradient, "sigmoidGradient", self, output)
  }

  /// max(x, 0); NaN stays.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func relu() -> Tensor { map(nt_relu, "relu") }

  /// g where x > 0, else 0 (also at x = 0). The output of ``relu()`` does as well as its input.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func reluGradient(input: Tensor) -> Tensor {
    Self.combine(nt_relu_gradient, "reluGradient", self, input)
  }
}
