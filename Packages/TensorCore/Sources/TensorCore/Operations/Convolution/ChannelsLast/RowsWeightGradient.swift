import CKernels

/// The gradient of the weights of a channels-last convolution: sums over all positions of the products of what they see with
/// the gradient of the output there (see conv_rows_outer.inc).
///
/// The weights are cut into parts, some channels by some filters, whose sums stay in cache; the positions into runs that have
/// sums of their own, added up in order when all are done. Both cuts depend on sizes only.
struct RowsWeightGradient: Sendable {
  private let groups: Int
  private let channels: Int
  private let filters: Int
  /// The channels of the parts, and what each part sees. The last part may have fewer channels, and a source of its own.
  private let channelParts: Steps
  private let sources: [RowsSource]
  private let phases: [RowsPhase]
  private let filterParts: Steps
  private let bands: Steps
  private let runs: Steps

  init(rows: RowsAxis, columns: RowsAxis, images: Int, groups: Int, channels: Int, filters: Int) {
    self.groups = groups
    self.channels = channels
    self.filters = filters
    let taps = rows.phases[0].taps.count * columns.phases[0].taps.count
    let pieces = (taps * channels + Limits.patch - 1) / Limits.patch
    let channelParts = Steps(count: channels, step: channels, parts: pieces, multipleOf: min(16, channels))
    sources = channelParts.map {
      RowsSource(
        rows: rows, columns: columns, images: images, channels: channels * groups, count: $0.count,
        crowd: Limits.crowd)
    }
    phases = sources.flatMap { RowsPhase.all(of: $0, weightsOfElement: 0) }
    filterParts = Steps(count: filters, step: Limits.filters, parts: 1, multipleOf: RowsPass.panel)
    let positions = max(columns.places.count, 1)
    let lines = sources[0].heldLines((Limits.positions + positions - 1) / positions)
    bands = Steps(count: sources[0].lines, step: lines, parts: 1, multipleOf: 1)
    let parts = channelParts.count * filterParts.count * groups
    let wanted = max(1, min(Limits.runs / parts, Limits.sumElements / max(taps * channels * filters * groups, 1)))
    runs = Steps(count: bands.count, step: bands.count, parts: wanted, multipleOf: 1)
    self.channelParts = channelParts
  }

  func run(_ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>) {
    let parts = parts
    let run = parts.last.map { $0.sums + $0.count } ?? 0
    let sums = Storage<Float>(count: run * runs.count)
    ThreadPool.run(blocks: parts.count * runs.count) { task in
      let part = parts[task % parts.count], number = task / parts.count
      add(part, bands: runs[number], gradient, input, to: sums.start + number * run + part.sums)
    }
    ThreadPool.run(blocks: parts.count) { index in
      let part = parts[index]
      let source = sources[part.channelPart]
      let taps = phases[part.channelPart].taps.count
      let filter = part.group * filters + part.filters.lowerBound
      let first = part.channels.lowerBound
      nt_rows_collect(
        runs.count, run, taps, source.count, part.filters.count, sums.start + part.sums,
        result + (filter * channels + first) * taps, channels * taps)
    }
    withExtendedLifetime(sums) {}
  }

  /// Some channels by some filters of a group.
  private struct Part {
    let group: Int
    let channelPart: Int
    let channels: Range<Int>
    let filters: Range<Int>
    /// Where its sums begin in those of a run, and how many there are: whole panels.
    let sums: Int
    let count: Int
  }

  private var parts: [Part] {
    var parts: [Part] = []
    var sums = 0
    for group in 0..<groups {
      for (index, channels) in channelParts.enumerated() {
        for filters in filterParts {
          let panels = (filters.count + RowsPass.panel - 1) / RowsPass.panel
          let count = phases[index].taps.count * channels.count * panels * RowsPass.panel
          parts.append(
            Part(
              group: group, channelPart: index, channels: channels, filters: filters, sums: sums, count: count))
          sums += count
        }
      }
    }
    return parts
  }

  /// The sums of a part over some bands.
  private func add(
    _ part: Part, bands numbers: Range<Int>, _ gradient: UnsafePointer<Float>, _ input: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    let source = sources[part.channelPart]
    var band = ListedBand(self, part, numbers.lowerBound)
    for number in numbers {
      let next = number + 1 < numbers.upperBound ? ListedBand(self, part, number + 1) : band
      let firstChannel = part.group * channels + part.channels.lowerBound
      let laidOut = Storage<Float>(count: band.band.laidOutCount)
      if !source.isInPlace { band.band.layOut(input, firstChannel: firstChannel, to: laidOut.start) }
      let from = source.isInPlace ? input + firstChannel : UnsafePointer(laidOut.start)
      multiply(part, band, next, gradient, from, accumulating: number > numbers.lowerBound, to: sums)
      withExtendedLifetime(laidOut) {}
      band = next
    }
  }

  /// Adds the products of one band.
  private func multiply(
    _ part: Part, _ band: ListedBand, _ next: ListedBand, _ gradient: UnsafePointer<Float>,
    _ from: UnsafePointer<Float>, accumulating: Bool, to sums: UnsafeMutablePointer<Float>
  ) {
    let phase = phases[part.channelPart]
    let panels = (part.filters.count + RowsPass.panel - 1) / RowsPass.panel
    let panel = band.count * RowsPass.panel
    let packed = Storage<Float>(count: panels * panel)
    let first = part.group * filters + part.filters.lowerBound
    nt_rows_pack_gradient(band.count, gradient, band.places, first, part.filters.count, packed.start, panel)
    // A shorter band has too few places for this one's loops; it is asked for by itself.
    let later = next.count < band.count ? band : next
    let sourceLines = sources[part.channelPart].isInPlace ? (part.channels.count + 15) / 16 : 0
    phase.offsets.withUnsafeBufferPointer { offsets in
      var product = nt_rows_outer_product(
        positions: band.count, source: from, sources: band.sources,
        patch: nt_rows_patch(segments: offsets.count, depth: phase.depth, offsets: offsets.baseAddress),
        gradient: packed.start, panel: panel, panels: panels, accumulate: accumulating,
        later: (
          nt_rows_later(start: gradient + first, places: later.places, lines: (part.filters.count + 15) / 16),
          nt_rows_later(start: from, places: later.sources, lines: sourceLines)
        ))
      nt_rows_outer(&product, sums)
    }
    withExtendedLifetime((packed, band, later)) {}
  }

  /// A band and its positions.
  private struct ListedBand {
    let band: RowsBand
    let count: Int
    let sources: UnsafeMutablePointer<Int>
    let places: UnsafeMutablePointer<Int>
    private let table: Storage<Int64>

    init(_ pass: RowsWeightGradient, _ part: Part, _ number: Int) {
      band = RowsBand(pass.sources[part.channelPart], lines: pass.bands[number])
      table = Storage(count: 2 * band.places)
      sources = UnsafeMutableRawPointer(table.start).bindMemory(to: Int.self, capacity: 2 * band.places)
      places = sources + band.places
      count = band.list(
        pass.phases[part.channelPart], pixel: pass.filters * pass.groups, sources: sources, places: places)
    }
  }

  private enum Limits {
    /// Elements of a patch and filters of a part: 640 KiB of sums, read and written once per band.
    static let patch = 640
    static let filters = 256
    /// Positions of a band, whose rows of a panel stay in the first-level cache.
    static let positions = 192
    /// Distance of positions, in elements, from which the second-level cache would hold too few of them.
    static let crowd = 2048
    /// Tasks, and elements of all sums.
    static let runs = 16
    static let sumElements = 1 << 22
  }
}
