import TensorCore

/// A shift of an image by whole pixels; the pixels at its edge are repeated where it has left a gap.
public struct RandomShift: Sendable, Hashable {
  /// The pixels downwards; upwards if negative.
  public let rows: Int
  /// The pixels to the right; to the left if negative.
  public let columns: Int

  /// A given shift.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// A shift by `-limit...limit` along each axis, all equally likely. Draws two numbers.
  public init(atMost limit: Int, using random: inout RandomStream) {
    rows = random.integer(below: 2 * limit + 1) - limit
    columns = random.integer(below: 2 * limit + 1) - limit
  }

  /// Shifts one plane of `height` rows and `width` columns:
  /// to[y][x] = from[y - rows][x - columns], with both indices held within the plane.
  func move(_ from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, height: Int, width: Int) {
    let kept = max(0, width - abs(columns))
    for y in 0..<height {
      let source = from + min(max(y - rows, 0), height - 1) * width
      let target = to + y * width
      if columns >= 0 {
        (target + width - kept).update(from: source, count: kept)
        target.update(repeating: source[0], count: width - kept)
      } else {
        target.update(from: source + width - kept, count: kept)
        (target + kept).update(repeating: source[width - 1], count: width - kept)
      }
    }
  }
}

/// The images `[N, C, H, W]`, each shifted by its own of N shifts.
func shifted(_ images: Tensor<Float>, by shifts: [RandomShift]) -> Tensor<Float> {
  let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
  return images.withUnsafeBufferPointer { from in
    Tensor(shape: images.shape) { to in
      guard let from = from.baseAddress, let to = to.baseAddress else { return }
      for plane in 0..<shifts.count * channels {
        let start = plane * height * width
        shifts[plane / channels].move(from + start, to: to + start, height: height, width: width)
      }
    }
  }
}
