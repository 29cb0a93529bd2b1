import CKernels

/// Sums and products. Floats are added and multiplied in Double and rounded once, in an order that depends on the shape
/// only: the sum of 2²⁴ equal Floats is right to the last place, and the same on any number of threads. Whole numbers are
/// added in Int64; a result that does not fit in their own type stops the program (convert to Int64 first).
/// The sum of nothing is 0, the product of nothing 1.
extension Tensor where Scalar: NumericScalar {
  /// The sum of all elements, of rank 0.
  public func sum() -> Tensor { folded(nt_fold_sum, "sum", ReducedAxes(all: shape)) }

  /// The sums along `axes`, negative ones from the end; these vanish from the shape, or have size 1 if `keepingAxes`.
  ///
  /// `[64, 16, 5, 5]` along `[0, 2, 3]` gives `[16]`.
  public func sum(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    folded(nt_fold_sum, "sum", ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "sum"))
  }

  /// The sums along one axis.
  public func sum(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    sum(along: [axis], keepingAxes: keepingAxes)
  }

  /// The product of all elements, of rank 0.
  public func product() -> Tensor { folded(nt_fold_product, "product", ReducedAxes(all: shape)) }

  /// The products along `axes`.
  public func product(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    folded(nt_fold_product, "product", ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "product"))
  }

  /// The products along one axis.
  public func product(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    product(along: [axis], keepingAxes: keepingAxes)
  }

  /// The sum of the squares of all elements, of rank 0, in one pass.
  public func sumOfSquares() -> Tensor { folded(nt_fold_squares, "sumOfSquares", ReducedAxes(all: shape)) }

  /// The sums of squares along `axes`, in one pass.
  public func sumOfSquares(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    folded(nt_fold_squares, "sumOfSquares", ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "sumOfSquares"))
  }

  /// The sums over the axes along which `shape` was broadcast to this tensor's shape, so that the result has `shape`.
  ///
  /// This is how the gradient of a repeated operand comes back: `[64, 120]` to `[120]` adds up 64 rows. Stops if `shape`
  /// does not broadcast to this tensor's shape.
  public func sum(to shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    if count > 0, shape.isSuffix(of: self.shape) {
      return folded(nt_fold_sum, "sum(to:)", ReducedAxes(leading: count / shape.count, to: shape))
    }
    guard shape.rank <= rank, shape.broadcast(with: self.shape) == self.shape else {
      stop("sum(to:)", "the shape \(shape) does not broadcast to \(self.shape)")
    }
    let missing = rank - shape.rank
    let axes = (0..<rank).filter { $0 < missing || (shape[$0 - missing] == 1 && self.shape[$0] != 1) }
    let sums = sum(along: axes)
    return Tensor(shape: shape, storage: sums.storage)
  }
}
