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

  private static func megabytes(_ count: Int) -> Tensor<UInt8> { Tensor(shape: [count << 20]) { _ in } }

  private static func address(_ tensor: Tensor<UInt8>) -> Int {
    tensor.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
  }

  /// Four blocks of 8 MiB that came back are one of 32.
  @Test func largeBlocksJoin() async {
    await #expect(processExitsWith: .success) {
      do {
        let four = (0..<4).map { _ in Self.megabytes(8) }
        withExtendedLifetime(four) {}
      }
      let before = BlockPool.statistics
      withExtendedLifetime(Self.megabytes(32)) {}
      let after = BlockPool.statistics
      guard after.systemAllocations == before.systemAllocations, after.idle == before.idle else { fatalError("grew") }
    }
  }

  /// Of the gaps of 6 and 3 MiB, a block of 2 takes the smaller one and leaves the larger one whole.
  @Test func smallestGapIsTaken() async {
    await #expect(processExitsWith: .success) {
      var blocks: [Tensor<UInt8>?] = [6, 1, 3, 1].map { Self.megabytes($0) }
      let places = blocks.map { $0.map(Self.address) }
      (blocks[0], blocks[2]) = (nil, nil)
      let (two, six) = (Self.megabytes(2), Self.megabytes(6))
      guard Self.address(two) == places[2], Self.address(six) == places[0] else { fatalError("\(places)") }
      withExtendedLifetime(blocks) {}
    }
  }

  /// Blocks come and go in any order; each keeps its numbers as long as it lives.
  @Test func largeBlocksDoNotOverlap() async {
    await #expect(processExitsWith: .success) {
      var random = RandomStream(seed: 5)
      var held: [(Tensor<Int32>, Int32)] = []
      for step in 0..<400 {
        if held.count > 12 || (!held.isEmpty && random.integer(below: 3) == 0) {
          let (tensor, number) = held.remove(at: random.integer(below: held.count))
          guard tensor.withUnsafeBufferPointer({ $0.allSatisfy { $0 == number } }) else { fatalError("\(number)") }
        }
        if step % 100 == 99 { BlockPool.trim() }
        held.append((Tensor(repeating: Int32(step), shape: [262_144 + random.integer(below: 500_000)]), Int32(step)))
      }
    }
  }

  @Test func tasksShareLargeBlocks() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<4 {
        group.addTask {
          (0..<20).allSatisfy { step in
            let x = Tensor<Int32>(repeating: Int32(task), shape: [300_000 + (task * 37 + step * 11) % 7 * 10_000])
            return x.withUnsafeBufferPointer { $0.allSatisfy { $0 == Int32(task) } }
          }
        }
      }
      for await result in group { #expect(result) }
    }
  }

  @Test func moreThanTheMachineHasStops() async {
    await #expect(processExitsWith: .failure) { withExtendedLifetime(Self.megabytes(1 << 40)) {} }
  }
}
