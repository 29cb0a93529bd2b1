import CKernels

/// Where a pass reads: a map `[N, H, W, C]`, of which it sees some channels at a time, in place or laid out with zeros around.
struct RowsSource: Sendable {
  let rows: RowsAxis
  let columns: RowsAxis
  let images: Int
  /// The channels of the map, and those that are seen at a time.
  let channels: Int
  let count: Int
  /// Whether the map is read where it lies: there are no zeros around it, and neighbouring positions do not crowd.
  let isInPlace: Bool
  /// The distance of pixels, and the pixels of a row, where they are read.
  let pixel: Int
  let width: Int

  /// - Parameter crowd: the distance of neighbouring positions, in elements, at which they fall into too few sets of a cache.
  init(rows: RowsAxis, columns: RowsAxis, images: Int, channels: Int, count: Int, crowd: Int = RowsLimits.crowd) {
    self.rows = rows
    self.columns = columns
    self.images = images
    self.channels = channels
    self.count = count
    isInPlace = rows.isInside && columns.isInside && !(columns.step * channels).isMultiple(of: crowd)
    let isCrowded = (columns.laidOutStep * count).isMultiple(of: crowd)
    pixel = isInPlace ? channels : count + (isCrowded ? RowsLimits.gap : 0)
    width = isInPlace ? columns.sourceLength : columns.extent(of: columns.places.count)
  }

  /// Rows of places over all images.
  var lines: Int { images * rows.places.count }

  /// The most rows of places, up to `wanted`, for which the cache holds what they see.
  func heldLines(_ wanted: Int) -> Int {
    guard !isInPlace else { return max(1, wanted) }
    let held = (RowsLimits.heldElements / max(width * pixel, 1) - rows.offsets.count) / rows.laidOutStep + 1
    return max(1, min(wanted, held))
  }
}
