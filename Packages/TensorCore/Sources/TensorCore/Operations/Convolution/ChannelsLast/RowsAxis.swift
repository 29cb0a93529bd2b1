/// One axis of a pass over channels-last maps that goes from places q to elements of the source and of the target:
///
///     source element  q · step + offset of the tap
///     target element  q · targetStep + origin of the phase
///
/// Forward, places are the outputs, `step` is the stride and there is one phase. For the gradient of the input, with stride S,
/// input element i lies at i + before = q S + ρ of the padded input: the elements of phase ρ see the taps r with
/// r · dilation ≡ ρ (mod S), each at the gradient's element q - (r · dilation - ρ) / S. Nothing is scattered, and no product
/// with the zeros between strided outputs is made.
struct RowsAxis: Sendable {
  /// The elements of the target that see the same taps.
  struct Phase: Sendable {
    let origin: Int
    /// The taps and where they look, by rising offset.
    var taps: [(tap: Int, offset: Int)]
  }

  let step: Int
  let targetStep: Int
  let sourceLength: Int
  let targetLength: Int
  let places: Range<Int>
  let phases: [Phase]
  /// The least and the largest offset of all taps.
  let offsets: ClosedRange<Int>

  /// The forward pass.
  init(forward window: SlidingWindow, length: Int, outputLength: Int) {
    let taps = (0..<window.size).map { (tap: $0, offset: $0 * window.dilation - window.before) }
    self.init(
      step: window.stride, targetStep: 1, sourceLength: length, targetLength: outputLength, places: 0..<outputLength,
      phases: [Phase(origin: 0, taps: taps)])
  }

  /// The gradient of the input.
  init(backward window: SlidingWindow, length: Int, outputLength: Int) {
    let stride = window.stride
    let phases = (0..<stride).map { residue in
      let taps = (0..<window.size).reversed().filter { $0 * window.dilation % stride == residue }
      return Phase(
        origin: residue - window.before,
        taps: taps.map { (tap: $0, offset: (residue - $0 * window.dilation) / stride) })
    }
    self.init(
      step: 1, targetStep: stride, sourceLength: outputLength, targetLength: length,
      places: window.before / stride..<(window.before + length - 1) / stride + 1, phases: phases)
  }

  private init(
    step: Int, targetStep: Int, sourceLength: Int, targetLength: Int, places: Range<Int>, phases: [Phase]
  ) {
    self.step = step
    self.targetStep = targetStep
    self.sourceLength = sourceLength
    self.targetLength = targetLength
    self.places = places
    self.phases = phases
    let all = phases.flatMap { $0.taps.map(\.offset) }
    offsets = (all.min() ?? 0)...(all.max() ?? 0)
  }

  /// Whether one element of the source serves a place, so that those between need not be laid out.
  var skips: Bool { step > 1 && offsets.count == 1 }

  /// Whether every place sees elements inside the source only.
  var isInside: Bool {
    places.lowerBound * step + offsets.lowerBound >= 0
      && (places.upperBound - 1) * step + offsets.upperBound < sourceLength
  }

  /// The distance of neighbouring places where the source is laid out.
  var laidOutStep: Int { skips ? 1 : step }

  /// The elements that so many neighbouring places see.
  func extent(of count: Int) -> Int { (count - 1) * laidOutStep + offsets.count }

  /// The first element of the source that a place sees.
  func start(of place: Int) -> Int { place * step + offsets.lowerBound }

  /// The places of a phase whose element lies inside the target.
  func places(of phase: Phase, in range: Range<Int>) -> Range<Int> {
    let least = max(range.lowerBound, (max(0, -phase.origin) + targetStep - 1) / targetStep)
    let most = (targetLength - 1 - phase.origin) / targetStep + 1
    return least..<max(least, min(range.upperBound, most))
  }
}
