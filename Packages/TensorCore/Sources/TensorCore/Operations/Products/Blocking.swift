import CKernels

/// How a product of m × k by k × n is cut and which operands are packed: by size, strides and register tile only, never
/// by the number of threads.
struct Blocking {
  /// The elements along k that are summed before C is touched again.
  ///
  /// A panel of B of this depth has 48 KiB with 16-lane vectors, 24 KiB with 8-lane ones: it streams from the second-level
  /// cache at 9 bytes a cycle, a sixth of what that delivers, while reading and writing C is a hundredth of the work.
  static let depth = 384
  /// The rows or columns of the operand that all tasks share: packed, 6 MiB, which the third-level cache holds.
  static let sharedSize = 4096
  /// Register tiles along the rows or columns of a task: the task's own operand stays in the second-level cache
  /// (112 × 384 floats are 168 KiB).
  static let tilesOfTask = 8
  /// Flops worth a task of its own: two microseconds at least.
  static let taskFlops = 500_000.0
  /// Tasks that suffice for even shares: the last one to finish keeps the others waiting at most this part.
  static let enoughTasks = 16
  /// Bytes of an unpacked slice that the second-level cache holds besides all else, in few pages.
  static let compactBytes = 192 << 10
  /// Elements worth a packing task of their own: a few microseconds.
  static let packedElements = 1 << 16

  let tile: nt_gemm_tile
  /// Whether B is prepared once for all tasks, which then are blocks of rows; otherwise A, and tasks are blocks of columns.
  let sharesRight: Bool
  let packsLeft: Bool
  let packsRight: Bool
  let slices: Steps
  let shared: Steps
  let tasks: Steps

  init<Scalar>(m: Int, n: Int, k: Int, left: MatrixView<Scalar>, right: MatrixView<Scalar>, tile: nt_gemm_tile) {
    self.tile = tile
    sharesRight = m >= n
    slices = Steps(count: k, step: Self.depth, parts: (k + Self.depth - 1) / Self.depth, multipleOf: 8)
    packsLeft = Self.mustPack(left: left, rows: tile.rows, depth: min(slices.step, k))
    packsRight = Self.mustPack(right: right, tile: tile, m: m, n: n, depth: min(slices.step, k))
    let flops = 2 * Double(m) * Double(n) * Double(slices.step)
    let parts = max(1, Int(min(flops / Self.taskFlops, Double(Self.enoughTasks))))
    let (unit, size) = sharesRight ? (tile.rows, m) : (tile.columns, n)
    tasks = Steps(count: size, step: Self.tilesOfTask * unit, parts: parts, multipleOf: unit)
    shared = Steps(
      count: sharesRight ? n : m, step: Self.sharedSize, parts: 1, multipleOf: sharesRight ? tile.columns : tile.rows)
  }

  /// The kernel reads a row-major A where it lies, unless its rows are so far apart that the rows of a tile fall into the
  /// same few sets of the first-level cache; a column-major A if a slice of it is compact.
  private static func mustPack<Scalar>(left: MatrixView<Scalar>, rows: Int, depth: Int) -> Bool {
    let size = MemoryLayout<Scalar>.stride
    if left.columnStride == 1 {
      let way = 4096  // bytes after which sets repeat
      let distance = left.rowStride * size & (way - 1)
      let places = distance == 0 ? 1 : way / (1 << distance.trailingZeroBitCount)
      return rows > 4 * places
    }
    return left.rowStride != 1 || left.columnStride * depth * size > compactBytes
  }

  /// The kernel reads a row-major B of whole vectors where it lies if a slice of it is compact or few rows of A use it.
  private static func mustPack<Scalar>(
    right: MatrixView<Scalar>, tile: nt_gemm_tile, m: Int, n: Int, depth: Int
  ) -> Bool {
    guard right.columnStride == 1, n % (tile.columns / 2) == 0 else { return true }
    return m > tile.rows && right.rowStride * depth * MemoryLayout<Scalar>.stride > compactBytes
  }
}

/// The range 0..<count in steps of equal length, the last one shorter.
struct Steps: RandomAccessCollection {
  let total: Int
  let step: Int

  /// Steps of at most `step`, at least `parts` of them as far as rounding to multiples of `unit` allows.
  init(count: Int, step: Int, parts: Int, multipleOf unit: Int) {
    total = count
    let even = (count + parts - 1) / Swift.max(parts, 1)
    self.step = Swift.max(unit, Swift.min(step, even + unit - 1) / unit * unit)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { (total + step - 1) / step }
  subscript(index: Int) -> Range<Int> { index * step..<Swift.min(total, (index + 1) * step) }
}
