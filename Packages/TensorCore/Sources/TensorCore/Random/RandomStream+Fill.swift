import CKernels

extension RandomStream {
  /// Blocks of the generator that one block of the thread pool makes.
  private static let blocksPerPart = 1024

  /// Draws `count · wordsPerElement` words of 32 bits and hands them to `body` in parts, on several threads: the elements
  /// of the part, and their words.
  ///
  /// Element `i` gets the same words whatever the parts and threads. The stream goes on after the last whole block.
  mutating func fill(
    count: Int, wordsPerElement: Int, _ body: (Range<Int>, UnsafePointer<UInt32>) -> Void
  ) {
    let first = reserveBlocks((count * wordsPerElement + 3) / 4)
    let partCount = Self.blocksPerPart * 4 / wordsPerElement
    let (key, stream) = (key, stream)
    ThreadPool.run(blocks: (count + partCount - 1) / partCount) { part in
      let elements = part * partCount..<min(count, (part + 1) * partCount)
      let blocks = (elements.count * wordsPerElement + 3) / 4
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: blocks * 4) { words in
        guard let words = words.baseAddress else { return }
        nt_philox(words, blocks, key, stream, first &+ UInt64(part * Self.blocksPerPart))
        body(elements, words)
      }
    }
  }
}
