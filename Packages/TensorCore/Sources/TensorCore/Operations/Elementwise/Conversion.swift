import CKernels

extension Tensor {
  /// The elements as another type: fractions are dropped (−1.9 → −1), Floats round to the nearest, `true` is 1, and
  /// everything but 0 is `true`.
  ///
  /// Stops if an element, or NaN, does not fit in a type of whole numbers. Free if the type stays the same.
  public func converted<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    if let same = self as? Tensor<Other> { return same }
    let result = Tensor<Other>(uninitialized: shape)
    let from = storage.start, to = result.storage.start
    let failure = Failure()
    Cut.run(count) {
      failure.note(nt_convert(Scalar.code, Other.code, from + $0.lowerBound, to + $0.lowerBound, $0.count))
    }
    failure.check("converted", Other.self)
    withExtendedLifetime(self) {}
    return result
  }
}
