import TensorCore

extension RasterImage {
  /// The image in another size; the same image when it has it already. See ``ImageResizer``.
  public func resized(to target: ImageSize, filter: ResamplingFilter = .bilinear) -> RasterImage {
    target == size ? self : ImageResizer(from: size, to: target, filter: filter).resize(self)
  }
}

extension ByteImage {
  /// The image in another size; the same image when it has it already. See ``ImageResizer``.
  public func resized(to target: ImageSize, filter: ResamplingFilter = .bilinear) -> ByteImage {
    target == size ? self : ImageResizer(from: size, to: target, filter: filter).resize(self)
  }
}

extension ImageSize {
  /// This size with its shorter side changed to `side` and the longer one in proportion, rounded down, as torchvision's
  /// `Resize(side)` gives it.
  ///
  /// Stops unless this size and `side` are at least 1.
  public func withShortSide(_ side: Int) -> ImageSize {
    let short = min(height, width)
    guard short >= 1, side >= 1 else { stop("resize", "\(self) has no short side that becomes \(side)") }
    let long = max(height, width) * side / short
    return height <= width ? ImageSize(height: side, width: long) : ImageSize(height: long, width: side)
  }
}

/// Changes the size of images from one given size to another.
///
/// Pixels are areas: output pixel `i` of `n` has its centre at `(i + ½) · m / n` of the `m` input pixels, whose
/// centres are at `j + ½` ("half-pixel centres", PyTorch's `align_corners=False`). When the image shrinks, the filter is
/// as much wider, so that each input pixel counts (PyTorch's `antialias=True`). Near the edge the weights of the pixels
/// that there are sum to 1.
///
/// Along the rows first, then along the columns. On intensities in Float; on bytes in whole numbers with 22 binary
/// places, rounded and held in 0...255 after each of the two: both as Pillow's `resize` does, the bytes to the bit
/// (version 13 sometimes takes the columns first: a few bytes then differ by 1, in extreme cases by 2). An image costs `O(C · (H · W' + H' · W'))` times the pixels under a filter.
public struct ImageResizer: Sendable {
  /// The size of the images it takes.
  public let source: ImageSize
  /// The size of the images it gives: the whole resized image or the part that was asked for.
  public let target: ImageSize
  private let columns: FilterTaps
  private let rows: FilterTaps
  private let keepsColumns: Bool
  private let keepsRows: Bool

  /// A resizer between two sizes, which must have sides of at least 1.
  ///
  /// - Parameters:
  ///   - source: the size of the images.
  ///   - whole: the size of the resized images.
  ///   - filter: how pixels are mixed.
  ///   - rowRange: the rows of the resized image that are made; all by default.
  ///   - columnRange: the columns that are made; all by default.
  public init(
    from source: ImageSize, to whole: ImageSize, filter: ResamplingFilter = .bilinear, rows rowRange: Range<Int>? = nil,
    columns columnRange: Range<Int>? = nil
  ) {
    let rowRange = rowRange ?? 0..<whole.height
    let columnRange = columnRange ?? 0..<whole.width
    guard min(source.height, source.width) >= 1, !rowRange.isEmpty, !columnRange.isEmpty,
      rowRange.lowerBound >= 0, rowRange.upperBound <= whole.height, columnRange.lowerBound >= 0,
      columnRange.upperBound <= whole.width
    else { stop("resize", "cannot make rows \(rowRange) and columns \(columnRange) of \(source) resized to \(whole)") }
    self.source = source
    target = ImageSize(height: rowRange.count, width: columnRange.count)
    columns = FilterTaps(from: source.width, to: whole.width, columnRange, filter: filter)
    rows = FilterTaps(from: source.height, to: whole.height, rowRange, filter: filter)
    keepsColumns = source.width == whole.width && target.width == whole.width
    keepsRows = source.height == whole.height && target.height == whole.height
  }

  private func check(_ size: ImageSize) {
    guard size == source else { stop("resize", "this resizer takes images of \(source), this one has \(size)") }
  }

  /// The image in the target size. It must have the source size.
  public func resize(_ image: RasterImage) -> RasterImage {
    check(image.size)
    let lines = keepsColumns ? image.intensities : alongRows(image.intensities, image.channels)
    let resized = keepsRows ? lines : alongColumns(lines, image.channels)
    return RasterImage(channels: image.channels, size: target, intensities: resized)
  }

  /// The image in the target size. It must have the source size.
  public func resize(_ image: ByteImage) -> ByteImage {
    check(image.size)
    let lines = keepsColumns ? image.pixels : alongRows(image.pixels, image.channels)
    let resized = keepsRows ? lines : alongColumns(lines, image.channels)
    return ByteImage(channels: image.channels, size: target, pixels: resized)
  }
}

// MARK: Intensities

extension ImageResizer {
  /// `[C, H, W']` from `[C, H, W]`.
  private func alongRows(_ input: [Float], _ channels: Int) -> [Float] {
    let lines = channels * source.height
    let (from, to) = (source.width, target.width)
    return [Float](unsafeUninitializedCapacity: lines * to) { output, count in
      input.withUnsafeBufferPointer { input in
        columns.weights.withUnsafeBufferPointer { weights in
          for column in 0..<to {
            let (first, start, taps) = (columns.first[column], columns.start[column], columns.count(column))
            for line in 0..<lines {
              var sum: Float = 0
              for tap in 0..<taps { sum += weights[start + tap] * input[line * from + first + tap] }
              output[line * to + column] = sum
            }
          }
        }
      }
      count = lines * to
    }
  }

  /// `[C, H', W']` from `[C, H, W']`.
  private func alongColumns(_ lines: [Float], _ channels: Int) -> [Float] {
    let width = target.width
    var output = [Float](repeating: 0, count: channels * target.height * width)
    output.withUnsafeMutableBufferPointer { output in
      lines.withUnsafeBufferPointer { input in
        for line in 0..<channels * target.height {
          let (channel, row) = line.quotientAndRemainder(dividingBy: target.height)
          for tap in 0..<rows.count(row) {
            let weight = rows.weights[rows.start[row] + tap]
            let from = (channel * source.height + rows.first[row] + tap) * width
            for column in 0..<width { output[line * width + column] += weight * input[from + column] }
          }
        }
      }
    }
    return output
  }
}

// MARK: Bytes

extension ImageResizer {
  private static let half: Int32 = 1 << Int32(FilterTaps.wholeBits - 1)

  /// A sum of weighted bytes as the nearest byte.
  @inline(__always)
  private static func byte(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum &>> Int32(FilterTaps.wholeBits), 0), 255))
  }

  private func alongRows(_ input: [UInt8], _ channels: Int) -> [UInt8] {
    let lines = channels * source.height
    let (from, to) = (source.width, target.width)
    return [UInt8](unsafeUninitializedCapacity: lines * to) { output, count in
      input.withUnsafeBufferPointer { input in
        columns.wholeWeights.withUnsafeBufferPointer { weights in
          for column in 0..<to {
            let (first, start, taps) = (columns.first[column], columns.start[column], columns.count(column))
            for line in 0..<lines {
              var sum = Self.half
              let place = line &* from &+ first
              for tap in 0..<taps { sum &+= weights[start &+ tap] &* Int32(input[place &+ tap]) }
              output[line &* to &+ column] = Self.byte(sum)
            }
          }
        }
      }
      count = lines * to
    }
  }

  private func alongColumns(_ lines: [UInt8], _ channels: Int) -> [UInt8] {
    let width = target.width
    var sums = [Int32](repeating: 0, count: width)
    return [UInt8](unsafeUninitializedCapacity: channels * target.height * width) { output, count in
      lines.withUnsafeBufferPointer { input in
        sums.withUnsafeMutableBufferPointer { sums in
          for line in 0..<channels * target.height {
            let (channel, row) = line.quotientAndRemainder(dividingBy: target.height)
            sums.update(repeating: Self.half)
            for tap in 0..<rows.count(row) {
              let weight = rows.wholeWeights[rows.start[row] + tap]
              let from = (channel * source.height + rows.first[row] + tap) * width
              for column in 0..<width { sums[column] &+= weight &* Int32(input[from &+ column]) }
            }
            for column in 0..<width { output[line &* width &+ column] = Self.byte(sums[column]) }
          }
        }
      }
      count = channels * target.height * width
    }
  }
}
