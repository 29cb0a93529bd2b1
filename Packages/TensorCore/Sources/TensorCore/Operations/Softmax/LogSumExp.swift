import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// ln Σⱼ e^xⱼ along `axis`, as m + ln Σⱼ e^(xⱼ − m), where m is the largest x: right for ±10⁴ too.
  ///
  /// −∞ where all elements are −∞ or there is none. The gradient with respect to x is g softmax(x).
  public func logSumExp(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    let axes = ReducedAxes([axis], of: shape, keepingAxes: keepingAxes, "logSumExp")
    let step = axes.steps[0]
    let result = Tensor(uninitialized: axes.shape)
    if axes.count == 0 {
      result.uniqueBuffer.update(repeating: -.infinity)
      return result
    }
    // [outer, count, inner] to [outer, inner, count], so that rows lie together.
    let rows =
      step.inner == 1
      ? self : Tensor(shape: [step.outer, step.count, step.inner], storage: storage).permuted([0, 2, 1])
    let from = rows.storage.start, to = result.storage.start
    Cut.run(rows: result.count, of: step.count) {
      nt_softmax_rows(
        nt_log_sum_exp, Scalar.code, from + $0.lowerBound * step.count, to + $0.lowerBound, $0.count, step.count)
    }
    withExtendedLifetime(rows) {}
    return result
  }
}
