import CKernels

/// How a product of m × k by k × n is cut: by its size and the register tile only, never by the number of threads.
struct Blocking {
  /// The elements along k that are summed before C is touched again. A panel of B of this depth is 48 KiB with 16-lane
  /// vectors and is read from the second-level cache at a tenth of what that delivers; a slice this long makes reading
  /// and writing C a hundredth of the work.
  static let depth = 384
  /// Flops worth a task of its own: some ten microseconds.
  static let taskFlops = 2_000_000
  /// Tasks that suffice for even shares: the last one to finish keeps the others waiting at most this part.
  static let enoughTasks = 16

  let slices: Steps
  let rowBlocks: Steps
  let columnBlocks: Steps
  /// Whether B is packed once for all tasks, which then are blocks of rows, or A, and the tasks are blocks of columns.
  let sharesRight: Bool
  let roundedRows: Int
  let roundedColumns: Int
  private let tile: nt_gemm_tile

  init(m: Int, n: Int, k: Int, tile: nt_gemm_tile) {
    self.tile = tile
    slices = Steps(count: k, step: Self.depth, parts: (k + Self.depth - 1) / Self.depth, multipleOf: 8)
    roundedRows = (m + tile.rows - 1) / tile.rows * tile.rows
    roundedColumns = (n + tile.columns - 1) / tile.columns * tile.columns
    sharesRight = m >= n
    let flops = Double(m) * Double(n) * Double(slices.step) * 2
    let tasks = max(1, Int(min(flops / Double(Self.taskFlops), Double(Self.enoughTasks))))
    rowBlocks = Steps(count: m, step: 8 * tile.rows, parts: tasks, multipleOf: tile.rows)
    columnBlocks = Steps(count: n, step: 8 * tile.columns, parts: tasks, multipleOf: tile.columns)
  }

  /// Where the kernel finds packed operands of the given depth.
  func packedLayout(depth: Int) -> nt_gemm_layout {
    nt_gemm_layout(
      a_row: 1, a_column: tile.rows, a_panel: tile.rows * depth, b_row: tile.columns, b_panel: tile.columns * depth)
  }
}

/// The range 0..<count in steps of equal length, the last one shorter.
struct Steps: RandomAccessCollection {
  let total: Int
  let step: Int

  /// Steps of at most `step`, at least `parts` of them if the rounding to a multiple allows.
  init(count: Int, step: Int, parts: Int, multipleOf unit: Int) {
    total = count
    let even = (count + Swift.max(parts, 1) - 1) / Swift.max(parts, 1)
    self.step = Swift.max(unit, Swift.min(step, (even + unit - 1) / unit * unit))
  }

  var startIndex: Int { 0 }
  var endIndex: Int { (total + step - 1) / step }
  subscript(index: Int) -> Range<Int> { index * step..<Swift.min(total, (index + 1) * step) }
}
