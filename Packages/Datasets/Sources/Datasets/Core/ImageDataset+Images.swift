import TensorCore

extension ImageDataset {
  /// The intensity that a pixel value stands for.
  @inline(__always)
  static func intensity(_ pixel: UInt8, maximum: UInt8) -> Float { Float(pixel) / Float(maximum) }

  /// Image `index` as intensities; black when its file can no longer be read.
  ///
  /// Stops on an index outside of the set.
  public func image(_ index: Int) -> RasterImage {
    checkIndices(CollectionOfOne(index))
    if let files { return files.imageOrBlack(index).raster }
    let (pixels, maximum) = (pixels, maximum)
    let imageCount = pixels.count / count
    let intensities = [Float](unsafeUninitializedCapacity: imageCount) { target, initialized in
      pixels.withUnsafeBufferPointer { pixels in
        let start = index * imageCount
        for pixel in 0..<imageCount { target[pixel] = Self.intensity(pixels[start + pixel], maximum: maximum) }
      }
      initialized = imageCount
    }
    return RasterImage(channels: channels, size: imageSize, intensities: intensities)
  }

  /// Image `index` with what lies around the part that is shown, where there is more: what transforms choose from.
  func whole(_ index: Int) throws(FileError) -> RasterImage {
    if let files { try files.whole(index).raster } else { image(index) }
  }

  /// Stops on an index outside of the set.
  func checkIndices(_ indices: some Collection<Int>) {
    guard let wrong = indices.first(where: { !(0..<count).contains($0) }) else { return }
    stop("images", "there is no image \(wrong), the set has \(count)")
  }
}
