import TensorCore

extension ImageDataset {
  /// Cuts the set in two, each class in the same proportion.
  ///
  /// Of a class of `n` images, `n · fraction` rounded to the nearest number are chosen at random. Both parts keep
  /// the order of the set. The same set, fraction and seed give the same parts everywhere.
  ///
  /// - Parameters:
  ///   - fraction: the share of `chosen`, between 0 and 1.
  ///   - seed: the seed of the choice.
  /// - Throws: ``DatasetError`` when either part would be empty.
  public func stratifiedSplit(
    fraction: Double, seed: UInt64
  ) throws(DatasetError) -> (remaining: ImageDataset, chosen: ImageDataset) {
    let indices = stratifiedIndices(fraction: fraction, seed: seed)
    guard !indices.remaining.isEmpty, !indices.chosen.isEmpty else {
      throw DatasetError(
        .empty, information.name, expected: "a fraction of \(count) images that leaves images on both sides",
        found: "fraction \(fraction), which gives \(indices.remaining.count) and \(indices.chosen.count)")
    }
    return (subset(indices.remaining), subset(indices.chosen))
  }

  /// The indices of the two parts, each ascending.
  func stratifiedIndices(fraction: Double, seed: UInt64) -> (remaining: [Int], chosen: [Int]) {
    guard fraction >= 0, fraction <= 1 else {
      stop("stratifiedSplit", "the fraction must be between 0 and 1, not \(fraction)")
    }
    var random = RandomStream(seed: seed)
    var isChosen = [Bool](repeating: false, count: count)
    for members in indicesOfClasses {
      let number = Int((Double(members.count) * fraction).rounded())
      for position in shuffledIndices(count: members.count, using: &random).prefix(number) {
        isChosen[members[position]] = true
      }
    }
    let all = 0..<count
    return (all.filter { !isChosen[$0] }, all.filter { isChosen[$0] })
  }
}
