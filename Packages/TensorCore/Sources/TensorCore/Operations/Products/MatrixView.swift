/// A matrix that lies somewhere in memory: element (i, j) is at `start[i * rowStride + j * columnStride]`.
///
/// A transposed matrix is the same memory with its strides exchanged. Does not keep the memory alive.
package struct MatrixView<Scalar: TensorScalar>: @unchecked Sendable {
  package let start: UnsafePointer<Scalar>
  package let rowStride: Int
  package let columnStride: Int

  package init(_ start: UnsafePointer<Scalar>, rowStride: Int, columnStride: Int) {
    self.start = start
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  /// A matrix stored row after row, `stride` elements apart; seen transposed if `transposed`.
  package init(_ start: UnsafePointer<Scalar>, stride: Int, transposed: Bool = false) {
    self.init(start, rowStride: transposed ? 1 : stride, columnStride: transposed ? stride : 1)
  }

  /// The same memory with rows and columns exchanged.
  package var transposed: MatrixView { MatrixView(start, rowStride: columnStride, columnStride: rowStride) }

  /// A matrix of the same strides, `count` elements further in memory.
  package func advanced(by count: Int) -> MatrixView {
    MatrixView(start + count, rowStride: rowStride, columnStride: columnStride)
  }

  /// The part of the matrix from element (row, column) on.
  package func from(row: Int = 0, column: Int = 0) -> MatrixView {
    MatrixView(
      start + row * rowStride + column * columnStride, rowStride: rowStride, columnStride: columnStride)
  }
}

/// A matrix in memory to write to: row i starts at `start[i * rowStride]`, its elements are neighbours.
///
/// Sendable: whoever computes a part of a product writes only its own elements.
package struct MutableMatrixView<Scalar: TensorScalar>: @unchecked Sendable {
  package let start: UnsafeMutablePointer<Scalar>
  package let rowStride: Int

  package init(_ start: UnsafeMutablePointer<Scalar>, rowStride: Int) {
    self.start = start
    self.rowStride = rowStride
  }

  /// The part of the matrix from element (row, column) on.
  package func from(row: Int = 0, column: Int = 0) -> MutableMatrixView {
    MutableMatrixView(start + row * rowStride + column, rowStride: rowStride)
  }
}
