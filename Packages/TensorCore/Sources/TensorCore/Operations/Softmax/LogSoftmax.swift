import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// The logarithm of ``softmax(along:)``: xᵢ − m − ln Σⱼ e^(xⱼ − m), where m is the largest x. Finite where the softmax
  /// itself would round to 0.
  ///
  /// Where all elements along the axis are −∞, all are NaN. An axis other than the last costs two copies.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func logSoftmax(along axis: Int) -> Tensor {
    Self.alongRows([self], axis, "logSoftmax") { $0[0].softmaxRows(nt_log_softmax) }
  }

  /// The gradient of ``logSoftmax(along:)`` with respect to its input, when this is that of its output y:
  /// gᵢ − e^yᵢ Σⱼ gⱼ.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func logSoftmaxGradient(output: Tensor, along axis: Int) -> Tensor {
    checkSameShape(output, "logSoftmaxGradient")
    return Self.alongRows([self, output], axis, "logSoftmaxGradient") {
      $0[0].softmaxGradientRows(nt_log_softmax, output: $0[1])
    }
  }
}
