import CKernels
import Synchronization

/// How two tensors, or a tensor and a scalar, go through a binary kernel.
extension Tensor where Scalar: NumericScalar {
  /// `operation` on the elements of two tensors of shapes that broadcast.
  @inline(__always)
  static func combine(_ operation: nt_binary_op, _ name: StaticString, _ a: Tensor, _ b: Tensor) -> Tensor {
    if a.shape == b.shape {
      let (a, b) = aligned(a, b)
      let result = Tensor(uninitializedLike: a)
      run(operation, name, a.memory.start, 1, b.memory.start, 1, result.memory.start, a.count)
      withExtendedLifetime((a, b)) {}
      return result
    }
    return combineBroadcast(operation, name, a, b)
  }

  @inline(never)
  private static func combineBroadcast(
    _ operation: nt_binary_op, _ name: StaticString, _ a: Tensor, _ b: Tensor
  ) -> Tensor {
    if b.shape.isSuffix(of: a.shape) {
      let result = Tensor(uninitialized: a.shape)
      runRows(operation, name, a, b, into: result)
      return result
    }
    guard let shape = a.shape.broadcast(with: b.shape) else {
      stop("\(name)", "the shapes \(a.shape) and \(b.shape) do not fit each other")
    }
    let result = Tensor(uninitialized: shape)
    runBroadcast(operation, name, a, b, into: result)
    return result
  }

  /// `operation` on each element and a scalar.
  @inline(__always)
  static func combine(_ operation: nt_binary_op, _ name: StaticString, _ a: Tensor, _ b: Scalar) -> Tensor {
    let result = Tensor(uninitializedLike: a)
    withUnsafePointer(to: b) { run(operation, name, a.memory.start, 1, $0, 0, result.memory.start, a.count) }
    withExtendedLifetime(a) {}
    return result
  }

  /// `operation` on a scalar and each element.
  @inline(__always)
  static func combine(_ operation: nt_binary_op, _ name: StaticString, _ a: Scalar, _ b: Tensor) -> Tensor {
    let result = Tensor(uninitializedLike: b)
    withUnsafePointer(to: a) { run(operation, name, $0, 0, b.memory.start, 1, result.memory.start, b.count) }
    withExtendedLifetime(b) {}
    return result
  }

  /// `operation` on each element and one of `other`, in place where no other tensor shares the elements.
  @inline(__always)
  mutating func combineInPlace(_ operation: nt_binary_op, _ name: StaticString, _ other: Tensor) {
    guard shape == other.shape, isChannelsLast == other.isChannelsLast, isChangeableInPlace else {
      return combineInPlaceByBroadcasting(operation, name, other)
    }
    Self.run(operation, name, memory.start, 1, other.memory.start, 1, memory.start, count)
    withExtendedLifetime((self, other)) {}
  }

  /// `operation` on each element and a scalar, in place where no other tensor shares the elements.
  @inline(__always)
  mutating func combineInPlace(_ operation: nt_binary_op, _ name: StaticString, _ other: Scalar) {
    guard isChangeableInPlace else {
      self = Self.combine(operation, name, self, other)
      return
    }
    withUnsafePointer(to: other) { Self.run(operation, name, memory.start, 1, $0, 0, memory.start, count) }
    withExtendedLifetime(self) {}
  }

  private mutating func combineInPlaceByBroadcasting(
    _ operation: nt_binary_op, _ name: StaticString, _ other: Tensor
  ) {
    let isSuffix = other.shape.isSuffix(of: shape)
    guard isSuffix || shape.broadcast(with: other.shape) == shape else {
      stop("\(name)", "\(other.shape) does not broadcast to the shape \(shape) of the tensor that is changed")
    }
    guard !isChannelsLast, isKnownUniquelyReferenced(&memory) else {
      self = Self.combine(operation, name, self, other)
      return
    }
    if isSuffix {
      Self.runRows(operation, name, self, other, into: self)
    } else {
      Self.runBroadcast(operation, name, self, other, into: self)
    }
  }

  @inline(__always)
  private static func run(
    _ operation: nt_binary_op, _ name: StaticString, _ a: UnsafePointer<Scalar>, _ stepA: Int,
    _ b: UnsafePointer<Scalar>, _ stepB: Int, _ result: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    let failure = Failure()
    Cut.run(count) { range in
      let i = range.lowerBound
      failure.note(
        nt_binary(
          operation, Scalar.code, nt_operand(start: a + i * stepA, step: stepA, row: 0),
          nt_operand(start: b + i * stepB, step: stepB, row: 0), result + i, range.count, 1))
    }
    failure.check(name, Scalar.self)
  }

  /// The common case of a bias: `b` is one row, or a single element, for all rows of `a`.
  private static func runRows(
    _ operation: nt_binary_op, _ name: StaticString, _ a: Tensor, _ b: Tensor, into result: Tensor
  ) {
    let from = a.storage.start, row = b.storage.start, to = result.storage.start
    if b.count == 1 {
      run(operation, name, from, 1, row, 0, to, a.count)
    } else if a.count > 0 {
      let length = b.count
      let failure = Failure()
      Cut.run(rows: a.count / length, of: length) { rows in
        let start = rows.lowerBound * length
        failure.note(
          nt_binary(
            operation, Scalar.code, nt_operand(start: from + start, step: 1, row: length),
            nt_operand(start: row, step: 1, row: 0), to + start, length, rows.count))
      }
      failure.check(name, Scalar.self)
    }
    withExtendedLifetime((a, b, result)) {}
  }

  private static func runBroadcast(
    _ operation: nt_binary_op, _ name: StaticString, _ a: Tensor, _ b: Tensor, into result: Tensor
  ) {
    let loop = BroadcastLoop(result.shape, left: a.shape, right: b.shape)
    let failure = Failure()
    loop.run { panel in
      failure.note(
        nt_binary(
          operation, Scalar.code,
          nt_operand(start: a.storage.start + panel.left, step: loop.leftStep, row: panel.leftRow),
          nt_operand(start: b.storage.start + panel.right, step: loop.rightStep, row: panel.rightRow),
          result.storage.start + panel.output, panel.count, panel.rows))
    }
    failure.check(name, Scalar.self)
    withExtendedLifetime((a, b, result)) {}
  }
}
