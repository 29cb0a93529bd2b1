import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Shares that are positive and add up to 1 along `axis`: softmax(x)ᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m), where m is the
  /// largest x, so that nothing overflows.
  ///
  /// An element of −∞ gets 0; where all are −∞ there is no answer and all are NaN. A NaN makes all NaN. The sum is formed
  /// in Double. An axis other than the last costs two copies.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func softmax(along axis: Int) -> Tensor {
    Self.alongRows([self], axis, "softmax") { $0[0].softmaxRows(nt_softmax) }
  }

  /// The gradient of ``softmax(along:)`` with respect to its input, when this is that of its output y:
  /// yᵢ (gᵢ − Σⱼ gⱼ yⱼ).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func softmaxGradient(output: Tensor, along axis: Int) -> Tensor {
    checkSameShape(output, "softmaxGradient")
    return Self.alongRows([self, output], axis, "softmaxGradient") {
      $0[0].softmaxGradientRows(nt_softmax, output: $0[1])
    }
  }
}
