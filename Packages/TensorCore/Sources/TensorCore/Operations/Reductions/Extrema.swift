import CKernels

/// The largest and smallest elements and where they are. A NaN comes through: where there is one, it is the result.
/// Of an axis without elements there is no extremum: the program stops.
extension Tensor where Scalar: NumericScalar {
  /// The largest of all elements, of rank 0.
  public func max() -> Tensor { extreme(nt_fold_maximum, "max", ReducedAxes(all: shape)) }

  /// The largest elements along `axes`, negative ones from the end; these vanish from the shape, or have size 1 if
  /// `keepingAxes`.
  public func max(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    extreme(nt_fold_maximum, "max", ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "max"))
  }

  /// The largest elements along one axis.
  public func max(along axis: Int, keepingAxes: Bool = false) -> Tensor { max(along: [axis], keepingAxes: keepingAxes) }

  /// The smallest of all elements, of rank 0.
  public func min() -> Tensor { extreme(nt_fold_minimum, "min", ReducedAxes(all: shape)) }

  /// The smallest elements along `axes`.
  public func min(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    extreme(nt_fold_minimum, "min", ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "min"))
  }

  /// The smallest elements along one axis.
  public func min(along axis: Int, keepingAxes: Bool = false) -> Tensor { min(along: [axis], keepingAxes: keepingAxes) }

  private func extreme(_ operation: nt_fold_op, _ name: StaticString, _ axes: ReducedAxes) -> Tensor {
    guard axes.count > 0 || axes.shape.count == 0 else { stop("\(name)", "the shape \(shape) has no elements there") }
    return axes.shape.count == 0 ? Tensor(uninitialized: axes.shape) : folded(operation, name, axes)
  }

  /// The index of the largest element along `axis`: the first of equal ones, the first NaN if there is one.
  ///
  /// `[64, 10]` along -1 gives the class of each of 64 rows, `[64]`.
  public func argmax(along axis: Int, keepingAxes: Bool = false) -> Tensor<Int64> {
    argExtreme(nt_fold_maximum, "argmax", axis, keepingAxes)
  }

  /// The index of the smallest element along `axis`: the first of equal ones, the first NaN if there is one.
  public func argmin(along axis: Int, keepingAxes: Bool = false) -> Tensor<Int64> {
    argExtreme(nt_fold_minimum, "argmin", axis, keepingAxes)
  }

  private func argExtreme(
    _ operation: nt_fold_op, _ name: StaticString, _ axis: Int, _ keepingAxes: Bool
  ) -> Tensor<Int64> {
    let axes = ReducedAxes([axis], of: shape, keepingAxes: keepingAxes, name)
    guard axes.count > 0 || axes.shape.count == 0 else { stop("\(name)", "the shape \(shape) has no elements there") }
    let result = Tensor<Int64>(uninitialized: axes.shape)
    let step = axes.steps[0]
    let from = storage.start, to = result.storage.start
    Cut.run(rows: step.outer, of: step.count * step.inner) { outer in
      var view = step.view(ofOuter: outer.count)
      nt_arg_extreme(
        operation, Scalar.code, from + outer.lowerBound * step.count * step.inner, to + outer.lowerBound * step.inner,
        &view)
    }
    withExtendedLifetime(self) {}
    return result
  }
}

extension ReducedAxes.Step {
  /// The kernels' view of so many of the outer axis.
  func view(ofOuter outer: Int) -> nt_fold_view {
    nt_fold_view(outer: outer, n: count, inner: inner, x_outer: count * inner, x_step: inner, y_outer: inner)
  }
}
