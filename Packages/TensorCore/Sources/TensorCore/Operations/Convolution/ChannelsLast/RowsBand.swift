import CKernels

/// Some rows of places of a pass: one thread's work at a time. Knows where they look and where their results lie.
struct RowsBand {
  private let source: RowsSource
  /// Rows of one image each.
  private let pieces: [Piece]

  private struct Piece {
    let image: Int
    let rows: Range<Int>
    /// Where its first row lies among the rows that are laid out.
    let start: Int
  }

  /// - Parameter range: rows of places, counted over all images.
  init(_ source: RowsSource, lines range: Range<Int>) {
    self.source = source
    var pieces: [Piece] = [], next = range.lowerBound, start = 0
    let height = source.rows.places.count
    while next < range.upperBound {
      let image = next / height
      let end = min(range.upperBound, (image + 1) * height)
      let first = source.rows.places.lowerBound - image * height
      pieces.append(Piece(image: image, rows: first + next..<first + end, start: start))
      start += source.rows.extent(of: end - next)
      next = end
    }
    self.pieces = pieces
  }

  /// The places of the band: no phase has more positions.
  var places: Int { pieces.reduce(0) { $0 + $1.rows.count } * source.columns.places.count }

  /// The elements that ``layOut(_:firstChannel:to:)`` writes.
  var laidOutCount: Int {
    source.isInPlace ? 0 : pieces.reduce(0) { $0 + source.rows.extent(of: $1.rows.count) } * source.width * source.pixel
  }

  /// Lays out what the band sees of `count` channels of the map.
  func layOut(_ map: UnsafePointer<Float>, firstChannel: Int, to target: UnsafeMutablePointer<Float>) {
    let (rows, columns) = (source.rows, source.columns)
    for piece in pieces {
      var rectangle = nt_rows_rectangle(
        height: rows.sourceLength, width: columns.sourceLength, channels: source.channels,
        first_channel: firstChannel, count: source.count,
        first_row: rows.start(of: piece.rows.lowerBound), rows: rows.extent(of: piece.rows.count),
        row_step: rows.skips ? rows.step : 1,
        first_column: columns.start(of: columns.places.lowerBound), columns: source.width,
        column_step: columns.skips ? columns.step : 1, pixel: source.pixel)
      nt_rows_copy(
        &rectangle, map + piece.image * rows.sourceLength * columns.sourceLength * source.channels,
        target + piece.start * source.width * source.pixel)
    }
  }

  /// Lists the positions of a phase: where their patches begin, and where their results lie in a map whose pixels are `pixel` elements apart;
  /// returns how many there are.
  func list(
    _ phase: RowsPhase, pixel: Int, sources: UnsafeMutablePointer<Int>, places: UnsafeMutablePointer<Int>
  ) -> Int {
    let (rows, columns) = (source.rows, source.columns)
    let xs = columns.places(of: phase.column, in: columns.places)
    let sourceStep = (source.isInPlace ? columns.step : columns.laidOutStep) * source.pixel
    let placeStep = columns.targetStep * pixel
    var count = 0
    for piece in pieces {
      for y in rows.places(of: phase.row, in: piece.rows) {
        var from = (row(y, of: piece) * source.width + column(xs.lowerBound)) * source.pixel
        let line = piece.image * rows.targetLength + y * rows.targetStep + phase.row.origin
        let x = xs.lowerBound * columns.targetStep + phase.column.origin
        var place = (line * columns.targetLength + x) * pixel
        for index in count..<count + xs.count {
          sources[index] = from
          places[index] = place
          from += sourceStep
          place += placeStep
        }
        count += xs.count
      }
    }
    return count
  }

  /// The row of the map, or of what is laid out, where the patches of row `y` of places begin.
  private func row(_ y: Int, of piece: Piece) -> Int {
    if source.isInPlace { return piece.image * source.rows.sourceLength + source.rows.start(of: y) }
    return piece.start + (y - piece.rows.lowerBound) * source.rows.laidOutStep
  }

  private func column(_ x: Int) -> Int {
    if source.isInPlace { return source.columns.start(of: x) }
    return (x - source.columns.places.lowerBound) * source.columns.laidOutStep
  }
}

/// Memory of the pool for the positions of a band.
struct RowsTable {
  private let storage: Storage<Int64>
  private let count: Int

  init(count: Int) {
    storage = Storage(count: 2 * count)
    self.count = count
  }

  /// Calls `body` with memory for the beginnings of patches and for places.
  func use(_ body: (_ sources: UnsafeMutablePointer<Int>, _ places: UnsafeMutablePointer<Int>) -> Void) {
    withExtendedLifetime(storage) {
      let start = UnsafeMutableRawPointer(storage.start).bindMemory(to: Int.self, capacity: 2 * count)
      body(start, start + count)
    }
  }
}
