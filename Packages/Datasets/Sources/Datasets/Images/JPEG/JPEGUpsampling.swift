import TensorCore

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
    let (near, count) = (line(y / down), component.size.width)
    switch (across, down) {
    case (1, 1): return near
    case (1, 2): JPEGKernel.between(near, other(y), bias: 1 + y & 1, count: count, to: buffer)
    case (2, 1) where count > 2: JPEGKernel.doubled(near, count: count, to: buffer)
    case (2, 2) where count > 2: JPEGKernel.doubled(between: near, other(y), count: count, to: buffer)
    default:
      for x in 0..<count {
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
}
