import CKernels

/// Means and variances, formed in Double and rounded once.
extension Tensor where Scalar: FloatingScalar {
  /// The mean of all elements, of rank 0: Σ x / n. NaN of nothing.
  public func mean() -> Tensor {
    folded(nt_fold_sum, "mean", ReducedAxes(all: shape), divisor: Double(count))
  }

  /// The means along `axes`, negative ones from the end; these vanish from the shape, or have size 1 if `keepingAxes`.
  public func mean(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let axes = ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "mean")
    return folded(nt_fold_sum, "mean", axes, divisor: Double(axes.count))
  }

  /// The means along one axis.
  public func mean(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    mean(along: [axis], keepingAxes: keepingAxes)
  }

  /// The variance of all elements, of rank 0: Σ (x − mean)² / (n − correction).
  ///
  /// A `correction` of 0 gives the variance of the data, 1 (PyTorch's default) the unbiased estimate from a sample.
  public func variance(correction: Int = 0) -> Tensor {
    variance(along: Array(0..<rank), correction: correction)
  }

  /// The variances along `axes`.
  ///
  /// Two passes, the mean first, so that data of mean 10⁴ and deviation 1 lose nothing: with d = x − mean, the sum of d²
  /// less (Σ d)² / n, which takes back what the rounding of the mean did. NaN where n − correction ≤ 0 divides 0 by 0.
  public func variance(along axes: [Int], keepingAxes: Bool = false, correction: Int = 0) -> Tensor {
    let reduced = ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "variance")
    let difference = self - mean(along: axes, keepingAxes: true)
    let divisor = Double(Swift.max(0, reduced.count - correction))
    let squares = difference.folded(nt_fold_squares, "variance", reduced, divisor: divisor)
    let sums = difference.folded(nt_fold_sum, "variance", reduced)
    return squares - sums.squared() / Scalar(Double(reduced.count) * divisor)
  }
}
