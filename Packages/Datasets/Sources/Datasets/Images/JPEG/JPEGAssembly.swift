import TensorCore

/// Puts the components of a decoded frame together.
struct JPEGAssembly {
  private let frame: JPEGFrame
  private let areDifferences: Bool

  init(_ frame: JPEGFrame, colors: JPEGColors) {
    self.frame = frame
    areDifferences = colors.areDifferences(frame.components)
  }

  func image() -> ByteImage {
    if frame.isProgressive { transform() }
    let channels = frame.components.count == 1 ? 1 : 3
    let (height, width) = (frame.size.height, frame.size.width)
    let area = height * width
    let pixels = [UInt8](unsafeUninitializedCapacity: channels * area) { target, count in
      count = channels * area
      guard let target = target.baseAddress else { return }
      let rowCount = frame.groups.width * frame.maximum.horizontal * 8
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: frame.components.count * rowCount) { buffer in
        guard let buffer = buffer.baseAddress else { return }
        let components = frame.components.indices.map { JPEGUpsampling(frame, $0) }
        var rows = [UnsafePointer<UInt8>](repeating: UnsafePointer(buffer), count: components.count)
        for y in 0..<height {
          for index in components.indices { rows[index] = components[index].row(y, buffer + index * rowCount) }
          write(rows, target + y * width, area, width)
        }
      }
    }
    return ByteImage(channels: channels, size: frame.size, pixels: pixels)
  }

  private func write(
    _ rows: [UnsafePointer<UInt8>], _ target: UnsafeMutablePointer<UInt8>, _ area: Int, _ width: Int
  ) {
    switch (rows.count, areDifferences) {
    case (1, _): target.update(from: rows[0], count: width)
    case (3, true):
      JPEGKernel.colors(
        rows[0], rows[1], rows[2], count: width, red: target, green: target + area, blue: target + 2 * area)
    case (4, _): JPEGColorRow.inks(rows, areDifferences: areDifferences, target, area, width)
    default:
      for channel in 0..<3 { (target + channel * area).update(from: rows[channel], count: width) }
    }
  }

  /// All blocks of a progressive image, once all scans are read.
  private func transform() {
    for (index, component) in frame.components.enumerated() {
      guard let table = frame.tables[index] else { continue }
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        for row in 0..<component.blocks.height {
          for column in 0..<component.blocks.width {
            let number = row * component.paddedBlocks.width + column
            let last = 63 - frame.known[index][number].leadingZeroBitCount
            let block = frame.waves[index] + number * 64
            let target = frame.samples[index] + (row * component.stride + column) * 8
            JPEGKernel.transform(block, table, last: max(0, last), to: target, component.stride)
          }
        }
      }
    }
  }
}
