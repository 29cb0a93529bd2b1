import CKernels

extension Tensor where Scalar: NumericScalar {
  /// `operation` on each element.
  @inline(__always)
  func map(_ operation: nt_unary_op, _ name: StaticString) -> Tensor {
    let result = Tensor(uninitializedLike: self)
    let from = memory.start, to = result.memory.start
    let failure = Failure()
    Cut.run(count) { range in
      failure.note(nt_unary(operation, Scalar.code, from + range.lowerBound, to + range.lowerBound, range.count))
    }
    failure.check(name, Scalar.self)
    withExtendedLifetime(self) {}
    return result
  }
}
