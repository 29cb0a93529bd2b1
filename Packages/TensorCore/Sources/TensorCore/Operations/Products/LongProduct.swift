/// A product whose k is long and whose result is small, such as the gradient of a weight: too few tiles to share out.
///
/// `C = Σₛ A[:, s] B[s, :]` over equal stretches s of k, each one computed by a task into a matrix of its own; the
/// matrices are then added in the order of the stretches, so that the bits do not depend on the threads.
struct LongProduct<Scalar: ProductKernels> {
  /// Elements of the result up to which stretches pay: adding them up costs less than a fiftieth of the products.
  private static var largestResult: Int { 1 << 15 }
  /// The least length of a stretch.
  private static var stretch: Int { 4 * Blocking.depth }

  let m: Int
  let n: Int
  let left: MatrixView<Scalar>
  let right: MatrixView<Scalar>
  let output: MutableMatrixView<Scalar>
  private let stretches: Steps

  /// Nil if the product is not of this kind.
  init?(
    _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
    _ output: MutableMatrixView<Scalar>
  ) {
    let parts = min(k / Self.stretch, Blocking.enoughTasks)
    guard parts >= 2, m.multipliedReportingOverflow(by: n).partialValue <= Self.largestResult else { return nil }
    (self.m, self.n) = (m, n)
    (self.left, self.right, self.output) = (left, right, output)
    stretches = Steps(count: k, step: k, parts: parts, multipleOf: 8)
  }

  func run(accumulating: Bool) {
    Scratch<Scalar>.with(count: stretches.count * m * n) { partial in
      ThreadPool.run(blocks: stretches.count) { index in
        let range = stretches[index]
        BlockedProduct(
          m, n, range.count, left.from(column: range.lowerBound), right.from(row: range.lowerBound),
          MutableMatrixView(partial.start + index * m * n, rowStride: n)
        ).run(accumulating: false)
      }
      for row in 0..<m { add(row, of: partial, accumulating: accumulating) }
    }
  }

  private func add(_ row: Int, of partial: Scratch<Scalar>, accumulating: Bool) {
    let target = output.from(row: row).start
    if !accumulating { target.update(from: partial.start + row * n, count: n) }
    for index in (accumulating ? 0 : 1)..<stretches.count {
      let term = partial.start + (index * m + row) * n
      for column in 0..<n { target[column] += term[column] }
    }
  }
}
