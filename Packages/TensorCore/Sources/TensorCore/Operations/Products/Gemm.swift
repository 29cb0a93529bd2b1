import CKernels

/// The matrix product over raw memory: `C = A B`, or `C += A B` if `accumulating`; A is m × k, B is k × n, C is m × n.
///
/// Any strides are served, transposed operands as well as submatrices, at equal speed for large sizes. `output` must not
/// overlap the operands. Spread over the threads; the same bits for any number of them. Called from within a block of
/// ``ThreadPool`` it works alone.
package func gemm<Scalar: FloatingScalar>(
  _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
  into output: MutableMatrixView<Scalar>, accumulating: Bool = false
) {
  if Scalar.self == Float.self {
    Product<Float>(
      m: m, n: n, k: k, left: unsafeBitCast(left, to: MatrixView<Float>.self),
      right: unsafeBitCast(right, to: MatrixView<Float>.self),
      output: unsafeBitCast(output, to: MutableMatrixView<Float>.self), accumulating: accumulating
    ).run()
  } else {
    Product<Double>(
      m: m, n: n, k: k, left: unsafeBitCast(left, to: MatrixView<Double>.self),
      right: unsafeBitCast(right, to: MatrixView<Double>.self),
      output: unsafeBitCast(output, to: MutableMatrixView<Double>.self), accumulating: accumulating
    ).run()
  }
}

/// One product, and how it is cut.
///
/// k is cut into slices, one after the other, so that the sum of each element has one order. In each slice the operand
/// that everybody needs is packed first, by all threads; then each task packs its own part of the other one and
/// multiplies. Tasks follow from the size only.
private struct Product<Scalar: ProductKernels> {
  let m: Int
  let n: Int
  let k: Int
  let left: MatrixView<Scalar>
  let right: MatrixView<Scalar>
  let output: MutableMatrixView<Scalar>
  let accumulating: Bool

  func run() {
    guard m > 0, n > 0 else { return }
    guard k > 0 else { return clear() }
    let blocking = Blocking(m: m, n: n, k: k, tile: Scalar.tile)
    for slice in blocking.slices {
      let accumulating = accumulating || slice.lowerBound > 0
      if blocking.sharesRight {
        multiplyByRows(slice, blocking, accumulating)
      } else {
        multiplyByColumns(slice, blocking, accumulating)
      }
    }
  }

  private func clear() {
    guard !accumulating else { return }
    for row in 0..<m { output.from(row: row).start.update(repeating: .zero, count: n) }
  }

  private func multiplyByRows(_ slice: Range<Int>, _ blocking: Blocking, _ accumulating: Bool) {
    let layout = blocking.packedLayout(depth: slice.count)
    Scratch.with(count: slice.count * blocking.roundedColumns) { (packedRight: Scratch<Scalar>) in
      ThreadPool.run(blocks: blocking.columnBlocks.count) { block in
        pack(slice, columns: blocking.columnBlocks[block], into: packedRight.start)
      }
      ThreadPool.run(blocks: blocking.rowBlocks.count) { block in
        let rows = blocking.rowBlocks[block]
        Scratch.with(count: slice.count * blocking.rowBlocks.step) { (packedLeft: Scratch<Scalar>) in
          pack(slice, rows: rows, into: packedLeft.start - rows.lowerBound * slice.count)
          Scalar.multiplyBlock(
            rows.count, n, slice.count, packedLeft.start, packedRight.start, layout,
            output.from(row: rows.lowerBound).start, output.rowStride, accumulating)
        }
      }
    }
  }

  private func multiplyByColumns(_ slice: Range<Int>, _ blocking: Blocking, _ accumulating: Bool) {
    let layout = blocking.packedLayout(depth: slice.count)
    Scratch.with(count: slice.count * blocking.roundedRows) { (packedLeft: Scratch<Scalar>) in
      ThreadPool.run(blocks: blocking.rowBlocks.count) { block in
        pack(slice, rows: blocking.rowBlocks[block], into: packedLeft.start)
      }
      ThreadPool.run(blocks: blocking.columnBlocks.count) { block in
        let columns = blocking.columnBlocks[block]
        Scratch.with(count: slice.count * blocking.columnBlocks.step) { (packedRight: Scratch<Scalar>) in
          pack(slice, columns: columns, into: packedRight.start - columns.lowerBound * slice.count)
          Scalar.multiplyBlock(
            m, columns.count, slice.count, packedLeft.start, packedRight.start, layout,
            output.from(column: columns.lowerBound).start, output.rowStride, accumulating)
        }
      }
    }
  }

  /// Packs rows of A to their place in the packed slice that starts at `packed`.
  private func pack(_ slice: Range<Int>, rows: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    let part = left.from(row: rows.lowerBound, column: slice.lowerBound)
    Scalar.packLeft(rows.count, slice.count, part, into: packed + rows.lowerBound * slice.count)
  }

  /// Packs columns of B to their place in the packed slice that starts at `packed`.
  private func pack(_ slice: Range<Int>, columns: Range<Int>, into packed: UnsafeMutablePointer<Scalar>) {
    let part = right.from(row: slice.lowerBound, column: columns.lowerBound)
    Scalar.packRight(slice.count, columns.count, part, into: packed + columns.lowerBound * slice.count)
  }
}

/// Memory of the pool for packed operands, for the time of a call.
private struct Scratch<Scalar: TensorScalar>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Scalar>

  static func with(count: Int, _ body: (Scratch<Scalar>) -> Void) {
    let storage = Storage<Scalar>(count: count)
    withExtendedLifetime(storage) { body(Scratch(start: storage.start)) }
  }
}
