import Datasets
import Testing

@Suite struct SampleOrderTests {
  @Test func sequentialIsAsTheyLie() {
    #expect(SampleOrder.sequential.indices(count: 4) == [0, 1, 2, 3])
    #expect(SampleOrder.sequential.indices(count: 0) == [])
  }

  @Test func shuffledHasEachOnce() {
    let order = SampleOrder.shuffled(seed: 1, epoch: 0).indices(count: 1000)
    #expect(order.sorted() == Array(0..<1000))
    #expect(order != Array(0..<1000))
  }

  @Test func seedAndEpochDecide() {
    let order = SampleOrder.shuffled(seed: 1, epoch: 1).indices(count: 100)
    #expect(SampleOrder.shuffled(seed: 1, epoch: 1).indices(count: 100) == order)
    #expect(SampleOrder.shuffled(seed: 1, epoch: 2).indices(count: 100) != order)
    #expect(SampleOrder.shuffled(seed: 2, epoch: 0).indices(count: 100) != order)
    #expect(SampleOrder.shuffled(seed: 2, epoch: 1).indices(count: 100) != order)
  }

  /// Over 2,000 epochs each of 5 samples is first 400 times on average, with a deviation of 18.
  @Test func everySampleMayBeFirst() {
    var counts = [Int](repeating: 0, count: 5)
    for epoch in 0..<2000 { counts[SampleOrder.shuffled(seed: 9, epoch: epoch).indices(count: 5)[0]] += 1 }
    #expect(counts.allSatisfy { (310...490).contains($0) })
  }
}
