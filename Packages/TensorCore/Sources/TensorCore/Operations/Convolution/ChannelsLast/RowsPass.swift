import CKernels

/// A pass over channels-last maps in which each element of the target is a sum over what it sees of the source: the forward
/// pass of a convolution, or the gradient of its input.
///
/// The target is cut into bands of rows, a thread's work at a time. What a band sees of the source is laid out with zeros
/// around and stays in the second-level cache; where nothing is seen from outside the image it is read where it lies.
struct RowsPass: Sendable {
  let rows: RowsAxis
  let columns: RowsAxis
  let images: Int
  let groups: Int
  /// Channels of a group.
  let sourceChannels: Int
  let targetChannels: Int
  let phases: [RowsPhase]
  /// Whether the source is read where it lies.
  let isInPlace: Bool
  /// The distance of pixels, and the pixels of a row, where the source is read.
  let pixel: Int
  let width: Int

  init(rows: RowsAxis, columns: RowsAxis, images: Int, groups: Int, sourceChannels: Int, targetChannels: Int) {
    self.rows = rows
    self.columns = columns
    self.images = images
    self.groups = groups
    self.sourceChannels = sourceChannels
    self.targetChannels = targetChannels
    let crowds = RowsLimits.crowds(distance: columns.step * sourceChannels * groups)
    isInPlace = rows.isInside && columns.isInside && !crowds
    let isCrowded = RowsLimits.crowds(distance: columns.laidOutStep * sourceChannels)
    pixel = isInPlace ? sourceChannels * groups : sourceChannels + (isCrowded ? RowsLimits.gap : 0)
    width = isInPlace ? columns.sourceLength : columns.extent(of: columns.places.count)
    phases = RowsPhase.all(
      rows: rows, columns: columns, channels: sourceChannels, pixel: pixel, width: width,
      panels: (targetChannels + Self.panel - 1) / Self.panel * Self.panel)
  }

  /// Channels of a panel of packed weights.
  static var panel: Int { nt_gemm_tile_f32().columns }

  /// Elements of the packed weights of a group.
  var packedCount: Int {
    phases.reduce(0) { $0 + $1.taps.count } * sourceChannels * ((targetChannels + Self.panel - 1) / Self.panel)
      * Self.panel
  }

  func run(
    _ source: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    let bands = Steps(count: images * rows.places.count, step: rowsOfBand, parts: 1, multipleOf: 1)
    let parts = (RowsLimits.enoughTasks + bands.count * groups - 1) / (bands.count * groups)
    let channels = Steps(count: targetChannels, step: .max - Self.panel, parts: parts, multipleOf: Self.panel)
    ThreadPool.run(blocks: bands.count * groups * channels.count) { task in
      let (band, group) = (task / channels.count / groups, task / channels.count % groups)
      RowsBand(self, rows: bands[band], group: group).run(
        source, packed: packed + group * packedCount, channels: channels[task % channels.count], epilogue: epilogue,
        result: result)
    }
  }

  /// Rows of places of a band: enough work for a task, as long as there are enough tasks, and no more than the cache holds
  /// of what they see.
  private var rowsOfBand: Int {
    let positions = max(columns.places.count, 1)
    let patch = phases.map(\.taps.count).max() ?? 0
    let enough = RowsLimits.taskWork / max(patch * sourceChannels * targetChannels, 1)
    let even = images * rows.places.count * positions / RowsLimits.evenTasks
    let wanted = max(RowsLimits.positions, min(enough, even))
    let perBand = (wanted + positions - 1) / positions
    guard !isInPlace else { return perBand }
    let row = max(width * pixel, 1)
    let held = (RowsLimits.heldElements / row - rows.offsets.count) / rows.laidOutStep + 1
    return max(1, min(perBand, held))
  }
}

/// How the work is cut: by its size only, never by the number of threads.
enum RowsLimits {
  /// Positions of a band: eight tiles of 14, so that each element of the weights that comes from the third-level cache is
  /// used for two cycles at least.
  static let positions = 112
  /// Multiplications worth a task, and tasks that a task may be a share of.
  static let taskWork = 8_000_000
  static let evenTasks = 32
  /// Elements of a band that the second-level cache holds besides the weights of a slice.
  static let heldElements = 96 << 10
  /// Elements of a patch that are summed before the next slice of the weights: with 32 channels, 128 KiB.
  static let sliceElements = 1024
  /// Tasks that suffice for even shares.
  static let enoughTasks = 16
  /// Elements between laid out pixels that would otherwise crowd.
  static let gap = 16

  /// Whether neighbouring positions, so many elements apart, fall into the same few sets of the first-level cache.
  static func crowds(distance: Int) -> Bool { distance > 0 && distance.isMultiple(of: 1024) }
}
