import TensorCore

/// Some samples, ready for a network.
public struct Batch: Sendable {
  /// The prepared images, `[N, C, H, W]`.
  public let images: Tensor<Float>
  /// Their classes, `[N]`.
  public let labels: Tensor<Int64>
  /// The batch's number within its epoch, from 0.
  public let number: Int
  /// The number of each sample in its data set.
  public let sampleIndices: [Int]
  /// Why the first of its images that is missing could not be read, if one is missing: it is black.
  public let failure: FileError?

  /// The number of samples.
  public var count: Int { sampleIndices.count }
}
