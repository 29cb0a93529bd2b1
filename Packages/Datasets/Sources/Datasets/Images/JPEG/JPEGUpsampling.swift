/// How the rows of a component that has fewer samples become as long as the image's.
///
/// To twice the size by triangles (weights 3/4 and 1/4), rounded up and down in turn, as libjpeg does; to other sizes, and
/// for components of 1 or 2 samples across, by repetition.
struct JPEGUpsampling {
  private let samples: UnsafePointer<UInt8>
  private let component: JPEGComponent
  private let across: Int
  private let down: Int

  init(_ frame: JPEGFrame, _ index: Int) {
    samples = UnsafePointer(frame.samples[index])
    component = frame.components[index]
    across = frame.maximum.horizontal / component.horizontal
    down = frame.maximum.vertical / component.vertical
  }

  /// Row `y` of the image. `buffer` has room for its samples, and may be what is returned.
  func row(_ y: Int, _ buffer: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
    let near = line(y / down)
    switch (across, down) {
    case (1, 1): return near
    case (1, 2): between(near, other(y), buffer, roundsUp: y & 1 == 1)
    case (2, 1) where component.size.width > 2: doubled(near, buffer)
    case (2, 2) where component.size.width > 2: doubled(near, other(y), buffer)
    default:
      for x in 0..<component.size.width {
        for copy in 0..<across { buffer[x &* across &+ copy] = near[x] }
      }
    }
    return UnsafePointer(buffer)
  }

  private func line(_ row: Int) -> UnsafePointer<UInt8> { samples + row * component.stride }

  /// The second nearest row: above an even one, below an odd one, as far as there are any.
  private func other(_ y: Int) -> UnsafePointer<UInt8> {
    line(min(max(y / 2 + (y & 1 == 0 ? -1 : 1), 0), component.size.height - 1))
  }

  private func between(
    _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, _ buffer: UnsafeMutablePointer<UInt8>, roundsUp: Bool
  ) {
    let bias: Int32 = roundsUp ? 2 : 1
    for x in 0..<component.size.width {
      buffer[x] = UInt8(truncatingIfNeeded: (Int32(near[x]) &* 3 &+ Int32(far[x]) &+ bias) &>> 2)
    }
  }

  private func doubled(_ row: UnsafePointer<UInt8>, _ buffer: UnsafeMutablePointer<UInt8>) {
    let last = component.size.width - 1
    buffer[0] = row[0]
    buffer[1] = UInt8(truncatingIfNeeded: (Int32(row[0]) &* 3 &+ Int32(row[1]) &+ 2) &>> 2)
    for x in 1..<last {
      let own = Int32(row[x]) &* 3
      buffer[2 &* x] = UInt8(truncatingIfNeeded: (own &+ Int32(row[x &- 1]) &+ 1) &>> 2)
      buffer[2 &* x &+ 1] = UInt8(truncatingIfNeeded: (own &+ Int32(row[x &+ 1]) &+ 2) &>> 2)
    }
    buffer[2 * last] = UInt8(truncatingIfNeeded: (Int32(row[last]) &* 3 &+ Int32(row[last - 1]) &+ 1) &>> 2)
    buffer[2 * last + 1] = row[last]
  }

  private func doubled(
    _ near: UnsafePointer<UInt8>, _ far: UnsafePointer<UInt8>, _ buffer: UnsafeMutablePointer<UInt8>
  ) {
    let last = component.size.width - 1
    @inline(__always)
    func sum(_ x: Int) -> Int32 { Int32(near[x]) &* 3 &+ Int32(far[x]) }
    buffer[0] = UInt8(truncatingIfNeeded: (sum(0) &* 4 &+ 8) &>> 4)
    buffer[1] = UInt8(truncatingIfNeeded: (sum(0) &* 3 &+ sum(1) &+ 7) &>> 4)
    for x in 1..<last {
      let own = sum(x) &* 3
      buffer[2 &* x] = UInt8(truncatingIfNeeded: (own &+ sum(x &- 1) &+ 8) &>> 4)
      buffer[2 &* x &+ 1] = UInt8(truncatingIfNeeded: (own &+ sum(x &+ 1) &+ 7) &>> 4)
    }
    buffer[2 * last] = UInt8(truncatingIfNeeded: (sum(last) &* 3 &+ sum(last - 1) &+ 8) &>> 4)
    buffer[2 * last + 1] = UInt8(truncatingIfNeeded: (sum(last) &* 4 &+ 7) &>> 4)
  }
}
