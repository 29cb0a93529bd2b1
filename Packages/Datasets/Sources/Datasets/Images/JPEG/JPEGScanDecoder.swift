/// Decodes the blocks of one scan.
struct JPEGScanDecoder {
  /// Why a scan ended early.
  struct Problem {
    let expected: String
    let found: String
  }

  private let scan: JPEGScan
  private let frame: JPEGFrame
  private let dc: [JPEGHuffmanTable?]
  private let ac: [JPEGHuffmanTable?]
  private let restartInterval: Int
  var bits: JPEGBits
  /// The last mean value of each component of the scan.
  private var means = [Int](repeating: 0, count: 4)
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
    let coders = scan.components.indices.map { place in
      JPEGBlockCoder(
        dc: dc[place]?.lookup, ac: ac[place]?.lookup, first: scan.first, last: scan.last, low: scan.low)
    }
    defer { withExtendedLifetime((dc, ac)) {} }
    // A scan of one component has its blocks row by row, others group by group.
    let single = scan.components.count == 1 ? frame.components[scan.components[0]] : nil
    let columns = single?.blocks.width ?? frame.groups.width
    let rows = single?.blocks.height ?? frame.groups.height
    var untilRestart = restartInterval
    var nextRestart = 0
    for row in 0..<rows {
      for column in 0..<columns {
        if restartInterval > 0, untilRestart == 0 {
          guard bits.restart(nextRestart) else {
            return Problem(expected: "the restart marker \(nextRestart)", found: "another or none")
          }
          (untilRestart, nextRestart, endRun) = (restartInterval, (nextRestart + 1) & 7, 0)
          for place in means.indices { means[place] = 0 }
        }
        untilRestart -= 1
        let isRight =
          single == nil ? group(row, column, coders) : block(0, coders[0], row, column)
        guard isRight else { return Problem(expected: "a Huffman code", found: "bits that are none") }
        guard !bits.isOverrun else { return Problem(expected: "blocks for the whole image", found: "their end") }
      }
    }
    return nil
  }

  /// All blocks of all components that cover the same pixels.
  @inline(__always)
  private mutating func group(_ row: Int, _ column: Int, _ coders: [JPEGBlockCoder]) -> Bool {
    for place in scan.components.indices {
      let component = frame.components[scan.components[place]]
      for down in 0..<component.vertical {
        for across in 0..<component.horizontal {
          guard
            block(
              place, coders[place], row &* component.vertical &+ down, column &* component.horizontal &+ across)
          else { return false }
        }
      }
    }
    return true
  }

  @inline(__always)
  private mutating func block(_ place: Int, _ coder: JPEGBlockCoder, _ row: Int, _ column: Int) -> Bool {
    let index = scan.components[place]
    let component = frame.components[index]
    guard frame.isProgressive else {
      return sequential(place, coder, frame.samples[index] + (row &* component.stride &+ column) &* 8, component.stride)
    }
    let block = frame.waves[index] + (row &* component.paddedBlocks.width &+ column) &* 64
    switch (scan.first == 0, scan.high == 0) {
    case (true, true): return coder.firstMean(&bits, block, &means[place])
    case (true, false):
      coder.refineMean(&bits, block)
      return true
    case (false, true): return coder.firstWaves(&bits, block, &endRun)
    case (false, false): return coder.refineWaves(&bits, block, &endRun)
    }
  }

  /// Decodes a block and transforms it into samples.
  private mutating func sequential(
    _ place: Int, _ coder: JPEGBlockCoder, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int
  ) -> Bool {
    guard let table = frame.tables[scan.components[place]] else { return false }
    return withUnsafeTemporaryAllocation(of: Int16.self, capacity: 64) { waves in
      waves.update(repeating: 0)
      guard let waves = waves.baseAddress else { return false }
      let last = coder.sequential(&bits, waves, &means[place])
      guard last >= 0 else { return false }
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        JPEGTransform.samples(waves, table, last: last, to: target, stride)
      }
      return true
    }
  }
}
