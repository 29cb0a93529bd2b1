import Foundation
import TensorCore
import Testing

/// The pool belongs to the process, and other tests use it: each test here has a process of its own.
@Suite struct BlockPoolTests {
  @Test func steadyStateAsksTheSystemForNothing() async {
    await #expect(processExitsWith: .success) {
      func step() -> Tensor<Float> {
        let x = Tensor<Float>.ones([64, 1000])
        return Tensor.concatenated([
          x.transposed().transposed(), x.padded([(1, 1), (2, 3)]).slice([1..<65, 2..<1002]),
        ])
      }
      _ = step()
      let before = BlockPool.statistics.systemAllocations
      precondition(before > 0)
      for _ in 0..<50 { _ = step() }
      guard BlockPool.statistics.systemAllocations == before else { fatalError("asked again") }
    }
  }

  /// Which thread takes which block of work is a matter of luck: once one did it, all have memory for it.
  @Test func whatOneThreadNeededAllHave() async {
    await #expect(processExitsWith: .success) {
      func work(_: Int) {
        let two = (Tensor<Float>.zeros([5000]), Tensor<Float>.zeros([5000]))
        Thread.sleep(forTimeInterval: 1e-5)
        withExtendedLifetime(two) {}
      }
      ThreadPool.threadCount = 4
      let before = BlockPool.statistics.systemAllocations
      ThreadPool.run(blocks: 2, work)
      let after = BlockPool.statistics.systemAllocations
      guard after >= before + 8 else { fatalError("\(after - before) blocks for 4 threads") }
      for _ in 0..<200 { ThreadPool.run(blocks: 8, work) }
      guard BlockPool.statistics.systemAllocations == after else { fatalError("asked again") }
    }
  }

  @Test func blocksAreCountedAndTrimmed() async {
    await #expect(processExitsWith: .success) {
      BlockPool.trim()
      let start = BlockPool.statistics
      guard start.idle == 0 else { fatalError("idle after trim") }
      do {
        let x = Tensor<UInt8>.zeros([1 << 20])
        guard BlockPool.statistics.inUse >= start.inUse + 1 << 20 else { fatalError("not counted") }
        guard BlockPool.statistics.largestSystemAllocation >= 1 << 20 else { fatalError("largest not counted") }
        _ = x.count
      }
      let after = BlockPool.statistics
      guard after.inUse == start.inUse, after.idle >= 1 << 20, after.peak >= start.inUse + 1 << 20 else {
        fatalError("\(after)")
      }
      BlockPool.resetPeak()
      guard BlockPool.statistics.peak == after.inUse else { fatalError("peak not reset") }
      guard BlockPool.statistics.largestSystemAllocation == 0 else { fatalError("largest not reset") }
      BlockPool.trim()
      guard BlockPool.statistics.idle == 0 else { fatalError("not trimmed") }
    }
  }

  @Test func blocksAreReusedBySizeAndAligned() async {
    await #expect(processExitsWith: .success) {
      var addresses: Set<UnsafePointer<Float>?> = []
      for _ in 0..<10 {
        addresses.insert(Tensor<Float>(shape: [1000]) { _ in }.withUnsafeBufferPointer { $0.baseAddress })
      }
      guard addresses.count == 1 else { fatalError("\(addresses)") }
      for count in [0, 1, 15, 16, 17, 1000, 12345] {
        let x = Tensor<UInt8>(shape: [count]) { _ in }
        let isAligned = x.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress).isMultiple(of: 64) }
        guard isAligned else { fatalError("\(count)") }
      }
    }
  }

  @Test func poisonMakesNaNOfWhatIsNotWritten() async {
    await #expect(processExitsWith: .success) {
      BlockPool.poisonsBlocks = true
      _ = Tensor<Float>.zeros([100])
      let x = Tensor<Float>(shape: [100]) { _ in }
      guard x.scalars.allSatisfy(\.isNaN) else { fatalError("\(x)") }
    }
  }

  @Test func sizeClassesWasteAnEighthAtMost() async {
    await #expect(processExitsWith: .success) {
      var sizes = Array(1...2000)
      for power in 11..<26 {
        let size = 1 << power
        sizes += [size - 1, size, size + 1, size * 9 / 7]
      }
      for bytes in sizes {
        let before = BlockPool.statistics.inUse
        let x = Tensor<UInt8>(shape: [bytes]) { _ in }
        let block = BlockPool.statistics.inUse - before
        // Blocks below 512 bytes are whole cache lines.
        guard block >= bytes, block - bytes <= max(bytes / 8, 63) else { fatalError("\(bytes) in \(block)") }
        _ = x.count
      }
    }
  }

  @Test func manyTasksShareThePool() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<300).allSatisfy { step in
            let size = (task * 37 + step * 11) % 500 + 1
            let x = Tensor<Int64>(repeating: Int64(task), shape: [size])
            return x.scalars == Array(repeating: Int64(task), count: size)
          }
        }
      }
      for await result in group { #expect(result) }
    }
  }
}
