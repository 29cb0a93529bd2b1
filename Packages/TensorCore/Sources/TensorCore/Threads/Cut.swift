/// Cuts loops over many elements into blocks for the threads.
///
/// The cut depends on the number of elements only, so that the same blocks are calculated on any number of threads.
enum Cut {
  /// Elements of a block: 64 KiB of Floats, small enough for the second-level cache and for an even share of the work,
  /// large enough that handing it out costs nothing.
  static let blockSize = 1 << 14
  /// Elements that one thread does alone: waking another would cost more.
  static let wholeSize = 1 << 15

  /// Calls `body` with consecutive ranges that cover `0..<count`.
  @inline(__always)
  static func run(_ count: Int, _ body: (Range<Int>) -> Void) {
    if count <= wholeSize {
      if count > 0 { body(0..<count) }
      return
    }
    runBlocks(count, of: blockSize, body)
  }

  /// Calls `body` with consecutive ranges that cover `0..<rows`, each of as many rows of `rowSize` elements as make a
  /// block, at least one.
  static func run(rows: Int, of rowSize: Int, _ body: (Range<Int>) -> Void) {
    if rows <= max(1, wholeSize / max(rowSize, 1)) {
      if rows > 0 { body(0..<rows) }
      return
    }
    runBlocks(rows, of: max(1, blockSize / max(rowSize, 1)), body)
  }

  private static func runBlocks(_ count: Int, of size: Int, _ body: (Range<Int>) -> Void) {
    ThreadPool.run(blocks: (count + size - 1) / size) { block in
      body(block * size..<min(count, (block + 1) * size))
    }
  }
}
