import CKernels

/// A pass over channels-last maps in which each element of the target is a sum over what it sees of the source: the forward
/// pass of a convolution, or the gradient of its input.
///
/// The target is cut into bands of rows, a thread's work at a time. What a band sees of the source is laid out with zeros
/// around and stays in the second-level cache; where nothing is seen from outside the image it is read where it lies.
struct RowsPass: Sendable {
  /// What is seen by one group of channels.
  let source: RowsSource
  let groups: Int
  /// Channels of a group of the target.
  let targetChannels: Int
  let phases: [RowsPhase]

  init(rows: RowsAxis, columns: RowsAxis, images: Int, groups: Int, sourceChannels: Int, targetChannels: Int) {
    source = RowsSource(
      rows: rows, columns: columns, images: images, channels: sourceChannels * groups, count: sourceChannels)
    self.groups = groups
    self.targetChannels = targetChannels
    phases = RowsPhase.all(of: source, weightsOfElement: (targetChannels + Self.panel - 1) / Self.panel * Self.panel)
  }

  /// Channels of a panel of packed weights.
  static var panel: Int { nt_gemm_tile_f32().columns }

  /// Elements of the packed weights of a group.
  var packedCount: Int {
    phases.reduce(0) { $0 + $1.taps.count } * source.count
      * ((targetChannels + Self.panel - 1) / Self.panel * Self.panel)
  }

  func run(
    _ map: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    let bands = Steps(count: source.lines, step: linesOfBand, parts: 1, multipleOf: 1)
    let parts = (RowsLimits.enoughTasks + bands.count * groups - 1) / (bands.count * groups)
    let isRare = bands.count < RowsLimits.reusingBands
    // The first panel of a task comes from memory unasked: two of them, where enough tasks are left.
    let isWide = isRare && bands.count * groups * targetChannels >= RowsLimits.enoughTasks * Self.panel
    let unit = isWide ? 2 * Self.panel : Self.panel
    let channels = Steps(count: targetChannels, step: .max - unit, parts: parts, multipleOf: unit)
    // What several tasks see is laid out once.
    let shared = channels.count > 1 && !source.isInPlace ? layOut(bands, map) : nil
    run(blocks: bands.count * groups * channels.count) { task in
      let place = task / channels.count
      run(
        RowsBand(source, lines: bands[place / groups]), place % groups, channels[task % channels.count], map,
        laidOut: shared.map { $0[place] }, packed + place % groups * packedCount, isRare: isRare, epilogue, result)
    }
    withExtendedLifetime(shared) {}
  }

  /// Bands and groups of what is seen, laid out.
  private func layOut(_ bands: Steps, _ map: UnsafePointer<Float>) -> [Storage<Float>] {
    let places = (0..<bands.count * groups).map { place in
      let band = RowsBand(source, lines: bands[place / groups])
      return (band: band, storage: Storage<Float>(count: band.laidOutCount))
    }
    run(blocks: places.count) { index in
      let place = places[index]
      place.band.layOut(map, firstChannel: index % groups * source.count, to: place.storage.start)
    }
    return places.map(\.storage)
  }

  /// Spreads blocks over the threads, unless all of them together are less work than waking one.
  private func run(blocks: Int, _ body: (Int) -> Void) {
    let taps = phases.reduce(0) { $0 + $1.taps.count }
    let work =
      source.lines * source.columns.places.count * taps * source.count * groups * max(targetChannels, Self.panel / 2)
    if work > RowsLimits.aloneWork { return ThreadPool.run(blocks: blocks, body) }
    for block in 0..<blocks { body(block) }
  }

  /// Rows of places of a band: enough work for a task, as long as there are enough tasks, and no more than the cache holds
  /// of what they see.
  private var linesOfBand: Int {
    let positions = max(source.columns.places.count, 1)
    let patch = phases.map(\.taps.count).max() ?? 0
    let enough = RowsLimits.taskWork / max(patch * source.count * targetChannels, 1)
    let even = source.lines * positions / RowsLimits.evenTasks
    let wanted = max(RowsLimits.positions, min(enough, even))
    return source.heldLines((wanted + positions - 1) / positions)
  }

  /// Some channels of a group at the places of a band.
  private func run(
    _ band: RowsBand, _ group: Int, _ channels: Range<Int>, _ map: UnsafePointer<Float>, laidOut: Storage<Float>?,
    _ packed: UnsafePointer<Float>, isRare: Bool, _ epilogue: ConvolutionEpilogue,
    _ result: UnsafeMutablePointer<Float>
  ) {
    let own = Storage<Float>(count: laidOut == nil ? band.laidOutCount : 0), laidOut = laidOut ?? own
    if !source.isInPlace, laidOut === own { band.layOut(map, firstChannel: group * source.count, to: own.start) }
    let from = source.isInPlace ? map + group * source.count : UnsafePointer(laidOut.start)
    RowsTable(count: band.places).use { sources, places in
      for phase in phases {
        var product = nt_rows_product()
        product.positions = band.list(
          phase, pixel: epilogue.pixel ?? targetChannels * groups, sources: sources, places: places)
        product.sources = UnsafePointer(sources)
        product.places = UnsafePointer(places)
        product.first = group * targetChannels + channels.lowerBound
        product.count = channels.count
        product.is_rare = isRare
        let patch = phase.taps.count * source.count
        product.panel = Self.panel * patch
        let weights = packed + phase.packedOffset + channels.lowerBound * patch
        let following = channels.upperBound < targetChannels ? weights + channels.count * patch : nil
        if product.positions > 0 { multiply(phase, product, from, weights, following, epilogue, result) }
      }
    }
    withExtendedLifetime((own, laidOut)) {}
  }

  /// One slice of the patch after the other; the last one completes the sums. Those of the next channels are `following`.
  private func multiply(
    _ phase: RowsPhase, _ positions: nt_rows_product, _ from: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ following: UnsafePointer<Float>?, _ epilogue: ConvolutionEpilogue, _ result: UnsafeMutablePointer<Float>
  ) {
    var product = positions
    var end = epilogue.kernelArguments
    let finishes = epilogue.changesSums
    phase.offsets.withUnsafeBufferPointer { offsets in
      for (index, slice) in phase.slices.enumerated() {
        product.patch.segments = slice.segments.count
        product.patch.depth = slice.depth.count
        product.patch.offsets = offsets.baseAddress.map { $0 + slice.segments.lowerBound }
        product.source = from + slice.depth.lowerBound
        product.weight = weights + phase.start(of: slice) * Self.panel
        let isLast = index == phase.slices.count - 1
        product.next = isLast ? following : weights + phase.start(of: phase.slices[index + 1]) * Self.panel
        product.accumulate = index > 0
        if finishes, isLast {
          nt_rows_multiply(&product, &end, result)
        } else {
          nt_rows_multiply(&product, nil, result)
        }
      }
    }
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
  /// Multiplications that one thread does alone: about four microseconds.
  static let aloneWork = 1 << 19
  /// Elements of a band that the second-level cache holds besides the weights of a slice.
  static let heldElements = 96 << 10
  /// Elements of a patch that are summed before the next slice of the weights: with 32 channels, 128 KiB.
  static let sliceElements = 1024
  /// Bands from which on weights are used so often that they come from a cache.
  static let reusingBands = 4
  /// Tasks that suffice for even shares.
  static let enoughTasks = 16
  /// Elements between laid out pixels that would otherwise crowd.
  static let gap = 16
  /// A multiple of this distance, in elements, brings the positions of a tile into the same set of the first-level cache.
  static let crowd = 1024
}

extension ConvolutionEpilogue {
  /// Whether anything happens to the sums.
  fileprivate var changesSums: Bool { bias != nil || addend != nil || lower > -.infinity || upper < .infinity }
}
