import TensorCore

/// One of the images, of brightness or colour, that a JPEG image is made of.
struct JPEGComponent {
  let identifier: UInt8
  /// Its samples across for `maximum` of them in the component that has most.
  let horizontal: Int
  let vertical: Int
  /// The number of its quantisation table.
  let quantization: Int
  /// The samples that count.
  let size: ImageSize
  /// The blocks of 8 × 8 that hold them.
  let blocks: ImageSize
  /// The blocks including those that fill up the last groups.
  let paddedBlocks: ImageSize

  /// The bytes of a row of samples.
  var stride: Int { paddedBlocks.width * 8 }
}

/// An image while it is decoded: geometry, and the samples or waves of each component.
///
/// A class, since scans write into it in turn.
final class JPEGFrame {
  let size: ImageSize
  let isProgressive: Bool
  let components: [JPEGComponent]
  let maximum: (horizontal: Int, vertical: Int)
  /// The groups of blocks (MCUs) across and down when all components are interleaved.
  let groups: ImageSize
  /// The quantisation table of each component, as it was at its first scan.
  var tables: [[Int32]?]
  /// For each component its samples, row by row with `stride`.
  let samples: [UnsafeMutablePointer<UInt8>]
  /// For each component its waves, block by block; empty for a sequential image, whose blocks are transformed at once.
  let waves: [UnsafeMutablePointer<Int16>]
  /// For each block of those a bit for each wave, in the order of the file, that is not 0; the mean aside.
  let known: [UnsafeMutablePointer<UInt64>]
  private var hasMean: [Bool]

  init(_ header: JPEGFrameHeader, isProgressive: Bool, fileSize: Int, name: String) throws(FileError) {
    let maximum = header.maximum
    let groups = ImageSize(
      height: Self.quotient(header.size.height, 8 * maximum.vertical),
      width: Self.quotient(header.size.width, 8 * maximum.horizontal))
    components = header.entries.map { entry in
      let own = ImageSize(
        height: Self.quotient(header.size.height * entry.vertical, maximum.vertical),
        width: Self.quotient(header.size.width * entry.horizontal, maximum.horizontal))
      return JPEGComponent(
        identifier: entry.identifier, horizontal: entry.horizontal, vertical: entry.vertical,
        quantization: entry.quantization, size: own,
        blocks: ImageSize(height: Self.quotient(own.height, 8), width: Self.quotient(own.width, 8)),
        paddedBlocks: ImageSize(height: groups.height * entry.vertical, width: groups.width * entry.horizontal))
    }
    // A block takes a bit at least, two in a sequential image: what cannot be there takes no memory.
    let blocks = components.reduce(0) { $0 + $1.blocks.height * $1.blocks.width }
    let possible = fileSize * (isProgressive ? 8 : 4)
    guard blocks <= possible else {
      throw .malformed(file: name, expected: "a file that can hold \(blocks) blocks", found: "\(fileSize) bytes")
    }
    (size, self.isProgressive, self.maximum, self.groups) = (header.size, isProgressive, maximum, groups)
    tables = [[Int32]?](repeating: nil, count: components.count)
    hasMean = [Bool](repeating: false, count: components.count)
    let counts = components.map { $0.paddedBlocks.height * $0.paddedBlocks.width * 64 }
    samples = counts.map { .allocate(capacity: $0) }
    waves = isProgressive ? counts.map { .allocate(capacity: $0) } : []
    known = isProgressive ? counts.map { .allocate(capacity: $0 / 64) } : []
    // Every sample that is shown is written by the scan, or the transform, of its block; waves may stay 0.
    for (pointer, count) in zip(waves, counts) { pointer.initialize(repeating: 0, count: count) }
    for (pointer, count) in zip(known, counts) { pointer.initialize(repeating: 0, count: count / 64) }
  }

  deinit {
    for pointer in samples { pointer.deallocate() }
    for pointer in waves { pointer.deallocate() }
    for pointer in known { pointer.deallocate() }
  }

  /// Whether each component has had its mean values.
  var isComplete: Bool { hasMean.allSatisfy { $0 } }

  /// Whether component `index` has had its mean values.
  func hasMean(_ index: Int) -> Bool { hasMean[index] }

  func note(_ scan: JPEGScan) {
    guard scan.first == 0 else { return }
    for index in scan.components { hasMean[index] = true }
  }

  private static func quotient(_ value: Int, _ divisor: Int) -> Int { (value + divisor - 1) / divisor }
}
