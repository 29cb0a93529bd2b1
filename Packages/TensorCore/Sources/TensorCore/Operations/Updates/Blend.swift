import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Moves this tensor a share of the way towards another, in place and in one pass: a ← a + share (b − a).
  ///
  /// A running average with memory d is `blend(with: new, share: 1 - d)`. Stops when the shapes are not the same.
  public mutating func blend(with other: Tensor, share: Double) {
    guard other.shape == shape else { stop("blend", "the shapes \(shape) and \(other.shape) are not the same") }
    makeUnique()
    let a = storage.start, b = other.storage.start
    Cut.run(count) { nt_blend(share, Scalar.code, a + $0.lowerBound, b + $0.lowerBound, $0.count) }
    withExtendedLifetime((self, other)) {}
  }
}
