import CKernels

/// A matrix B, `k × n`, in the order in which the product's kernel reads it, and the products x B + bias with it.
///
/// Each panel of columns is packed over all of k, so that any cut along k and any run of panels can be read from it.
struct PackedProduct: Sendable {
  /// Rows of x from which reading B in panels beats scalar products along its rows.
  static let leastRows = 9

  private let k: Int
  private let n: Int
  private let packed: Storage<Float>

  init(_ matrix: Tensor<Float>, transposed: Bool, packing weights: PackedWeights) {
    let (k, n) = transposed ? (matrix.shape[1], matrix.shape[0]) : (matrix.shape[0], matrix.shape[1])
    (self.k, self.n) = (k, n)
    packed = weights.packed(matrix, as: transposed ? "transposed product" : "product") {
      Self.pack(MatrixView($0, stride: transposed ? k : n, transposed: transposed), k, n)
    }
  }

  private static func pack(_ matrix: MatrixView<Float>, _ k: Int, _ n: Int) -> Storage<Float> {
    let columns = Float.tile.columns, panels = (n + columns - 1) / columns
    let packed = Storage<Float>(count: panels * columns * k)
    ThreadPool.run(blocks: panels) { panel in
      let first = panel * columns
      Float.packRight(k, min(columns, n - first), matrix.from(column: first), into: packed.start + first * k)
    }
    return packed
  }

  /// clamp(x B + bias), from `m × k` to `m × n`.
  func run(
    _ m: Int, _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>?, bounds: ClosedRange<Float>?,
    result: UnsafeMutablePointer<Float>
  ) {
    let tile = Float.tile
    let panels = (m + tile.rows - 1) / tile.rows
    Scratch<Float>.with(count: panels * tile.rows * k) { left in
      ThreadPool.run(blocks: panels) { panel in
        let first = panel * tile.rows
        Float.packLeft(
          min(tile.rows, m - first), k, MatrixView(x + first * k, stride: k), into: left.start + first * k)
      }
      let flops = 2 * Double(m) * Double(n) * Double(k)
      let parts = max(1, Int(min(flops / Blocking.taskFlops, Double(Blocking.enoughTasks))))
      let rows = Steps(count: m, step: Blocking.tilesOfTask * tile.rows, parts: 1, multipleOf: tile.rows)
      let columns = Steps(
        count: n, step: .max - tile.columns, parts: max(1, parts / rows.count), multipleOf: tile.columns)
      ThreadPool.run(blocks: rows.count * columns.count) { block in
        multiply(
          rows[block / columns.count], columns[block % columns.count], left.start, bias, bounds, result)
      }
    }
  }

  private func multiply(
    _ rows: Range<Int>, _ columns: Range<Int>, _ left: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?,
    _ bounds: ClosedRange<Float>?, _ result: UnsafeMutablePointer<Float>
  ) {
    let tile = Float.tile
    let output = result + rows.lowerBound * n + columns.lowerBound
    if let bias {
      for row in 0..<rows.count { (output + row * n).update(from: bias + columns.lowerBound, count: columns.count) }
    }
    let layout = nt_gemm_layout(
      a_row: 1, a_column: tile.rows, a_panel: tile.rows * k, b_row: tile.columns, b_panel: tile.columns * k)
    let depths = Steps(count: k, step: Blocking.depth, parts: (k + Blocking.depth - 1) / Blocking.depth, multipleOf: 8)
    for slice in depths {
      Float.multiplyBlock(
        rows.count, columns.count, slice.count, left + rows.lowerBound * k + slice.lowerBound * tile.rows,
        packed.start + columns.lowerBound * k + slice.lowerBound * tile.columns, layout, output, n,
        bias != nil || slice.lowerBound > 0)
    }
    guard let bounds else { return }
    withUnsafePointer(to: bounds.lowerBound) { low in
      withUnsafePointer(to: bounds.upperBound) { high in
        for row in 0..<rows.count { nt_clamp(nt_float, output + row * n, low, high, output + row * n, columns.count) }
      }
    }
  }
}
