import Foundation
import TensorCore

extension RasterImage {
  /// The image seen through a map: each pixel is taken from where the map leads, bilinearly.
  ///
  /// Beyond the image lies `fill`; within half a pixel of its edge the edge goes on. As Pillow's `transform` with
  /// `BILINEAR`. About 10 ns a pixel and channel.
  public func warped(by map: PlaneMap, fill: Float = 0) -> RasterImage {
    let m = map.coefficients
    let isAffine = m[6] == 0 && m[7] == 0
    return sampled(fill: fill) { x, y in
      let (x, y) = (Double(x) + 0.5, Double(y) + 0.5)
      let (u, v) = (m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5])
      guard !isAffine else { return (u, v) }
      let w = m[6] * x + m[7] * y + 1
      return (u / w, v / w)
    }
  }

  /// The image whose pixel (x, y) is taken from `place(x, y)`, with the origin at the corner.
  @inline(__always)
  func sampled(fill: Float, _ place: (Int, Int) -> (x: Double, y: Double)) -> RasterImage {
    let (height, width) = (size.height, size.width)
    let pixels = [Float](unsafeUninitializedCapacity: intensities.count) { output, count in
      intensities.withUnsafeBufferPointer { input in
        for y in 0..<height {
          for x in 0..<width {
            let from = place(x, y)
            let index = y * width + x
            // Also when a coordinate is not a number.
            guard from.x >= 0, from.y >= 0, from.x < Double(width), from.y < Double(height) else {
              for channel in 0..<channels { output[channel * area + index] = fill }
              continue
            }
            // The pixels to the right and below, rounded down: cutting off does it, as nothing here is negative.
            let (right, below) = (Int(from.x + 0.5), Int(from.y + 0.5))
            let (dx, dy) = (Float(from.x + 0.5 - Double(right)), Float(from.y + 0.5 - Double(below)))
            let (x0, x1) = (max(right &- 1, 0), min(right, width &- 1))
            let (y0, y1) = (max(below &- 1, 0) &* width, min(below, height &- 1) &* width)
            for channel in 0..<channels {
              let start = channel &* area
              let (a, b) = (input[start + y0 + x0], input[start + y0 + x1])
              let (c, d) = (input[start + y1 + x0], input[start + y1 + x1])
              let (upper, lower) = (a + (b - a) * dx, c + (d - c) * dx)
              output[start + index] = upper + (lower - upper) * dy
            }
          }
        }
      }
      count = intensities.count
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }
}
