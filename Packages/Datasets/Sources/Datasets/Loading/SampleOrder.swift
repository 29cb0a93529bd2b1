import TensorCore

/// The order in which an epoch goes through the samples.
public enum SampleOrder: Sendable, Hashable {
  /// As they lie: for evaluation.
  case sequential
  /// A random order that depends on the seed and the epoch's number, from 0, only.
  case shuffled(seed: UInt64, epoch: Int)
  /// The samples of these numbers, which may be fewer than there are or repeat.
  case given([Int])

  /// The sample numbers of an epoch over `count` samples in this order. Stops when a given one is not in `0..<count`.
  public func indices(count: Int) -> [Int] {
    switch self {
    case .sequential:
      return Array(0..<count)
    case .shuffled(let seed, let epoch):
      var random = Self.random(seed: seed, epoch: epoch)
      return shuffledIndices(count: count, using: &random)
    case .given(let indices):
      guard let wrong = indices.first(where: { !(0..<count).contains($0) }) else { return indices }
      stop("SampleOrder", "there is no sample \(wrong), the set has \(count)")
    }
  }

  /// The numbers of one epoch. Stream 0 of the seed is left to whoever draws weights with it.
  fileprivate static func random(seed: UInt64, epoch: Int) -> RandomStream {
    RandomStream(key: seed, stream: UInt64(epoch) + 1, counter: 0)
  }
}

extension SampleOrder {
  /// Samples drawn one by one, with repetition, each as likely as its weight says.
  ///
  /// - Parameters:
  ///   - weights: a weight for each sample of the set, at least 0, not all 0.
  ///   - draws: how many are drawn; as many as there are weights by default.
  ///   - seed: the seed.
  ///   - epoch: the number of the epoch.
  public static func weighted(_ weights: [Double], draws: Int? = nil, seed: UInt64, epoch: Int) -> SampleOrder {
    var total = 0.0
    let sums = weights.map { weight in
      total += weight
      return total
    }
    guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0, total.isFinite else {
      stop("SampleOrder", "weights must be finite, at least 0 and not all 0")
    }
    var random = random(seed: seed, epoch: epoch)
    return .given(
      (0..<(draws ?? weights.count)).map { _ in
        let point = random.uniform() * total
        // The first sum above the point.
        var (low, high) = (0, sums.count - 1)
        while low < high {
          let middle = (low + high) / 2
          if sums[middle] > point { high = middle } else { low = middle + 1 }
        }
        return low
      })
  }

  /// Samples drawn one by one, with repetition, so that each class is as likely: for classes of unequal size.
  public static func balanced(_ dataset: ImageDataset, draws: Int? = nil, seed: UInt64, epoch: Int) -> SampleOrder {
    let counts = dataset.classCounts
    let weights = dataset.labels.scalars.map { 1 / Double(counts[Int($0)]) }
    return weighted(weights, draws: draws, seed: seed, epoch: epoch)
  }

  /// Each sample once, in a random order in which the classes are spread evenly: any stretch, a batch for example, has
  /// nearly the whole set's proportions.
  ///
  /// Sample `r` of the `n` of a class, in random order, comes at `(r + u) / n` of the epoch, `u` random for the class.
  public static func stratified(_ dataset: ImageDataset, seed: UInt64, epoch: Int) -> SampleOrder {
    var random = random(seed: seed, epoch: epoch)
    var places: [(place: Double, index: Int)] = []
    for members in dataset.indicesOfClasses where !members.isEmpty {
      let offset = random.uniform()
      for (rank, member) in shuffledIndices(count: members.count, using: &random).enumerated() {
        places.append(((Double(rank) + offset) / Double(members.count), members[member]))
      }
    }
    return .given(places.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.index))
  }
}

/// The numbers `0..<count` in random order.
func shuffledIndices(count: Int, using random: inout RandomStream) -> [Int] {
  Tensor<Int64>.permutation(count: count, using: &random).scalars.map(Int.init)
}
