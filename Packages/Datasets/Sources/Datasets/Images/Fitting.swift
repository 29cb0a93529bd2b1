import TensorCore

extension RasterImage {
  /// The image as large as fits into `target` without changing its proportions, centred on black.
  ///
  /// An image of that size already is returned as it is.
  package func fitted(into target: ImageSize) -> RasterImage {
    if target == size { return self }
    let scale = min(
      Double(target.height) / Double(size.height), Double(target.width) / Double(size.width))
    let inner = ImageSize(
      height: min(target.height, max(1, Int((Double(size.height) * scale).rounded()))),
      width: min(target.width, max(1, Int((Double(size.width) * scale).rounded()))))
    return resized(to: inner).centered(in: target)
  }

  /// The image in the middle of a black one; half a pixel too far up and left where the difference is odd.
  private func centered(in target: ImageSize) -> RasterImage {
    if target == size { return self }
    let top = (target.height - size.height) / 2
    let left = (target.width - size.width) / 2
    var framed = [Float](repeating: 0, count: channels * target.height * target.width)
    for channel in 0..<channels {
      for row in 0..<size.height {
        let from = (channel * size.height + row) * size.width
        let to = (channel * target.height + top + row) * target.width + left
        framed.replaceSubrange(to..<(to + size.width), with: intensities[from..<(from + size.width)])
      }
    }
    return RasterImage(channels: channels, size: target, intensities: framed)
  }
}
