import TensorCore

/// The order in which an epoch goes through the samples.
public enum SampleOrder: Sendable, Hashable {
  /// As they lie: for evaluation.
  case sequential
  /// A random order that depends on the seed and the epoch's number, from 0, only.
  case shuffled(seed: UInt64, epoch: Int)

  /// The sample numbers `0..<count` in this order.
  public func indices(count: Int) -> [Int] {
    switch self {
    case .sequential:
      return Array(0..<count)
    case .shuffled(let seed, let epoch):
      // Stream 0 of the seed is left to whoever draws weights with it.
      var random = RandomStream(key: seed, stream: UInt64(epoch) + 1, counter: 0)
      return shuffledIndices(count: count, using: &random)
    }
  }
}

/// The numbers `0..<count` in random order.
func shuffledIndices(count: Int, using random: inout RandomStream) -> [Int] {
  Tensor<Int64>.permutation(count: count, using: &random).scalars.map(Int.init)
}
