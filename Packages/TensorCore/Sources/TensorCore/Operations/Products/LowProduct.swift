/// A product of few rows by a B whose columns lie in one piece each, such as a layer's output for a few samples.
///
/// It is bound by reading B: scalar products read it once and in order, where packing would read, write and read it again.
struct LowProduct<Scalar: ProductKernels> {
  /// Rows up to which packing B costs more than it gains.
  private static var mostRows: Int { 8 }
  /// The least k for which adding up the lanes of each sum is little work.
  private static var leastDepth: Int { 64 }
  /// Elements of B worth a task of their own.
  private static var taskElements: Int { 1 << 15 }

  private let m: Int
  private let k: Int
  private let left: MatrixView<Scalar>
  private let right: MatrixView<Scalar>
  private let output: MutableMatrixView<Scalar>
  private let tasks: Steps

  /// Nil if the product is not of this kind.
  init?(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
    _ output: MutableMatrixView<Scalar>
  ) {
    guard m <= Self.mostRows, k >= Self.leastDepth, right.rowStride == 1, left.columnStride == 1 else { return nil }
    (self.m, self.k) = (m, k)
    (self.left, self.right, self.output) = (left, right, output)
    tasks = Steps(count: n, step: max(4, Self.taskElements / k), parts: 1, multipleOf: 4)
  }

  func run(accumulating: Bool) {
    ThreadPool.run(blocks: tasks.count) { task in
      let columns = tasks[task]
      Scalar.multiplyDots(
        m, columns.count, k, left, right.from(column: columns.lowerBound), output.from(column: columns.lowerBound),
        accumulating)
    }
  }
}
