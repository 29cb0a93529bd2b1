/// A product of few rows, such as a layer's output for a few samples: bound by reading B, which is therefore read once and
/// along memory, where packing would read, write and read it again.
struct LowProduct<Scalar: ProductKernels> {
  /// Rows up to which reading B once beats packing it: few for a B that the caches hold, more for one in memory.
  private static var mostRows: Int { 8 }
  private static var mostRowsInMemory: Int { 32 }
  /// Elements of a B that the caches do not hold.
  private static var memoryElements: Int { 1 << 21 }
  /// The least k for which adding up the lanes of a scalar product is little work.
  private static var leastDepth: Int { 64 }
  /// Products that one thread does alone: waking another takes as long.
  private static var aloneWork: Int { 1 << 17 }
  /// Elements of B worth a task of their own.
  private static var taskElements: Int { 1 << 15 }

  private let m: Int
  private let k: Int
  private let left: MatrixView<Scalar>
  private let right: MatrixView<Scalar>
  private let output: MutableMatrixView<Scalar>
  /// Whether rows of B are scaled and added; otherwise rows of A meet columns of B.
  private let addsRows: Bool
  private let tasks: Steps

  /// Nil if the product is not of this kind.
  init?(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
    _ output: MutableMatrixView<Scalar>
  ) {
    let isInMemory = n * k >= Self.memoryElements
    let most = isInMemory ? Self.mostRowsInMemory : Self.mostRows
    addsRows = right.columnStride == 1 && right.rowStride != 1 && m <= (isInMemory ? most : 1)
    guard k > 0, addsRows || m <= most && k >= Self.leastDepth else { return nil }
    guard addsRows || right.rowStride == 1 && left.columnStride == 1 else { return nil }
    (self.m, self.k) = (m, k)
    (self.left, self.right, self.output) = (left, right, output)
    // Parts of rows are read in pieces of 2 KiB at least: the memory delivers short ones slowly.
    let unit = addsRows ? 512 : 4
    let step = m * n * k <= Self.aloneWork ? .max - unit : max(unit, Self.taskElements / k)
    tasks = Steps(count: n, step: step, parts: 1, multipleOf: unit)
  }

  func run(accumulating: Bool) {
    ThreadPool.run(blocks: tasks.count) { task in
      let columns = tasks[task]
      let (part, result) = (right.from(column: columns.lowerBound), output.from(column: columns.lowerBound))
      if addsRows {
        Scalar.multiplyRows(m, columns.count, k, left, part, result, accumulating)
      } else {
        Scalar.multiplyDots(m, columns.count, k, left, part, result, accumulating)
      }
    }
  }
}
