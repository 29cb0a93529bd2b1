extension RandomStream {
  /// A number of `[0, 1)`: one of 2⁵³ equal steps.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number of the normal distribution with mean 0 and deviation 1. From a uniform one, by the inverse of the distribution function.
  public mutating func normal() -> Double {
    normalQuantile((Double(next() >> 12) + 0.5) * 0x1p-52)
  }

  /// One of `0..<bound`, each equally likely.
  ///
  /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019). The high half of a
  /// product by `bound`; the few low halves that would favour some results are drawn again.
  public mutating func integer(below bound: Int) -> Int {
    guard bound > 0 else { stop("random", "there is no number of at least 0 below \(bound)") }
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}
