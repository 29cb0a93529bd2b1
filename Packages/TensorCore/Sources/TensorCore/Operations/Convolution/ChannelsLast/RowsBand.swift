import CKernels

/// Some rows of places of a pass, in one group of channels: one thread's work at a time.
struct RowsBand {
  private let pass: RowsPass
  private let group: Int
  /// Rows of one image each.
  private let pieces: [Piece]

  private struct Piece {
    let image: Int
    let rows: Range<Int>
    /// Where its first row lies among the rows that are laid out.
    let start: Int
  }

  /// - Parameter range: rows of places, counted over all images.
  init(_ pass: RowsPass, rows range: Range<Int>, group: Int) {
    self.pass = pass
    self.group = group
    var pieces: [Piece] = [], next = range.lowerBound, start = 0
    let height = pass.rows.places.count
    while next < range.upperBound {
      let image = next / height
      let end = min(range.upperBound, (image + 1) * height)
      let first = pass.rows.places.lowerBound - image * height
      pieces.append(Piece(image: image, rows: first + next..<first + end, start: start))
      start += pass.rows.extent(of: end - next)
      next = end
    }
    self.pieces = pieces
  }

  func run(
    _ source: UnsafePointer<Float>, packed: UnsafePointer<Float>, channels: Range<Int>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    let laidOut = Storage<Float>(count: pass.isInPlace ? 0 : laidOutRows * pass.width * pass.pixel)
    let positions = pieces.reduce(0) { $0 + $1.rows.count } * pass.columns.places.count
    let table = Storage<Int64>(count: 2 * positions)
    let sources = UnsafeMutableRawPointer(table.start).assumingMemoryBound(to: Int.self)
    if !pass.isInPlace { layOut(source, laidOut.start) }
    let from = pass.isInPlace ? source + group * pass.sourceChannels : UnsafePointer(laidOut.start)
    for phase in pass.phases {
      let count = list(phase, sources, sources + positions)
      guard count > 0 else { continue }
      var product = nt_rows_product()
      product.positions = count
      product.sources = UnsafePointer(sources)
      product.places = UnsafePointer(sources + positions)
      multiply(phase, product, from, packed, channels, epilogue, result)
    }
    withExtendedLifetime((laidOut, table)) {}
  }

  /// One slice of the patch after the other; the last one completes the sums.
  private func multiply(
    _ phase: RowsPhase, _ positions: nt_rows_product, _ source: UnsafePointer<Float>, _ packed: UnsafePointer<Float>,
    _ channels: Range<Int>, _ epilogue: ConvolutionEpilogue, _ result: UnsafeMutablePointer<Float>
  ) {
    let slices = phase.slices
    let patch = phase.taps.count * pass.sourceChannels
    let weights = packed + phase.packedOffset + channels.lowerBound * patch
    var product = positions
    product.panel = RowsPass.panel * patch
    product.first = group * pass.targetChannels + channels.lowerBound
    product.count = channels.count
    var end = epilogue.kernelArguments
    let finishes = epilogue.changesSums
    phase.offsets.withUnsafeBufferPointer { offsets in
      for (index, slice) in slices.enumerated() {
        product.patch.segments = slice.segments.count
        product.patch.depth = slice.depth.count
        product.patch.offsets = offsets.baseAddress.map { $0 + slice.segments.lowerBound }
        product.source = source + slice.depth.lowerBound
        product.weight =
          weights + (slice.segments.lowerBound * phase.depth + slice.depth.lowerBound) * RowsPass.panel
        product.accumulate = index > 0
        if finishes, index == slices.count - 1 {
          nt_rows_multiply(&product, &end, result)
        } else {
          nt_rows_multiply(&product, nil, result)
        }
      }
    }
  }

  private var laidOutRows: Int { pieces.reduce(0) { $0 + pass.rows.extent(of: $1.rows.count) } }

  private func layOut(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    let (rows, columns, channels) = (pass.rows, pass.columns, pass.sourceChannels * pass.groups)
    for piece in pieces {
      var rectangle = nt_rows_rectangle(
        height: rows.sourceLength, width: columns.sourceLength, channels: channels,
        first_channel: group * pass.sourceChannels, count: pass.sourceChannels,
        first_row: rows.start(of: piece.rows.lowerBound), rows: rows.extent(of: piece.rows.count),
        row_step: rows.skips ? rows.step : 1,
        first_column: columns.start(of: columns.places.lowerBound), columns: pass.width,
        column_step: columns.skips ? columns.step : 1, pixel: pass.pixel)
      nt_rows_copy(
        &rectangle, source + piece.image * rows.sourceLength * columns.sourceLength * channels,
        target + piece.start * pass.width * pass.pixel)
    }
  }

  /// Lists the positions of a phase: where their patches begin and where their results lie; returns how many there are.
  private func list(
    _ phase: RowsPhase, _ sources: UnsafeMutablePointer<Int>, _ places: UnsafeMutablePointer<Int>
  ) -> Int {
    let (rows, columns) = (pass.rows, pass.columns)
    let channels = pass.targetChannels * pass.groups
    let xs = columns.places(of: phase.column, in: columns.places)
    let sourceStep = (pass.isInPlace ? columns.step : columns.laidOutStep) * pass.pixel
    let placeStep = columns.targetStep * channels
    var count = 0
    for piece in pieces {
      for y in rows.places(of: phase.row, in: piece.rows) {
        var source = (row(y, of: piece) * pass.width + column(xs.lowerBound)) * pass.pixel
        let line = piece.image * rows.targetLength + y * rows.targetStep + phase.row.origin
        let x = xs.lowerBound * columns.targetStep + phase.column.origin
        var place = (line * columns.targetLength + x) * channels
        for index in count..<count + xs.count {
          sources[index] = source
          places[index] = place
          source += sourceStep
          place += placeStep
        }
        count += xs.count
      }
    }
    return count
  }

  /// The row of the source, or of what is laid out, where the patches of row `y` of places begin.
  private func row(_ y: Int, of piece: Piece) -> Int {
    if pass.isInPlace { return piece.image * pass.rows.sourceLength + pass.rows.start(of: y) }
    return piece.start + (y - piece.rows.lowerBound) * pass.rows.laidOutStep
  }

  private func column(_ x: Int) -> Int {
    if pass.isInPlace { return pass.columns.start(of: x) }
    return (x - pass.columns.places.lowerBound) * pass.columns.laidOutStep
  }
}

extension ConvolutionEpilogue {
  /// Whether anything happens to the sums.
  var changesSums: Bool { bias != nil || addend != nil || lower > -.infinity || upper < .infinity }
}
