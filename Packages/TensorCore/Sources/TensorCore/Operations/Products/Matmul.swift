import CKernels

extension Tensor where Scalar: NumericScalar {
  /// The matrix product `C[i, j] = Σₚ A[i, p] B[p, j]` of the last two axes.
  ///
  /// - `[m, k] · [k, n]` gives `[m, n]`. `transposingLeft` reads A from a `[k, m]` tensor, `transposingRight` B from an
  ///   `[n, k]` one, without copies of the tensors.
  /// - Leading axes are a batch and broadcast: `[8, 1, m, k] · [5, k, n]` gives `[8, 5, m, n]`.
  /// - A rank-1 tensor is a row on the left and a column on the right; that axis is missing in the result.
  /// - k = 0 gives zeros. NaN and infinity spread as in plain loops. Integers wrap around on overflow.
  ///
  /// Cost: 2mnk operations a matrix. Each element is summed over k in one order, whatever the number of threads.
  /// Stops when the inner sizes differ, the leading axes do not broadcast or a vector is to be transposed.
  public func matmul(_ other: Tensor, transposingLeft: Bool = false, transposingRight: Bool = false) -> Tensor {
    let plan = MatmulPlan(shape, other.shape, transposingLeft: transposingLeft, transposingRight: transposingRight)
    let output = Tensor(uninitialized: plan.outputShape)
    withExtendedLifetime(storage) {
      withExtendedLifetime(other.storage) {
        plan.multiply(storage.start, other.storage.start, into: output.storage.start)
      }
    }
    return output
  }

  /// The outer product `C[i, j] = a[i] b[j]` of two rank-1 tensors: `[m]` and `[n]` give `[m, n]`.
  ///
  /// Stops when an operand is not of rank 1.
  public func outer(_ other: Tensor) -> Tensor {
    guard rank == 1, other.rank == 1 else {
      stop("outer", "both operands must be of rank 1, they are \(shape) and \(other.shape)")
    }
    let column = Tensor(shape: [count, 1], storage: storage)
    return column.matmul(Tensor(shape: [1, other.count], storage: other.storage))
  }

  /// The scalar product `Σᵢ aᵢ bᵢ` of two rank-1 tensors, as a tensor of rank 0.
  ///
  /// Stops when the operands are not of rank 1 and equal length.
  public func dot(_ other: Tensor) -> Tensor {
    guard rank == 1, shape == other.shape else {
      stop("dot", "both operands must be of rank 1 and equal length, they are \(shape) and \(other.shape)")
    }
    return matmul(other)
  }
}

extension MatmulPlan {
  /// Multiplies the elements of tensors that have the planned shapes; looks at the element type once.
  fileprivate func multiply<Scalar: NumericScalar>(
    _ left: UnsafeMutablePointer<Scalar>, _ right: UnsafeMutablePointer<Scalar>,
    into output: UnsafeMutablePointer<Scalar>
  ) {
    let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
    let output = UnsafeMutableRawPointer(output)
    switch Scalar.elementType {
    case .float: multiply(Float.self, left, right, output)
    case .double: multiply(Double.self, left, right, output)
    case .int32: multiply(Int32.self, left, right, output, nt_integer_product_i32)
    case .int64: multiply(Int64.self, left, right, output, nt_integer_product_i64)
    case .uint8: multiply(UInt8.self, left, right, output, nt_integer_product_u8)
    case .bool: stop("matmul", "Bool tensors cannot be multiplied")
    }
  }

  private func multiply<Scalar: FloatingScalar>(
    _ type: Scalar.Type, _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ output: UnsafeMutableRawPointer
  ) {
    let a = MatrixView(
      left.assumingMemoryBound(to: type), stride: transposingLeft ? m : k, transposed: transposingLeft)
    let b = MatrixView(
      right.assumingMemoryBound(to: type), stride: transposingRight ? k : n, transposed: transposingRight)
    let c = MutableMatrixView(output.assumingMemoryBound(to: type), rowStride: n)
    if batch.repeatsRightOnly, !transposingLeft || batch.count == 1 {
      gemm(batch.count * m, n, k, a, b, into: c)
      return
    }
    let flops = 2 * Double(m) * Double(n) * Double(k)
    let group = max(1, Int(Double(Blocking.taskFlops) / max(flops, 1000)))
    guard group > 1 else {
      for index in 0..<batch.count { multiply(index, a, b, c) }
      return
    }
    ThreadPool.run(blocks: (batch.count + group - 1) / group) { block in
      for index in block * group..<min(batch.count, (block + 1) * group) { multiply(index, a, b, c) }
    }
  }

  /// Matrix `index` of a batch.
  private func multiply<Scalar: FloatingScalar>(
    _ index: Int, _ a: MatrixView<Scalar>, _ b: MatrixView<Scalar>, _ c: MutableMatrixView<Scalar>
  ) {
    let pair = batch.pair(index)
    gemm(
      m, n, k, a.advanced(by: pair.left * m * k), b.advanced(by: pair.right * k * n), into: c.from(row: index * m))
  }

  private typealias IntegerKernel<Scalar> = (
    nt_integer_product, UnsafePointer<Scalar>?, UnsafePointer<Scalar>?, UnsafeMutablePointer<Scalar>?
  ) -> Void

  /// Integers: plain loops, for bookkeeping rather than for networks.
  private func multiply<Scalar: NumericScalar>(
    _ type: Scalar.Type, _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ output: UnsafeMutableRawPointer,
    _ kernel: IntegerKernel<Scalar>
  ) {
    let sizes = nt_integer_product(
      m: m, n: n, k: k, a_row: transposingLeft ? 1 : k, a_column: transposingLeft ? m : 1,
      b_row: transposingRight ? 1 : n, b_column: transposingRight ? k : 1)
    let (a, b) = (left.assumingMemoryBound(to: type), right.assumingMemoryBound(to: type))
    let c = output.assumingMemoryBound(to: type)
    for index in 0..<batch.count {
      let pair = batch.pair(index)
      kernel(sizes, a + pair.left * m * k, b + pair.right * k * n, c + index * m * n)
    }
  }
}
