/// One input of a case: its shape and the numbers in it.
///
/// A shape literal is enough: `[2, 3]`. All numbers are exact in Float, so that both precisions start from the same.
struct Input: Sendable, ExpressibleByArrayLiteral {
  let sizes: [Int]
  /// Where the numbers lie.
  var range: ClosedRange<Double> = -1...1
  /// The numbers themselves, where they matter.
  var elements: [Double]?

  init(_ sizes: [Int], in range: ClosedRange<Double> = -1...1) {
    self.sizes = sizes
    self.range = range
  }

  /// Numbers that are given.
  init(_ elements: [Double], shape sizes: [Int]) {
    self.sizes = sizes
    self.elements = elements
  }

  init(arrayLiteral sizes: Int...) { self.init(sizes) }

  /// An even grid over the range, shuffled: no two numbers tie, and none of a range around 0 comes near 0.
  func numbers(seed: UInt64) -> Reference {
    if let elements { return Reference(sizes, elements: elements.map(\.asFloat)) }
    var generator = SplitMix(state: seed &* 0x9E37_79B9)
    let count = sizes.reduce(1, *)
    let step = (range.upperBound - range.lowerBound) / Double(max(count, 1))
    let order = Array(0..<count).shuffled(using: &generator)
    return Reference(sizes, elements: order.map { (range.lowerBound + (Double($0) + 0.37) * step).asFloat })
  }
}

/// Steele, Lea and Flood's generator, so that the cases' numbers owe nothing to the library's.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// `count` whole numbers of `0..<bound`, for labels and indices.
func wholeNumbers(_ count: Int, below bound: Int, seed: UInt64 = 5) -> [Int64] {
  var generator = SplitMix(state: seed)
  return (0..<count).map { _ in Int64.random(in: 0..<Int64(bound), using: &generator) }
}
