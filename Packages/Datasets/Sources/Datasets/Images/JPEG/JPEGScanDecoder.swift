import TensorCore

/// Decodes the blocks of one scan.
struct JPEGScanDecoder {
  /// Why a scan ended early.
  struct Problem {
    let expected: String
    let found: String
  }

  /// What inner loops need of a component: numbers and pointers only, so that they count no references.
  private struct Plane {
    let coder: JPEGBlockCoder
    let table: UnsafePointer<Int32>
    let samples: UnsafeMutablePointer<UInt8>
    /// Nil for a sequential image.
    let waves: UnsafeMutablePointer<Int16>?
    let known: UnsafeMutablePointer<UInt64>?
    let horizontal: Int
    let vertical: Int
    let stride: Int
  }

  private let scan: JPEGScan
  private let frame: JPEGFrame
  private let dc: [JPEGHuffmanTable?]
  private let ac: [JPEGHuffmanTable?]
  private let restartInterval: Int
  var bits: JPEGBits
  /// How many more blocks have no further waves, in a progressive scan.
  private var endRun = 0

  init(
    _ scan: JPEGScan, _ frame: JPEGFrame, dc: [JPEGHuffmanTable?], ac: [JPEGHuffmanTable?], restartInterval: Int,
    bits: JPEGBits
  ) {
    self.scan = scan
    self.frame = frame
    self.dc = dc
    self.ac = ac
    self.restartInterval = restartInterval
    self.bits = bits
  }

  /// The whole scan; nil when all is well.
  mutating func decode() -> Problem? {
    defer { withExtendedLifetime((dc, ac, frame)) {} }
    let count = scan.components.count
    let tables = UnsafeMutablePointer<Int32>.allocate(capacity: 64 * count)
    let planes = UnsafeMutablePointer<Plane>.allocate(capacity: count)
    let means = UnsafeMutablePointer<Int>.allocate(capacity: count)
    defer {
      tables.deallocate()
      planes.deallocate()
      means.deallocate()
    }
    for (place, index) in scan.components.enumerated() {
      let (component, table) = (frame.components[index], tables + 64 * place)
      for wave in 0..<64 { (table + wave).initialize(to: frame.tables[index]?[wave] ?? 0) }
      let coder = JPEGBlockCoder(
        dc: dc[place]?.lookup, ac: ac[place]?.lookup, first: scan.first, last: scan.last, low: scan.low)
      (planes + place).initialize(
        to: Plane(
          coder: coder, table: UnsafePointer(table), samples: frame.samples[index],
          waves: frame.isProgressive ? frame.waves[index] : nil,
          known: frame.isProgressive ? frame.known[index] : nil, horizontal: component.horizontal,
          vertical: component.vertical, stride: component.stride))
    }
    return decode(UnsafePointer(planes), means)
  }

  private mutating func decode(_ planes: UnsafePointer<Plane>, _ means: UnsafeMutablePointer<Int>) -> Problem? {
    let count = scan.components.count
    // A scan of one component has its blocks row by row, others group by group.
    let single = count == 1 ? frame.components[scan.components[0]].blocks : nil
    let (columns, rows) = (single?.width ?? frame.groups.width, single?.height ?? frame.groups.height)
    var (untilRestart, nextRestart) = (restartInterval, 0)
    means.initialize(repeating: 0, count: count)
    for row in 0..<rows {
      for column in 0..<columns {
        if restartInterval > 0, untilRestart == 0 {
          guard bits.restart(nextRestart) else {
            return Problem(expected: "the restart marker \(nextRestart)", found: "another or none")
          }
          (untilRestart, nextRestart, endRun) = (restartInterval, (nextRestart + 1) & 7, 0)
          means.update(repeating: 0, count: count)
        }
        untilRestart &-= 1
        let isRight =
          single == nil ? group(row, column, planes, means, count) : block(planes[0], &means[0], row, column)
        guard isRight else { return Problem(expected: "a Huffman code", found: "bits that are none") }
        guard !bits.isOverrun else { return Problem(expected: "blocks for the whole image", found: "their end") }
      }
    }
    return nil
  }

  /// All blocks of all components that cover the same pixels.
  @inline(__always)
  private mutating func group(
    _ row: Int, _ column: Int, _ planes: UnsafePointer<Plane>, _ means: UnsafeMutablePointer<Int>, _ count: Int
  ) -> Bool {
    for place in 0..<count {
      let plane = planes[place]
      for down in 0..<plane.vertical {
        for across in 0..<plane.horizontal {
          guard
            block(plane, &means[place], row &* plane.vertical &+ down, column &* plane.horizontal &+ across)
          else { return false }
        }
      }
    }
    return true
  }

  @inline(__always)
  private mutating func block(_ plane: Plane, _ mean: inout Int, _ row: Int, _ column: Int) -> Bool {
    guard let waves = plane.waves, let known = plane.known else {
      return sequential(plane, &mean, plane.samples + (row &* plane.stride &+ column) &* 8)
    }
    let number = row &* (plane.stride &>> 3) &+ column
    let block = waves + number &* 64
    switch (scan.first == 0, scan.high == 0) {
    case (true, true): return plane.coder.firstMean(&bits, block, &mean)
    case (true, false):
      plane.coder.refineMean(&bits, block)
      return true
    case (false, true): return plane.coder.firstWaves(&bits, block, &known[number], &endRun)
    case (false, false): return plane.coder.refineWaves(&bits, block, &known[number], &endRun)
    }
  }

  /// Decodes a block and transforms it into samples.
  @inline(never)
  private mutating func sequential(
    _ plane: Plane, _ mean: inout Int, _ target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: 64) { waves in
      waves.initialize(repeating: 0)
      guard let waves = waves.baseAddress else { return false }
      var bits = bits
      let last = plane.coder.sequential(&bits, waves, &mean)
      self.bits = bits
      guard last >= 0 else { return false }
      JPEGKernel.transform(waves, plane.table, last: last, to: target, plane.stride)
      return true
    }
  }
}
