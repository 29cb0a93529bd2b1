import CKernels
import Foundation
import Synchronization

/// Memory for tensors, kept for the next tensor instead of going back to the system, so that a training step at steady state
/// asks the system for nothing.
///
/// Blocks are aligned to 64 bytes (a cache line, an AVX-512 vector). Those of 1 MiB and more share a heap, in which free
/// neighbours join. For smaller ones there are lists by size, rounded up to eight classes per power of two, so that at
/// most an eighth is wasted; each thread of a job has a stock of its own, of blocks of any size, and what one lacks is given
/// to all: whichever thread takes a piece of work next time, its memory is there.
public enum BlockPool {
  /// What the pool holds and has held, in bytes.
  public struct Statistics: Sendable, Equatable {
    /// Bytes of the blocks in use by tensors.
    public var inUse = 0
    /// Bytes of the blocks kept for reuse.
    public var idle = 0
    /// The largest value of `inUse` so far, or since ``BlockPool/resetPeak()``.
    public var peak = 0
    /// How often a block had to be asked from the system.
    public var systemAllocations = 0
    /// The size of the largest block asked from the system since ``BlockPool/resetPeak()``.
    public var largestSystemAllocation = 0
  }

  fileprivate struct State: @unchecked Sendable {
    /// Idle blocks by the seat that uses them, 0 for work outside of jobs, and by size.
    var idle: [[Int: [UnsafeMutableRawPointer]]] = [[:]]
    /// The large blocks of work outside of jobs.
    var heap = BlockHeap()
    var statistics = Statistics()
    var poison = false
  }

  private static let state = Mutex(State())

  static let alignment = 64

  /// What the pool holds now.
  public static var statistics: Statistics { state.withLock { $0.statistics } }

  /// Starts measuring ``Statistics/peak`` and ``Statistics/largestSystemAllocation`` anew.
  public static func resetPeak() {
    state.withLock {
      $0.statistics.peak = $0.statistics.inUse
      $0.statistics.largestSystemAllocation = 0
    }
  }

  /// Gives all idle blocks back to the system.
  public static func trim() {
    let blocks = state.withLock { state in
      defer {
        state.idle = [[:]]
        state.statistics.idle = 0
      }
      state.heap.trim()
      return state.idle.flatMap { $0.values.joined() }.map(Block.init)
    }
    for block in blocks { free(block.address) }
  }

  /// Whether blocks are filled with bytes that make a NaN before they are handed out, so that a kernel which reads what
  /// it did not write is found. For tests.
  package static var poisonsBlocks: Bool {
    get { state.withLock { $0.poison } }
    set { state.withLock { $0.poison = newValue } }
  }

  /// The bytes of the block that serves a request of `bytes`.
  static func blockSize(for bytes: Int) -> Int {
    guard bytes > alignment else { return alignment }
    let step = max(alignment, 1 << (Int.bitWidth - (bytes - 1).leadingZeroBitCount - 4))
    let (sum, overflow) = bytes.addingReportingOverflow(step - 1)
    guard !overflow else { stop("memory", "a tensor of \(bytes) bytes does not fit in any memory") }
    return sum / step * step
  }

  /// A block of at least `bytes` bytes with unspecified content.
  static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    let seat = Int(nt_seat())
    if seat == 0, bytes >= BlockHeap.leastSize, let block = takeFromHeap(bytes) { return block }
    let size = blockSize(for: bytes)
    let (reused, poison) = state.withLock { state in
      (state.take(size, seat: seat).map(Block.init), state.poison)
    }
    let block = reused?.address ?? allocateFromSystem(size)
    if reused == nil, seat > 0 { supplyOtherSeats(than: seat, size) }
    if poison { memset(block, 0xFF, size) }
    return block
  }

  /// Takes back a block that `allocate(bytes:)` gave for the same number of bytes.
  static func release(_ block: UnsafeMutableRawPointer, bytes: Int) {
    let size = blockSize(for: bytes), seat = Int(nt_seat())
    let returned = Block(address: block)
    state.withLock { state in
      if bytes >= BlockHeap.leastSize, state.heap.contains(returned.address) {
        return state.putBack(returned.address, BlockHeap.blockSize(for: bytes))
      }
      state.statistics.inUse -= size
      state.keep(returned.address, size, seat: seat)
    }
  }

  private static func takeFromHeap(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let size = BlockHeap.blockSize(for: bytes)
    let (taken, poison) = state.withLock { state in (state.takeFromHeap(size).map(Block.init), state.poison) }
    guard let block = taken?.address else { return nil }
    DebugNotice.giveOnce()
    if poison { memset(block, 0xFF, size) }
    return block
  }

  /// Gives the other threads of a job what one of them lacked. The system sets memory aside only when it is written.
  private static func supplyOtherSeats(than seat: Int, _ size: Int) {
    for other in 1...max(ThreadPool.threadCount, seat) where other != seat {
      guard let address = aligned_alloc(alignment, size) else { return }
      let block = Block(address: address)
      state.withLock { state in
        state.statistics.systemAllocations += 1
        state.keep(block.address, size, seat: other)
      }
    }
  }

  private static func allocateFromSystem(_ size: Int) -> UnsafeMutableRawPointer {
    DebugNotice.giveOnce()
    if let block = aligned_alloc(alignment, size) { return block }
    trim()
    guard let block = aligned_alloc(alignment, size) else {
      stop("memory", "the system has no \(size) bytes left; tensors hold \(statistics.inUse) bytes")
    }
    return block
  }

  private struct Block: @unchecked Sendable {
    let address: UnsafeMutableRawPointer
  }
}

extension BlockPool.State {
  /// A block of the heap; counts it as in use.
  fileprivate mutating func takeFromHeap(_ size: Int) -> UnsafeMutableRawPointer? {
    guard let placement = heap.take(size) else { return nil }
    statistics.inUse += size
    statistics.peak = max(statistics.peak, statistics.inUse)
    statistics.idle -= placement.reused
    if placement.growth > 0 {
      statistics.systemAllocations += 1
      statistics.largestSystemAllocation = max(statistics.largestSystemAllocation, placement.growth)
    }
    return placement.address
  }

  /// Takes a block of the heap back.
  fileprivate mutating func putBack(_ block: UnsafeMutableRawPointer, _ size: Int) {
    statistics.inUse -= size
    statistics.idle += size
    heap.putBack(block, size)
  }

  /// An idle block of exactly `size` bytes, if there is one; counts it, or the coming system allocation, as in use.
  fileprivate mutating func take(_ size: Int, seat: Int) -> UnsafeMutableRawPointer? {
    statistics.inUse += size
    statistics.peak = max(statistics.peak, statistics.inUse)
    if seat < idle.count, let block = idle[seat][size]?.popLast() {
      statistics.idle -= size
      return block
    }
    statistics.systemAllocations += 1
    statistics.largestSystemAllocation = max(statistics.largestSystemAllocation, size)
    return nil
  }

  /// Keeps a block for the next request of its size from its seat.
  fileprivate mutating func keep(_ block: UnsafeMutableRawPointer, _ size: Int, seat: Int) {
    while idle.count <= seat { idle.append([:]) }
    idle[seat][size, default: []].append(block)
    statistics.idle += size
  }
}
