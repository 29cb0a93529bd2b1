import Datasets
import TensorCore
import Testing

@Suite struct SamplingTests {
  /// Shares are those of the weights, within 5 deviations of the binomial distribution.
  @Test func weightsGiveTheShares() {
    let weights: [Double] = [1, 0, 3, 6]
    let indices = SampleOrder.weighted(weights, draws: 20_000, seed: 1, epoch: 0).indices(count: 4)
    #expect(indices.count == 20_000)
    for (index, weight) in weights.enumerated() {
      let share = Double(indices.count { $0 == index }) / 20_000
      let deviation = (weight / 10 * (1 - weight / 10) / 20_000).squareRoot()
      #expect(abs(share - weight / 10) <= 5 * deviation)
    }
    #expect(SampleOrder.weighted(weights, seed: 1, epoch: 0).indices(count: 4).count == 4)
    let same = SampleOrder.weighted(weights, draws: 50, seed: 1, epoch: 3)
    #expect(same == SampleOrder.weighted(weights, draws: 50, seed: 1, epoch: 3))
    #expect(same != SampleOrder.weighted(weights, draws: 50, seed: 1, epoch: 4))
  }

  private func unequal() throws -> ImageDataset {
    try makeSet(labels: (0..<120).map { $0 < 90 ? 0 : $0 < 114 ? 1 : 2 })
  }

  @Test func balancedDrawsEachClassAlike() throws {
    let dataset = try unequal()
    let indices = SampleOrder.balanced(dataset, draws: 9000, seed: 2, epoch: 0).indices(count: 120)
    for label in 0..<3 {
      let count = indices.count { dataset.labels.scalars[$0] == Int64(label) }
      #expect(abs(count - 3000) < 250)
    }
  }

  /// 90, 24 and 6 of 120: each stretch of 20 has 15, 4 and 1, give or take one, of the largest class two.
  @Test func stratifiedStretchesHaveTheSetsProportions() throws {
    let dataset = try unequal()
    let order = SampleOrder.stratified(dataset, seed: 3, epoch: 0).indices(count: 120)
    #expect(order.sorted() == Array(0..<120))
    for start in stride(from: 0, to: 120, by: 20) {
      let labels = order[start..<start + 20].map { dataset.labels.scalars[$0] }
      for (label, expected) in [(0, 15), (1, 4), (2, 1)] {
        #expect(abs(labels.count { $0 == Int64(label) } - expected) <= (label == 0 ? 2 : 1))
      }
    }
    #expect(order != SampleOrder.stratified(dataset, seed: 3, epoch: 1).indices(count: 120))
  }

  @Test func batchesFollowTheGivenSamples() throws {
    let dataset = try makeSet(labels: [0, 1, 2, 0, 1])
    let samples = PreparedImages(dataset, try plain(dataset))
    let batches = Batches(samples, size: 2, order: .given([4, 4, 1]))
    #expect(batches.count == 2)
    #expect(batches.map(\.sampleIndices) == [[4, 4], [1]])
    #expect(batches.batch(0).labels.scalars == [1, 1])
  }

  @Test func wrongWeightsAndNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = SampleOrder.weighted([0, 0], seed: 1, epoch: 0) }
    await #expect(processExitsWith: .failure) { _ = SampleOrder.weighted([1, -1], seed: 1, epoch: 0) }
    await #expect(processExitsWith: .failure) { _ = SampleOrder.given([0, 5]).indices(count: 5) }
  }
}
