import CKernels

/// The C building blocks of the matrix product for one element type. The protocol exists so that ``gemm`` is written
/// once; it is specialised for both types.
protocol ProductKernels: FloatingScalar {
  /// The register tile of the active kernel form.
  static var tile: nt_gemm_tile { get }
  /// Packs an m × k left operand into panels of `tile.rows` rows.
  static func packLeft(_ m: Int, _ k: Int, _ left: MatrixView<Self>, into packed: UnsafeMutablePointer<Self>)
  /// Packs a k × n right operand into panels of `tile.columns` columns.
  static func packRight(_ k: Int, _ n: Int, _ right: MatrixView<Self>, into packed: UnsafeMutablePointer<Self>)
  /// The product of operands laid out as `layout` says, on this thread.
  static func multiplyBlock(
    _ m: Int, _ n: Int, _ k: Int, _ left: UnsafePointer<Self>, _ right: UnsafePointer<Self>, _ layout: nt_gemm_layout,
    _ output: UnsafeMutablePointer<Self>, _ outputStride: Int, _ accumulate: Bool)
  /// The product as scalar products of rows with columns, both in one piece each, on this thread.
  static func multiplyDots(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Self>, _ right: MatrixView<Self>,
    _ output: MutableMatrixView<Self>, _ accumulate: Bool)
  /// Rows times a matrix whose rows lie in one piece each, as sums of scaled rows, on this thread.
  static func multiplyRows(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Self>, _ right: MatrixView<Self>,
    _ output: MutableMatrixView<Self>, _ accumulate: Bool)
}

extension Float: ProductKernels {
  static var tile: nt_gemm_tile { nt_gemm_tile_f32() }

  static func packLeft(_ m: Int, _ k: Int, _ left: MatrixView<Float>, into packed: UnsafeMutablePointer<Float>) {
    nt_gemm_pack_left_f32(m, k, left.start, left.rowStride, left.columnStride, packed)
  }

  static func packRight(_ k: Int, _ n: Int, _ right: MatrixView<Float>, into packed: UnsafeMutablePointer<Float>) {
    nt_gemm_pack_right_f32(k, n, right.start, right.rowStride, right.columnStride, packed)
  }

  static func multiplyBlock(
    _ m: Int, _ n: Int, _ k: Int, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>,
    _ layout: nt_gemm_layout, _ output: UnsafeMutablePointer<Float>, _ outputStride: Int, _ accumulate: Bool
  ) {
    nt_gemm_block_f32(m, n, k, left, right, layout, output, outputStride, accumulate)
  }

  static func multiplyDots(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Float>, _ right: MatrixView<Float>,
    _ output: MutableMatrixView<Float>, _ accumulate: Bool
  ) {
    nt_dots_f32(
      m, n, k, left.start, left.rowStride, right.start, right.columnStride, output.start, output.rowStride, accumulate)
  }
  static func multiplyRows(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Float>, _ right: MatrixView<Float>,
    _ output: MutableMatrixView<Float>, _ accumulate: Bool
  ) {
    nt_row_f32(
      m, n, k, left.start, left.rowStride, left.columnStride, right.start, right.rowStride, output.start,
      output.rowStride, accumulate)
  }
}

extension Double: ProductKernels {
  static var tile: nt_gemm_tile { nt_gemm_tile_f64() }

  static func packLeft(_ m: Int, _ k: Int, _ left: MatrixView<Double>, into packed: UnsafeMutablePointer<Double>) {
    nt_gemm_pack_left_f64(m, k, left.start, left.rowStride, left.columnStride, packed)
  }

  static func packRight(_ k: Int, _ n: Int, _ right: MatrixView<Double>, into packed: UnsafeMutablePointer<Double>) {
    nt_gemm_pack_right_f64(k, n, right.start, right.rowStride, right.columnStride, packed)
  }

  static func multiplyBlock(
    _ m: Int, _ n: Int, _ k: Int, _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>,
    _ layout: nt_gemm_layout, _ output: UnsafeMutablePointer<Double>, _ outputStride: Int, _ accumulate: Bool
  ) {
    nt_gemm_block_f64(m, n, k, left, right, layout, output, outputStride, accumulate)
  }

  static func multiplyDots(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Double>, _ right: MatrixView<Double>,
    _ output: MutableMatrixView<Double>, _ accumulate: Bool
  ) {
    nt_dots_f64(
      m, n, k, left.start, left.rowStride, right.start, right.columnStride, output.start, output.rowStride, accumulate)
  }
  static func multiplyRows(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Double>, _ right: MatrixView<Double>,
    _ output: MutableMatrixView<Double>, _ accumulate: Bool
  ) {
    nt_row_f64(
      m, n, k, left.start, left.rowStride, left.columnStride, right.start, right.rowStride, output.start,
      output.rowStride, accumulate)
  }
}
