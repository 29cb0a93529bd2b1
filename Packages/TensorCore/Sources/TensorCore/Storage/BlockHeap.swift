import Foundation

/// Memory for large blocks, side by side in ranges of addresses.
///
/// A block that comes back joins the gaps beside it, and a request takes the smallest gap that holds it; only if there is none,
/// a range grows. So tensors of different sizes lie in the same memory one after the other, and a program takes little more
/// than what its tensors take at one time: lists of blocks by size would keep the most that there ever was of each size.
struct BlockHeap {
  /// Blocks of this size and more are the heap's. Smaller ones would crumble it.
  static let leastSize = 1 << 20
  /// Blocks are whole pages of any system, so that what lies free can be given back.
  static let granule = 1 << 14

  /// What a request took: how much of it had been used before, and how much the range grew.
  struct Placement {
    let address: UnsafeMutableRawPointer
    let reused: Int
    let growth: Int
  }

  private var ranges: [AddressRange] = []

  /// The bytes of the block that serves a request of `bytes`, which must be at least ``leastSize``.
  static func blockSize(for bytes: Int) -> Int {
    let (sum, overflow) = bytes.addingReportingOverflow(granule - 1)
    guard !overflow else { stop("memory", "a tensor of \(bytes) bytes does not fit in any memory") }
    return sum / granule * granule
  }

  /// Whether a block is one of the heap's.
  func contains(_ address: UnsafeMutableRawPointer) -> Bool { ranges.contains { $0.contains(address) } }

  /// A block of `size` bytes; nil where the system has no addresses for it.
  mutating func take(_ size: Int) -> Placement? {
    for index in ranges.indices {
      if let placement = ranges[index].take(size) { return placement }
    }
    guard var range = AddressRange(atLeast: size) else { return nil }
    let placement = range.take(size)
    ranges.append(range)
    return placement
  }

  /// Takes back a block that `take(_:)` gave.
  mutating func putBack(_ address: UnsafeMutableRawPointer, _ size: Int) {
    guard let index = ranges.firstIndex(where: { $0.contains(address) }) else { return }
    ranges[index].putBack(address, size)
  }

  /// Gives the memory of all gaps back to the system; the addresses stay.
  mutating func trim() {
    for index in ranges.indices { ranges[index].trim() }
  }
}

/// A range of addresses whose beginning is in use, with gaps.
private struct AddressRange: @unchecked Sendable {
  private struct Gap {
    var start: Int
    var size: Int
    /// How much of it, about, has memory behind it.
    var backed: Int
    var end: Int { start + size }
  }

  private let base: UnsafeMutableRawPointer
  private let capacity: Int
  /// The gaps in order, no two side by side, each before a block.
  private var gaps: [Gap] = []
  /// Where the last block ends.
  private var end = 0
  /// Up to where there were blocks since memory was last given back.
  private var touched = 0

  /// Addresses for twice the memory of the machine, or as many as the system gives. Memory comes to them when they are
  /// written. Nil where there are fewer than `size`, or more is wanted than the machine has.
  init?(atLeast size: Int) {
    let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    guard size <= memory else { return nil }
    var wanted = BlockHeap.blockSize(for: memory) * 2
    let failed = UnsafeMutableRawPointer(bitPattern: -1)
    while wanted >= size {
      let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
      if let start = mmap(nil, wanted, PROT_READ | PROT_WRITE, flags, -1, 0), start != failed {
        (base, capacity) = (start, wanted)
        preferLargePages()
        return
      }
      wanted = wanted / 2 / BlockHeap.granule * BlockHeap.granule
    }
    return nil
  }

  /// Pages of 2 MiB where the system has them for the asking: memory then comes in a five-hundredth as many steps, and
  /// passes over it seldom wait for an address.
  private func preferLargePages() {
    #if os(Linux)
      madvise(base, capacity, MADV_HUGEPAGE)
    #endif
  }

  func contains(_ address: UnsafeMutableRawPointer) -> Bool { address >= base && address < base + capacity }

  /// The smallest gap that holds the block, the first of equals, or else the end.
  mutating func take(_ size: Int) -> BlockHeap.Placement? {
    var best: Int?
    for index in gaps.indices where gaps[index].size >= size {
      if best.map({ gaps[index].size < gaps[$0].size }) ?? true { best = index }
    }
    if let best { return takeFromGap(best, size) }
    guard size <= capacity - end else { return nil }
    let start = end
    end += size
    let growth = max(0, end - max(touched, start))
    touched = max(touched, end)
    return BlockHeap.Placement(address: base + start, reused: size - growth, growth: growth)
  }

  private mutating func takeFromGap(_ index: Int, _ size: Int) -> BlockHeap.Placement {
    let gap = gaps[index], reused = min(gap.backed, size)
    if gap.size == size {
      gaps.remove(at: index)
    } else {
      gaps[index] = Gap(start: gap.start + size, size: gap.size - size, backed: gap.backed - reused)
    }
    return BlockHeap.Placement(address: base + gap.start, reused: reused, growth: 0)
  }

  mutating func putBack(_ address: UnsafeMutableRawPointer, _ size: Int) {
    var gap = Gap(start: address - base, size: size, backed: size)
    var index = firstGap(after: gap.start)
    if index < gaps.count, gaps[index].start == gap.end {
      gap.size += gaps[index].size
      gap.backed += gaps[index].backed
      gaps.remove(at: index)
    }
    if index > 0, gaps[index - 1].end == gap.start {
      index -= 1
      gap.start = gaps[index].start
      gap.size += gaps[index].size
      gap.backed += gaps[index].backed
      gaps.remove(at: index)
    }
    if gap.end == end { end = gap.start } else { gaps.insert(gap, at: index) }
  }

  private func firstGap(after start: Int) -> Int {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func trim() {
    for index in gaps.indices {
      giveBack(gaps[index].start, gaps[index].size)
      gaps[index].backed = 0
    }
    giveBack(end, touched - end)
    touched = end
  }

  private func giveBack(_ start: Int, _ size: Int) {
    guard size > 0 else { return }
    #if os(Linux)
      madvise(base + start, size, MADV_DONTNEED)
    #else
      madvise(base + start, size, MADV_FREE)
    #endif
  }
}
