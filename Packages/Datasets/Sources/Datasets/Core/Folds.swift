import TensorCore

/// The two parts of a set in one round of cross-validation, by the numbers of their samples, each ascending.
public struct Fold: Sendable, Hashable {
  /// What is learnt from.
  public let training: [Int]
  /// What is measured with.
  public let validation: [Int]
}

extension ImageDataset {
  /// Cuts the set into `count` parts, each class spread over them as evenly as it goes; each part is the validation
  /// images of one round, all others its training images.
  ///
  /// ```swift
  /// for fold in try digits.folds(5, seed: 1) {
  ///   try fit(digits.subset(fold.training), validation: digits.subset(fold.validation))
  /// }
  /// ```
  /// The same set, number and seed give the same parts everywhere.
  ///
  /// - Throws: ``DatasetError`` unless there are at least 2 parts and as many images.
  public func folds(_ count: Int, seed: UInt64) throws(DatasetError) -> [Fold] {
    guard count >= 2, count <= self.count else {
      throw DatasetError(.malformed, information.name, expected: "2 to \(self.count) folds", found: "\(count)")
    }
    var random = RandomStream(seed: seed)
    var foldOf = [Int](repeating: 0, count: self.count)
    // Each class goes on where the one before ended, so that the parts are of equal size too.
    var next = 0
    for members in indicesOfClasses {
      for position in shuffledIndices(count: members.count, using: &random) {
        foldOf[members[position]] = next % count
        next += 1
      }
    }
    return (0..<count).map { fold in
      Fold(
        training: foldOf.indices.filter { foldOf[$0] != fold },
        validation: foldOf.indices.filter { foldOf[$0] == fold })
    }
  }

  /// Cuts the set in three, each class in the same proportions: to learn from, to choose settings by, and for the final
  /// figure.
  ///
  /// - Parameters:
  ///   - validation: the share of the images for validation.
  ///   - test: the share for test.
  ///   - seed: the seed of the choice.
  /// - Throws: ``DatasetError`` when a part would be empty.
  public func threeWaySplit(
    validation: Double, test: Double, seed: UInt64
  ) throws(DatasetError) -> DatasetSplits {
    guard validation > 0, test > 0, validation + test < 1 else {
      throw DatasetError(
        .malformed, information.name, expected: "shares above 0 that leave images for training",
        found: "\(validation) and \(test)")
    }
    let first = try stratifiedSplit(fraction: test, seed: seed)
    let second = try first.remaining.stratifiedSplit(fraction: validation / (1 - test), seed: seed)
    return DatasetSplits(training: second.remaining, validation: second.chosen, test: first.chosen)
  }
}
