import CKernels

extension Tensor where Scalar: NumericScalar {
  /// The running sums along `axis`: each element plus all before it, `[1, 2, 3]` → `[1, 3, 6]`.
  ///
  /// Floats are added in Double, one after the other; whole numbers that do not fit stop the program.
  public func cumulativeSum(along axis: Int) -> Tensor {
    let axes = ReducedAxes([axis], of: shape, keepingAxes: true, "cumulativeSum")
    let result = Tensor(uninitialized: shape)
    let step = axes.steps[0]
    let from = storage.start, to = result.storage.start
    let failure = Failure()
    Cut.run(rows: step.outer, of: step.count * step.inner) { outer in
      var view = step.view(ofOuter: outer.count)
      let start = outer.lowerBound * view.x_outer
      failure.note(nt_cumulative_sum(Scalar.code, from + start, to + start, &view))
    }
    failure.check("cumulativeSum", Scalar.self)
    withExtendedLifetime(self) {}
    return result
  }

  /// The gradient of ``cumulativeSum(along:)`` with respect to its input, when this is the gradient of its output: each
  /// element plus all after it.
  public func cumulativeSumGradient(along axis: Int) -> Tensor {
    flipped(along: [axis]).cumulativeSum(along: axis).flipped(along: [axis])
  }
}
