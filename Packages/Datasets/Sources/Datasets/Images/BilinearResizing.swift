import TensorCore

extension RasterImage {
  /// The image in another size, bilinearly: see ``BilinearResizer``.
  package func resized(to target: ImageSize) -> RasterImage {
    target == size ? self : BilinearResizer(from: size, to: target).resize(self)
  }
}

/// Changes the size of images from one given size to another.
///
/// Pixels are areas: output pixel `i` of `n` has its centre at `(i + ½) · m / n` of the `m` input pixels, whose
/// centres are at `j + ½` ("half-pixel centres", PyTorch's `align_corners=False`); beyond the edge the edge goes on.
/// When the image shrinks, the triangle that weighs the input pixels is as wide as two output pixels, so that each
/// input pixel counts (PyTorch's `antialias=True`).
///
/// Along the rows first, then along the columns; an image costs `O(C · (H · W' + H' · W'))` times the pixels under a
/// triangle.
struct BilinearResizer: Sendable {
  let source: ImageSize
  let target: ImageSize
  private let columns: Triangles
  private let rows: Triangles

  init(from source: ImageSize, to target: ImageSize) {
    self.source = source
    self.target = target
    columns = Triangles(from: source.width, to: target.width)
    rows = Triangles(from: source.height, to: target.height)
  }

  /// The image in the target size. It must have the source size.
  func resize(_ image: RasterImage) -> RasterImage {
    RasterImage(channels: image.channels, size: target, intensities: vertically(horizontally(image), image.channels))
  }

  /// `[C, H, W']` from `[C, H, W]`.
  private func horizontally(_ image: RasterImage) -> [Float] {
    let lines = image.channels * source.height
    return [Float](unsafeUninitializedCapacity: lines * target.width) { output, count in
      image.intensities.withUnsafeBufferPointer { input in
        columns.forEach { column, first, weights in
          for line in 0..<lines {
            var sum: Float = 0
            for tap in weights.indices { sum += weights[tap] * input[line * source.width + first + tap] }
            output[line * target.width + column] = sum
          }
        }
      }
      count = lines * target.width
    }
  }

  /// `[C, H', W']` from `[C, H, W']`.
  private func vertically(_ lines: [Float], _ channels: Int) -> [Float] {
    let width = target.width
    var output = [Float](repeating: 0, count: channels * target.height * width)
    output.withUnsafeMutableBufferPointer { output in
      lines.withUnsafeBufferPointer { input in
        for channel in 0..<channels {
          rows.forEach { row, first, weights in
            let to = (channel * target.height + row) * width
            for tap in weights.indices {
              let from = (channel * source.height + first + tap) * width
              for column in 0..<width { output[to + column] += weights[tap] * input[from + column] }
            }
          }
        }
      }
    }
    return output
  }
}

/// For each output pixel of one axis, the input pixels it is made of and their weights, which sum to 1.
private struct Triangles: Sendable {
  /// The first input pixel of each output pixel.
  private var first: [Int] = []
  /// Where the weights of each output pixel begin, and at last where they end.
  private var start = [0]
  private var weights: [Float] = []

  init(from input: Int, to output: Int) {
    let scale = Double(input) / Double(output)
    let reach = max(scale, 1)
    for pixel in 0..<output {
      let centre = (Double(pixel) + 0.5) * scale
      let low = max(0, Int((centre - reach + 0.5).rounded(.down)))
      let high = min(input, Int((centre + reach + 0.5).rounded(.down)))
      let raw = (low..<high).map { max(0, 1 - abs(Double($0) + 0.5 - centre) / reach) }
      let sum = raw.reduce(0, +)
      first.append(low)
      weights += raw.map { Float($0 / sum) }
      start.append(weights.count)
    }
  }

  /// Calls `body` with each output pixel, its first input pixel and the weights from there on.
  @inline(__always)
  func forEach(_ body: (_ pixel: Int, _ first: Int, _ weights: UnsafeBufferPointer<Float>) -> Void) {
    weights.withUnsafeBufferPointer { weights in
      for pixel in first.indices {
        body(pixel, first[pixel], UnsafeBufferPointer(rebasing: weights[start[pixel]..<start[pixel + 1]]))
      }
    }
  }
}
