import CKernels

/// Maps of as many images as a vector has lanes, or some rows of them: `[C][rows][W][lanes]`.
///
/// The one place where tensors `[N, C, H, W]` are brought into that order and back.
struct LaneMap {
  private let channels: Int
  private let rows: Range<Int>
  private let width: Int
  private let lanes = nt_lane_count()
  private let storage: Storage<Float>

  /// Maps of unspecified content.
  init(channels: Int, rows: Range<Int>, width: Int) {
    self.channels = channels
    self.rows = rows
    self.width = width
    storage = Storage(count: channels * rows.count * width * lanes)
  }

  /// The elements; valid while the map lives.
  var start: UnsafeMutablePointer<Float> { storage.start }

  /// The number of elements.
  var count: Int { storage.count }

  /// Fills the maps from those images of a tensor whose maps are `height` rows high.
  func load(_ tensor: UnsafePointer<Float>, images: Range<Int>, height: Int) {
    let stride = channels * height * width, first = tensor + images.lowerBound * stride
    forEachRun(height: height) { offset, lane, count in
      nt_lanes_load(first + offset, stride, images.count, count, start + lane)
    }
  }

  /// Writes the maps to those images of a tensor whose maps are `height` rows high.
  func store(_ tensor: UnsafeMutablePointer<Float>, images: Range<Int>, height: Int) {
    let stride = channels * height * width, first = tensor + images.lowerBound * stride
    forEachRun(height: height) { offset, lane, count in
      nt_lanes_store(start + lane, images.count, count, first + offset, stride)
    }
  }

  /// The sum of each channel's elements, lane by lane: `[C][lanes]`.
  func sumPlanes(into sums: UnsafeMutablePointer<Float>) {
    nt_lanes_sum_planes(start, channels, rows.count * width, sums)
  }

  /// Runs of positions that are neighbours in an image too: all channels at once if all rows are here.
  private func forEachRun(height: Int, _ body: (_ offset: Int, _ lane: Int, _ count: Int) -> Void) {
    let plane = rows.count * width
    if rows.count == height { return body(0, 0, channels * plane) }
    for channel in 0..<channels {
      body((channel * height + rows.lowerBound) * width, channel * plane * lanes, plane)
    }
  }
}
