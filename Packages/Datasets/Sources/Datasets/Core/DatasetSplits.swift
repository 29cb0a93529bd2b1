/// A data set cut into what is learnt from and what is only measured with.
public struct DatasetSplits: Sendable {
  /// What the weights, and every statistic of preprocessing, are learnt from.
  public let training: ImageDataset
  /// What settings may be chosen by, when there is one.
  public let validation: ImageDataset?
  /// What the final figure is measured with. It chooses nothing.
  public let test: ImageDataset

  /// The parts of a data set.
  public init(training: ImageDataset, validation: ImageDataset? = nil, test: ImageDataset) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// The same with `fraction` of the training images held out for validation, stratified and seeded.
  ///
  /// - Throws: ``DatasetError`` when either part would be empty.
  public func holdingOutValidation(fraction: Double, seed: UInt64) throws(DatasetError) -> DatasetSplits {
    let parts = try training.stratifiedSplit(fraction: fraction, seed: seed)
    return DatasetSplits(training: parts.remaining, validation: parts.chosen, test: test)
  }
}
