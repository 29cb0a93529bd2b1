import CKernels

/// The elements of the target that see the same taps: the pieces of a patch, and where its packed weights lie.
///
/// Taps that are neighbours in memory make one piece. The weights are packed as `[panel][tap][channel of the source]
/// [channel of the panel]`, phase after phase.
struct RowsPhase: Sendable {
  let row: RowsAxis.Phase
  let column: RowsAxis.Phase
  /// Rows and columns of the kernel, in the order of the packed weights.
  let taps: [(row: Int, column: Int)]
  /// The elements of a piece, and where the pieces begin.
  let depth: Int
  let offsets: [Int]
  let slices: [Slice]
  /// Where the phase's weights begin in those of a group.
  let packedOffset: Int

  /// - Parameter weightsOfElement: the packed weights of an element of the patch.
  static func all(of source: RowsSource, weightsOfElement: Int) -> [RowsPhase] {
    var phases: [RowsPhase] = []
    var offset = 0
    for row in source.rows.phases {
      for column in source.columns.phases {
        let phase = RowsPhase(row, column, of: source, packedOffset: offset)
        offset += phase.taps.count * source.count * weightsOfElement
        phases.append(phase)
      }
    }
    return phases
  }

  private init(_ row: RowsAxis.Phase, _ column: RowsAxis.Phase, of source: RowsSource, packedOffset: Int) {
    self.row = row
    self.column = column
    self.packedOffset = packedOffset
    taps = row.taps.flatMap { row in column.taps.map { (row: row.tap, column: $0.tap) } }
    let steps = zip(column.taps, column.taps.dropFirst()).map { $1.offset - $0.offset }
    let isOnePiece = source.pixel == source.count && steps.allSatisfy { $0 == 1 }
    depth = (isOnePiece ? column.taps.count : 1) * source.count
    let starts = isOnePiece ? column.taps.prefix(1) : column.taps[...]
    let corner = (row: source.rows.offsets.lowerBound, column: source.columns.offsets.lowerBound)
    offsets = row.taps.flatMap { row in
      starts.map { ((row.offset - corner.row) * source.width + $0.offset - corner.column) * source.pixel }
    }
    slices = Self.slices(of: offsets, depth: depth)
  }

  /// A part of the patch for which the weights of a panel stay in the second-level cache.
  struct Slice: Sendable {
    let segments: Range<Int>
    let depth: Range<Int>
  }

  /// The element of the patch with which a slice begins.
  func start(of slice: Slice) -> Int { slice.segments.lowerBound * depth + slice.depth.lowerBound }

  /// The slices in their order; one without elements for a phase that sees nothing, whose sums are zero.
  private static func slices(of offsets: [Int], depth: Int) -> [Slice] {
    guard !offsets.isEmpty else { return [Slice(segments: 0..<0, depth: 0..<0)] }
    if depth > RowsLimits.sliceElements {
      let parts = (depth + RowsLimits.sliceElements - 1) / RowsLimits.sliceElements
      let depths = Steps(count: depth, step: .max - 16, parts: parts, multipleOf: 16)
      return offsets.indices.flatMap { segment in
        depths.map { Slice(segments: segment..<segment + 1, depth: $0) }
      }
    }
    let step = max(1, RowsLimits.sliceElements / max(depth, 1))
    let segments = Steps(count: offsets.count, step: step, parts: 1, multipleOf: 1)
    return segments.map { Slice(segments: $0, depth: 0..<depth) }
  }
}
