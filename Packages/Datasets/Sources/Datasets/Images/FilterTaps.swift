/// For each output pixel of one axis, the input pixels it is made of and their weights, which sum to 1.
struct FilterTaps: Sendable {
  /// The first input pixel of each output pixel.
  private(set) var first: [Int] = []
  /// Where the weights of each output pixel begin, and at last where they end.
  private(set) var start = [0]
  private(set) var weights: [Float] = []
  /// The weights times 2²², rounded: what Pillow resizes bytes with.
  private(set) var wholeWeights: [Int32] = []

  /// The binary places of ``wholeWeights``: a sum of bytes and a filter's overshoot stays within 32 bits.
  static let wholeBits = 22

  /// Output pixel `i` of `output` has its centre at `(i + ½) · input / output` of the input pixels, whose centres are at
  /// `j + ½`; beyond the edge there are no pixels. Only those of `pixels` are made, numbered from 0.
  init(from input: Int, to output: Int, _ pixels: Range<Int>, filter: ResamplingFilter) {
    let scale = Double(input) / Double(output)
    let stretch = max(scale, 1)
    let reach = filter.support * stretch
    for pixel in pixels {
      let center = (Double(pixel) + 0.5) * scale
      let low = max(0, Int(center - reach + 0.5))
      let high = min(input, Int(center + reach + 0.5))
      let raw = (low..<high).map { filter.weight((Double($0) - center + 0.5) * (1 / stretch)) }
      let sum = raw.reduce(0, +)
      first.append(low)
      for weight in raw {
        let share = sum == 0 ? weight : weight / sum
        weights.append(Float(share))
        wholeWeights.append(Int32((share * Double(1 << Self.wholeBits)).rounded(.toNearestOrAwayFromZero)))
      }
      start.append(weights.count)
    }
  }

  /// The number of weights of output pixel `pixel`.
  @inline(__always)
  func count(_ pixel: Int) -> Int { start[pixel + 1] - start[pixel] }
}
