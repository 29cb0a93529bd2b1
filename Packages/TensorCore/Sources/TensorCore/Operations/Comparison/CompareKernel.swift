import CKernels

/// How tensors and scalars go through a comparison kernel.
extension Tensor {
  static func compare(_ operation: nt_compare_op, _ name: StaticString, _ a: Tensor, _ b: Tensor) -> Tensor<Bool> {
    guard let shape = a.shape.broadcast(with: b.shape) else {
      stop("\(name)", "the shapes \(a.shape) and \(b.shape) do not fit each other")
    }
    let result = Tensor<Bool>(uninitialized: shape)
    let loop = BroadcastLoop(shape, left: a.shape, right: b.shape)
    loop.run { panel in
      nt_compare(
        operation, Scalar.code,
        nt_operand(start: a.storage.start + panel.left, step: loop.leftStep, row: panel.leftRow),
        nt_operand(start: b.storage.start + panel.right, step: loop.rightStep, row: panel.rightRow),
        result.bytes + panel.output, panel.count, panel.rows)
    }
    withExtendedLifetime((a, b)) {}
    return result
  }

  static func compare(_ operation: nt_compare_op, _ a: Tensor, _ b: Scalar) -> Tensor<Bool> {
    withUnsafePointer(to: b) { compare(operation, a.shape, a.storage.start, 1, $0, 0, keeping: a) }
  }

  static func compare(_ operation: nt_compare_op, _ a: Scalar, _ b: Tensor) -> Tensor<Bool> {
    withUnsafePointer(to: a) { compare(operation, b.shape, $0, 0, b.storage.start, 1, keeping: b) }
  }

  private static func compare(
    _ operation: nt_compare_op, _ shape: Shape, _ a: UnsafePointer<Scalar>, _ stepA: Int, _ b: UnsafePointer<Scalar>,
    _ stepB: Int, keeping operand: Tensor
  ) -> Tensor<Bool> {
    let result = Tensor<Bool>(uninitialized: shape)
    Cut.run(shape.count) { range in
      let i = range.lowerBound
      nt_compare(
        operation, Scalar.code, nt_operand(start: a + i * stepA, step: stepA, row: 0),
        nt_operand(start: b + i * stepB, step: stepB, row: 0), result.bytes + i, range.count, 1)
    }
    withExtendedLifetime(operand) {}
    return result
  }
}

extension Tensor<Bool> {
  /// The elements as the kernels see them: bytes of 0 and 1.
  var bytes: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(storage.start).assumingMemoryBound(to: UInt8.self)
  }
}
