import TensorCore

extension RasterImage {
  /// The image in another size, bilinearly.
  ///
  /// Pixels are areas: output pixel `i` of `n` has its centre at `(i + ½) · m / n` of the `m` input pixels, whose
  /// centres are at `j + ½` ("half-pixel centres", PyTorch's `align_corners=False`); beyond the edge the edge goes on.
  /// When the image shrinks, the triangle that weighs the input pixels is as wide as two output pixels, so that each
  /// input pixel counts (PyTorch's `antialias=True`).
  ///
  /// Rows first, then columns; cost: `O(C · H · W')` for each direction times the pixels under a triangle.
  package func resized(to target: ImageSize) -> RasterImage {
    if target == size { return self }
    return resizedHorizontally(to: target.width).resizedVertically(to: target.height)
  }

  private func resizedHorizontally(to width: Int) -> RasterImage {
    if width == size.width { return self }
    let triangles = Triangles(from: size.width, to: width)
    let rows = channels * size.height
    let resized = [Float](unsafeUninitializedCapacity: rows * width) { target, count in
      intensities.withUnsafeBufferPointer { source in
        for row in 0..<rows {
          for column in 0..<width {
            let first = row * size.width + triangles.first[column]
            var sum: Float = 0
            for (tap, weight) in triangles.weights[column].enumerated() { sum += weight * source[first + tap] }
            target[row * width + column] = sum
          }
        }
      }
      count = rows * width
    }
    return RasterImage(channels: channels, size: ImageSize(height: size.height, width: width), intensities: resized)
  }

  private func resizedVertically(to height: Int) -> RasterImage {
    if height == size.height { return self }
    let triangles = Triangles(from: size.height, to: height)
    let width = size.width
    var resized = [Float](repeating: 0, count: channels * height * width)
    resized.withUnsafeMutableBufferPointer { target in
      intensities.withUnsafeBufferPointer { source in
        for channel in 0..<channels {
          for row in 0..<height {
            let to = (channel * height + row) * width
            for (tap, weight) in triangles.weights[row].enumerated() {
              let from = (channel * size.height + triangles.first[row] + tap) * width
              for column in 0..<width { target[to + column] += weight * source[from + column] }
            }
          }
        }
      }
    }
    return RasterImage(channels: channels, size: ImageSize(height: height, width: width), intensities: resized)
  }
}

/// For each output pixel of one axis, the input pixels it is made of and their weights, which sum to 1.
struct Triangles {
  /// The first input pixel of each output pixel.
  let first: [Int]
  /// The weights from there on.
  let weights: [[Float]]

  init(from input: Int, to output: Int) {
    let scale = Double(input) / Double(output)
    let reach = max(scale, 1)
    var first: [Int] = []
    var weights: [[Float]] = []
    for pixel in 0..<output {
      let centre = (Double(pixel) + 0.5) * scale
      let low = max(0, Int((centre - reach + 0.5).rounded(.down)))
      let high = min(input, Int((centre + reach + 0.5).rounded(.down)))
      let raw = (low..<high).map { max(0, 1 - abs(Double($0) + 0.5 - centre) / reach) }
      let sum = raw.reduce(0, +)
      first.append(low)
      weights.append(raw.map { Float($0 / sum) })
    }
    self.first = first
    self.weights = weights
  }
}
