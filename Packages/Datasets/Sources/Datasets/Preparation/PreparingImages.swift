import TensorCore

extension Preprocessing {
  /// The images as a network sees them, `[N, C, H, W]`. They may differ in size and channels.
  public func prepare(_ images: [RasterImage]) -> Tensor<Float> {
    let imageCount = outputShape.count
    let resizer = self.resizer
    return Tensor(shape: Shape([images.count] + outputShape.sizes)) { target in
      for (position, image) in images.enumerated() {
        let part = target[(position * imageCount)..<((position + 1) * imageCount)]
        // Also one that has the size by chance: it is treated as all are.
        let image = fitting == .covering ? covering(image) : image
        write(image, resizedBy: resizer, to: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
  }

  /// Step 3 where the image is to cover the size, as ``ImageFiles`` does it.
  private func covering(_ image: RasterImage) -> RasterImage {
    ByteImage(image.converted(toChannels: channels)).reduced(for: imageSize).centerCropped(to: imageSize).raster
  }

  /// Step 4, when there is one: made once for many images.
  var resizer: ImageResizer? {
    resizedSize.map { ImageResizer(from: imageSize, to: $0) }
  }

  /// All steps for one image; `target` has the count of ``outputShape``.
  func write(
    _ image: RasterImage, resizedBy resizer: ImageResizer?, to target: UnsafeMutableBufferPointer<Float>
  ) {
    var image = image.converted(toChannels: channels)
    if inverts { image = image.inverted() }
    if image.size != imageSize {
      image = fitting == .covering ? covering(image) : image.fitted(into: imageSize)
    }
    if let resizer { image = resizer.resize(image) }
    image.intensities.withUnsafeBufferPointer { intensities in
      for channel in 0..<channels {
        writePadded(channel: channel, to: target) { pixel in
          normalized(intensities[channel * image.area + pixel], channel: channel)
        }
      }
    }
  }

  /// Writes one channel: the last two steps. `value` gives the normalised value of each pixel of the resized image.
  @inline(__always)
  func writePadded(channel: Int, to target: UnsafeMutableBufferPointer<Float>, value: (Int) -> Float) {
    let inner = resizedSize ?? imageSize
    let outer = outputSize
    let start = channel * outer.height * outer.width
    if padding > 0 {
      UnsafeMutableBufferPointer(rebasing: target[start..<(start + outer.height * outer.width)])
        .update(repeating: normalized(0, channel: channel))
    }
    for row in 0..<inner.height {
      let to = start + (row + padding) * outer.width + padding
      for column in 0..<inner.width { target[to + column] = value(row * inner.width + column) }
    }
  }

  /// The last step for one intensity. The only place that has the formula, so that every path gives the same bits.
  @inline(__always)
  func normalized(_ intensity: Float, channel: Int) -> Float {
    (intensity - mean[channel]) / deviation[channel]
  }
}
