import CKernels

/// A batch cut into groups of as many images as a vector has lanes, and the output of each group into bands of rows.
///
/// The cut depends on the sizes alone, so that what is added up band by band does not depend on threads.
struct LaneBands {
  /// One band of one group of images.
  struct Band {
    let images: Range<Int>
    /// The convolution, with the rows that this band reads and calculates.
    let sizes: nt_lane_convolution

    var inputRows: Range<Int> { sizes.first_row..<sizes.first_row + sizes.rows }
    var outputRows: Range<Int> { sizes.out_first..<sizes.out_first + sizes.out_rows }
  }

  /// Bytes of the maps of a band: they stay in second-level cache.
  private static let bytes = 512 << 10
  /// Multiply-adds of a band per image: enough that handing it to a thread costs nothing, few enough to share out.
  private static let work = 1 << 17

  private let sizes: nt_lane_convolution
  private let batch: Int
  private let lanes = nt_lane_count()
  private let rowsPerBand: Int
  private let bandsPerGroup: Int

  /// Bands of at least `leastPositions` positions of an output channel, if it has so many.
  init(_ sizes: nt_lane_convolution, batch: Int, leastPositions: Int = 1) {
    self.sizes = sizes
    self.batch = batch
    let inputRow = sizes.channels * sizes.width * sizes.stride_y, outputRow = sizes.filters * sizes.out_width
    let rowBytes = (inputRow + outputRow) * sizes.groups * lanes * MemoryLayout<Float>.size
    let rowWork = outputRow * sizes.groups * sizes.channels * sizes.kernel_height * sizes.kernel_width
    let least = (leastPositions + sizes.out_width - 1) / sizes.out_width
    let most = max(least, min(Self.bytes / rowBytes, Self.work / rowWork))
    bandsPerGroup = (sizes.out_height + most - 1) / most
    rowsPerBand = (sizes.out_height + bandsPerGroup - 1) / bandsPerGroup
  }

  /// The number of bands of all groups.
  var count: Int { (batch + lanes - 1) / lanes * bandsPerGroup }

  subscript(index: Int) -> Band {
    let (group, band) = index.quotientAndRemainder(dividingBy: bandsPerGroup)
    let rows = min(band * rowsPerBand, sizes.out_height)..<min((band + 1) * rowsPerBand, sizes.out_height)
    var part = sizes
    part.out_first = rows.lowerBound
    part.out_rows = rows.count
    let top = rows.lowerBound * sizes.stride_y - sizes.pad_top
    let bottom = (rows.upperBound - 1) * sizes.stride_y - sizes.pad_top + (sizes.kernel_height - 1) * sizes.dilation_y
    part.first_row = min(max(top, 0), sizes.height)
    part.rows = max(min(bottom + 1, sizes.height) - part.first_row, 0)
    return Band(images: group * lanes..<min((group + 1) * lanes, batch), sizes: part)
  }
}
