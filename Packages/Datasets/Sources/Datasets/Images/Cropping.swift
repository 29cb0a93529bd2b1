import TensorCore

/// A rectangle of an image: where its top left pixel lies, and its size. It may reach beyond the image.
public struct ImageRegion: Sendable, Hashable {
  /// The row of its first pixel.
  public let top: Int
  /// The column of its first pixel.
  public let left: Int
  /// The number of rows and columns.
  public let size: ImageSize

  /// A rectangle.
  public init(top: Int, left: Int, size: ImageSize) {
    self.top = top
    self.left = left
    self.size = size
  }

  /// The rectangle of size `crop` in the middle of an image of size `image`; half a pixel is rounded to the even row or
  /// column, as torchvision does, and where the image is too small the rectangle reaches beyond it.
  public init(centerOf image: ImageSize, _ crop: ImageSize) {
    func start(_ whole: Int, _ part: Int) -> Int {
      // Padding on the left is rounded down, which is up here.
      whole < part ? -((part - whole) / 2) : Int((Double(whole - part) / 2).rounded(.toNearestOrEven))
    }
    self.init(top: start(image.height, crop.height), left: start(image.width, crop.width), size: crop)
  }

  /// The rows of an image of size `image` that lie within.
  func rows(of image: ImageSize) -> Range<Int> { Self.overlap(top, size.height, image.height) }

  /// The columns of an image of size `image` that lie within.
  func columns(of image: ImageSize) -> Range<Int> { Self.overlap(left, size.width, image.width) }

  private static func overlap(_ start: Int, _ count: Int, _ whole: Int) -> Range<Int> {
    let low = min(max(start, 0), whole)
    return low..<max(low, min(start + count, whole))
  }
}

extension RasterImage {
  /// The part of the image within `region`; black where the region reaches beyond the image.
  ///
  /// Stops on a region without pixels.
  public func cropped(to region: ImageRegion) -> RasterImage {
    RasterImage(
      channels: channels, size: region.size, intensities: croppedPlanes(intensities, channels, size, region, black: 0))
  }

  /// The part in the middle: see ``ImageRegion/init(centerOf:_:)``.
  public func centerCropped(to crop: ImageSize) -> RasterImage {
    crop == size ? self : cropped(to: ImageRegion(centerOf: size, crop))
  }
}

extension ByteImage {
  /// The part of the image within `region`; black where the region reaches beyond the image.
  ///
  /// Stops on a region without pixels.
  public func cropped(to region: ImageRegion) -> ByteImage {
    ByteImage(
      channels: channels, size: region.size, pixels: croppedPlanes(pixels, channels, size, region, black: 0))
  }

  /// The part in the middle: see ``ImageRegion/init(centerOf:_:)``.
  public func centerCropped(to crop: ImageSize) -> ByteImage {
    crop == size ? self : cropped(to: ImageRegion(centerOf: size, crop))
  }
}

/// Row by row, by copies of memory.
@specialized(where Element == Float)
@specialized(where Element == UInt8)
private func croppedPlanes<Element: BitwiseCopyable>(
  _ input: [Element], _ channels: Int, _ size: ImageSize, _ region: ImageRegion, black: Element
) -> [Element] {
  let (height, width) = (region.size.height, region.size.width)
  guard height > 0, width > 0 else { stop("crop", "a region of \(region.size) has no pixels") }
  let (rows, columns) = (region.rows(of: size), region.columns(of: size))
  var output = [Element](repeating: black, count: channels * height * width)
  guard !rows.isEmpty, !columns.isEmpty else { return output }
  output.withUnsafeMutableBufferPointer { output in
    input.withUnsafeBufferPointer { input in
      for channel in 0..<channels {
        for row in rows {
          let from = (channel * size.height + row) * size.width + columns.lowerBound
          let to = (channel * height + row - region.top) * width + columns.lowerBound - region.left
          _ = output[to...].update(fromContentsOf: input[from..<(from + columns.count)])
        }
      }
    }
  }
  return output
}
