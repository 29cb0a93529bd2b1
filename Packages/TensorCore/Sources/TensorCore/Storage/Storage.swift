/// The memory of one tensor: a block of the pool, freed with the last tensor that refers to it.
///
/// Sendable because it is written only while uniquely referenced (`Tensor` checks) or before it is shared.
package final class Storage<Scalar: TensorScalar>: @unchecked Sendable {
  package let start: UnsafeMutablePointer<Scalar>
  package let count: Int

  /// Memory for `count` elements of unspecified content.
  package init(count: Int) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    guard !overflow else { stop("memory", "\(count) elements of \(Scalar.self) do not fit in any memory") }
    self.count = count
    start = BlockPool.allocate(bytes: bytes).bindMemory(to: Scalar.self, capacity: count)
  }

  deinit {
    BlockPool.release(start, bytes: count * MemoryLayout<Scalar>.stride)
  }
}
