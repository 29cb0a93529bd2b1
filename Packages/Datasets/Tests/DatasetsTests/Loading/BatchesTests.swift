import Datasets
import TensorCore
import Testing

@Suite struct BatchesTests {
  /// 10 images of one pixel, whose value is their number, of class number mod 3.
  private func tenSamples() throws -> PreparedImages {
    let set = try makeSet(labels: (0..<10).map { $0 % 3 }, height: 1, width: 1, maximum: 1) { UInt8($0) }
    return PreparedImages(set, try plain(set))
  }

  @Test func sequentialBatches() throws {
    let batches = Array(Batches(try tenSamples(), size: 4))
    #expect(batches.map(\.images.shape) == [[4, 1, 1, 1], [4, 1, 1, 1], [2, 1, 1, 1]])
    #expect(batches.flatMap(\.images.scalars) == (0..<10).map(Float.init))
    #expect(batches.flatMap(\.labels.scalars) == (0..<10).map { $0 % 3 })
    #expect(batches.map(\.number) == [0, 1, 2])
    #expect(batches.map(\.count) == [4, 4, 2])
    #expect(batches.flatMap(\.sampleIndices) == Array(0..<10))
  }

  @Test(arguments: [
    (1, false, 10), (4, false, 3), (4, true, 2), (5, true, 2), (10, true, 1), (64, false, 1), (64, true, 1),
  ])
  func countOfBatches(size: Int, droppingLast: Bool, count: Int) throws {
    let batches = Batches(try tenSamples(), size: size, droppingLast: droppingLast)
    #expect(batches.count == count)
    #expect(batches.underestimatedCount == count)
    #expect(Array(batches).count == count)
    #expect(Array(batches).map(\.count).reduce(0, +) == (droppingLast && size < 10 ? 10 / size * size : 10))
  }

  @Test func shuffledBatchesGoTogether() throws {
    let order = SampleOrder.shuffled(seed: 3, epoch: 5)
    let batches = Array(Batches(try tenSamples(), size: 4, order: order))
    #expect(batches.flatMap(\.sampleIndices) == order.indices(count: 10))
    #expect(batches.flatMap(\.images.scalars) == order.indices(count: 10).map(Float.init))
    #expect(batches.flatMap(\.labels.scalars) == order.indices(count: 10).map { Int64($0 % 3) })
  }

  @Test(arguments: 0...3)
  func resumesAtAnyBatch(start: Int) throws {
    let whole = Batches(try tenSamples(), size: 4, order: .shuffled(seed: 3, epoch: 5))
    let rest = whole.starting(at: start)
    #expect(rest.count == 3)
    #expect(rest.underestimatedCount == 3 - start)
    #expect(rest.map(\.number) == Array(start..<3))
    #expect(rest.map(\.images.scalars) == Array(whole.map(\.images.scalars).dropFirst(start)))
  }

  @Test func wrongUseStops() async {
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      _ = Batches(PreparedImages(set, try plain(set)), size: 0)
    }
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      _ = Batches(PreparedImages(set, try plain(set)), size: 1).starting(at: 3)
    }
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      _ = Batches(PreparedImages(set, try plain(set)), size: 1).batch(2)
    }
  }
}
