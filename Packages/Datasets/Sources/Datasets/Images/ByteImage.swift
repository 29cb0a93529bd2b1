import TensorCore

/// One image as bytes: 0 is black, 255 is full, channel after channel, row after row.
///
/// A quarter of the memory of ``RasterImage``, and what an image file of 8 bits a sample holds. Resizing rounds to bytes
/// as Pillow does, so that a network gets the pixels that it was trained with elsewhere.
public struct ByteImage: Sendable, Equatable {
  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The number of rows and columns.
  public let size: ImageSize
  /// The pixels: `[C, H, W]`, row-major.
  public let pixels: [UInt8]

  /// An image of the given pixels.
  ///
  /// Stops unless there are 1 or 3 channels, at least one pixel and one byte for each.
  public init(channels: Int, size: ImageSize, pixels: [UInt8]) {
    checkImage(channels, size, count: pixels.count, "bytes")
    self.channels = channels
    self.size = size
    self.pixels = pixels
  }

  /// The intensities `x` of an image as `255 x`, rounded and held in 0...255. Exact for an image that came from bytes.
  public init(_ image: RasterImage) {
    channels = image.channels
    size = image.size
    pixels = [UInt8](unsafeUninitializedCapacity: image.intensities.count) { bytes, count in
      image.intensities.withUnsafeBufferPointer { intensities in
        for index in intensities.indices {
          bytes[index] = UInt8(min(max(intensities[index] * 255 + 0.5, 0), 255))
        }
      }
      count = image.intensities.count
    }
  }

  /// The image as intensities, `byte / 255`.
  public var raster: RasterImage {
    let intensities = [Float](unsafeUninitializedCapacity: pixels.count) { intensities, count in
      pixels.withUnsafeBufferPointer { pixels in
        for index in pixels.indices { intensities[index] = Float(pixels[index]) / 255 }
      }
      count = pixels.count
    }
    return RasterImage(channels: channels, size: size, intensities: intensities)
  }
}
