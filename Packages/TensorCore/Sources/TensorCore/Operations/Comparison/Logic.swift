import CKernels

prefix operator .!
infix operator .& : LogicalConjunctionPrecedence
infix operator .| : LogicalDisjunctionPrecedence

/// Logic element by element; shapes broadcast as in arithmetic.
extension Tensor<Bool> {
  /// not a
  public static prefix func .! (a: Tensor) -> Tensor {
    let result = Tensor(uninitialized: a.shape)
    Cut.run(a.count) { nt_not(a.bytes + $0.lowerBound, result.bytes + $0.lowerBound, $0.count) }
    withExtendedLifetime(a) {}
    return result
  }

  /// a and b
  public static func .& (a: Tensor, b: Tensor) -> Tensor { compare(nt_and, ".&", a, b) }

  /// a or b
  public static func .| (a: Tensor, b: Tensor) -> Tensor { compare(nt_or, ".|", a, b) }
}

/// Logic over many elements.
extension Tensor<Bool> {
  /// Whether all elements are true; true for none. Of rank 0.
  public func all() -> Tensor { folded(nt_fold_minimum, ReducedAxes(all: shape)) }

  /// Whether all elements along `axes` are true.
  public func all(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    folded(nt_fold_minimum, ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "all"))
  }

  /// Whether any element is true; false for none. Of rank 0.
  public func any() -> Tensor { folded(nt_fold_maximum, ReducedAxes(all: shape)) }

  /// Whether any element along `axes` is true.
  public func any(along axes: [Int], keepingAxes: Bool = false) -> Tensor {
    folded(nt_fold_maximum, ReducedAxes(axes, of: shape, keepingAxes: keepingAxes, "any"))
  }

  /// The smallest of bytes 0 and 1 is whether all are 1, the largest whether any is.
  private func folded(_ operation: nt_fold_op, _ axes: ReducedAxes) -> Tensor {
    let result = Tensor(uninitialized: axes.shape)
    guard axes.count > 0 else {
      result.uniqueBuffer.update(repeating: operation == nt_fold_minimum)
      return result
    }
    guard !axes.steps.isEmpty else { return Tensor(shape: axes.shape, storage: storage) }
    _ = Fold(operation, of: nt_uint8, "all, any").run(
      axes.steps, from: Fold.Operand(start: bytes, type: nt_uint8),
      to: Fold.Operand(start: result.bytes, type: nt_uint8))
    withExtendedLifetime(self) {}
    return result
  }
}
