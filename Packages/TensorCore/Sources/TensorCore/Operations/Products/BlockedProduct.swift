import CKernels

/// One product, cut as ``Blocking`` says.
///
/// k is cut into slices, one after the other, so that the sum of each element has one order. In each slice the operand
/// that all tasks share is packed first, by all threads; then each task packs its own part of the other one and
/// multiplies. What need not be packed is read where it lies.
struct BlockedProduct<Scalar: ProductKernels> {
  private let m: Int
  private let n: Int
  private let k: Int
  private let left: MatrixView<Scalar>
  private let right: MatrixView<Scalar>
  private let output: MutableMatrixView<Scalar>
  private let blocking: Blocking

  init(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
    _ output: MutableMatrixView<Scalar>
  ) {
    (self.m, self.n, self.k) = (m, n, k)
    (self.left, self.right, self.output) = (left, right, output)
    blocking = Blocking(m: m, n: n, k: k, left: left, right: right, tile: Scalar.tile)
  }

  func run(accumulating: Bool) {
    guard m > 0, n > 0 else { return }
    guard k > 0 else { return accumulating ? () : clear() }
    for slice in blocking.slices {
      for shared in blocking.shared {
        if blocking.sharesRight {
          multiplyByRows(slice, shared, accumulating || slice.lowerBound > 0)
        } else {
          multiplyByColumns(slice, shared, accumulating || slice.lowerBound > 0)
        }
      }
    }
  }

  private func clear() {
    for row in 0..<m { output.from(row: row).start.update(repeating: .zero, count: n) }
  }

  private func multiplyByRows(_ slice: Range<Int>, _ columns: Range<Int>, _ accumulating: Bool) {
    withPackedRight(slice, columns) { packedRight in
      ThreadPool.run(blocks: blocking.tasks.count) { task in
        let rows = blocking.tasks[task]
        withPackedLeft(slice, rows) { packedLeft in
          multiply(rows, columns, slice, packedLeft, packedRight, accumulating)
        }
      }
    }
  }

  private func multiplyByColumns(_ slice: Range<Int>, _ rows: Range<Int>, _ accumulating: Bool) {
    withPackedLeft(slice, rows) { packedLeft in
      ThreadPool.run(blocks: blocking.tasks.count) { task in
        let columns = blocking.tasks[task]
        withPackedRight(slice, columns) { packedRight in
          multiply(rows, columns, slice, packedLeft, packedRight, accumulating)
        }
      }
    }
  }

  /// Calls `body` with rows of A, packed, or with nil if A is read where it lies.
  private func withPackedLeft(_ slice: Range<Int>, _ rows: Range<Int>, _ body: (Scratch<Scalar>?) -> Void) {
    guard blocking.packsLeft else { return body(nil) }
    let panels = steps(of: rows, panel: blocking.tile.rows, depth: slice.count)
    Scratch.with(count: panels.roundedTotal(to: blocking.tile.rows) * slice.count) { packed in
      ThreadPool.run(blocks: panels.count) { index in
        let part = panels[index]
        Scalar.packLeft(
          part.count, slice.count, left.from(row: rows.lowerBound + part.lowerBound, column: slice.lowerBound),
          into: packed.start + part.lowerBound * slice.count)
      }
      body(packed)
    }
  }

  /// Calls `body` with columns of B, packed, or with nil if B is read where it lies.
  private func withPackedRight(_ slice: Range<Int>, _ columns: Range<Int>, _ body: (Scratch<Scalar>?) -> Void) {
    guard blocking.packsRight else { return body(nil) }
    let panels = steps(of: columns, panel: blocking.tile.columns, depth: slice.count)
    Scratch.with(count: panels.roundedTotal(to: blocking.tile.columns) * slice.count) { packed in
      ThreadPool.run(blocks: panels.count) { index in
        let part = panels[index]
        Scalar.packRight(
          slice.count, part.count, right.from(row: slice.lowerBound, column: columns.lowerBound + part.lowerBound),
          into: packed.start + part.lowerBound * slice.count)
      }
      body(packed)
    }
  }

  /// Packing tasks for a range of rows or columns.
  private func steps(of range: Range<Int>, panel: Int, depth: Int) -> Steps {
    let parts = max(1, range.count * depth / Blocking.packedElements)
    return Steps(count: range.count, step: .max - panel, parts: parts, multipleOf: panel)
  }

  private func multiply(
    _ rows: Range<Int>, _ columns: Range<Int>, _ slice: Range<Int>, _ packedLeft: Scratch<Scalar>?,
    _ packedRight: Scratch<Scalar>?, _ accumulating: Bool
  ) {
    let a = left.from(row: rows.lowerBound, column: slice.lowerBound)
    let b = right.from(row: slice.lowerBound, column: columns.lowerBound)
    let tile = blocking.tile
    let layout = nt_gemm_layout(
      a_row: packedLeft == nil ? a.rowStride : 1,
      a_column: packedLeft == nil ? a.columnStride : tile.rows,
      a_panel: tile.rows * (packedLeft == nil ? a.rowStride : slice.count),
      b_row: packedRight == nil ? b.rowStride : tile.columns,
      b_panel: tile.columns * (packedRight == nil ? 1 : slice.count))
    Scalar.multiplyBlock(
      rows.count, columns.count, slice.count, packedLeft.map { UnsafePointer($0.start) } ?? a.start,
      packedRight.map { UnsafePointer($0.start) } ?? b.start, layout,
      output.from(row: rows.lowerBound, column: columns.lowerBound).start, output.rowStride, accumulating)
  }
}

/// Memory of the pool for packed operands, for the time of a call.
struct Scratch<Scalar: TensorScalar>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Scalar>

  static func with(count: Int, _ body: (Scratch<Scalar>) -> Void) {
    let storage = Storage<Scalar>(count: count)
    withExtendedLifetime(storage) { body(Scratch(start: storage.start)) }
  }
}

extension Steps {
  fileprivate func roundedTotal(to unit: Int) -> Int { (total + unit - 1) / unit * unit }
}
