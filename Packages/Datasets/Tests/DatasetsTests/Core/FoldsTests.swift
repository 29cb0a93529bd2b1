import Datasets
import TensorCore
import Testing

@Suite struct FoldsTests {
  private func dataset() throws -> ImageDataset {
    try makeSet(labels: (0..<53).map { $0 < 30 ? 0 : $0 < 48 ? 1 : 2 })
  }

  /// Each sample is in one validation part; parts and classes in them differ by one sample at most.
  @Test func foldsPartTheSet() throws {
    let dataset = try dataset()
    let folds = try dataset.folds(5, seed: 1)
    #expect(folds.count == 5)
    #expect(folds.flatMap(\.validation).sorted() == Array(0..<53))
    for fold in folds {
      #expect((fold.training + fold.validation).sorted() == Array(0..<53))
      #expect((10...11).contains(fold.validation.count))
      let counts = dataset.subset(fold.validation).classCounts
      #expect(counts[0] == 6 && (3...4).contains(counts[1]) && counts[2] == 1)
    }
    #expect(folds == (try dataset.folds(5, seed: 1)))
    #expect(folds != (try dataset.folds(5, seed: 2)))
  }

  @Test func threePartsKeepTheProportions() throws {
    let dataset = try makeSet(labels: (0..<100).map { $0 < 60 ? 0 : $0 < 90 ? 1 : 2 })
    let splits = try dataset.threeWaySplit(validation: 0.2, test: 0.1, seed: 4)
    #expect(splits.training.classCounts == [42, 21, 7])
    #expect(splits.validation?.classCounts == [12, 6, 2])
    #expect(splits.test.classCounts == [6, 3, 1])
  }

  @Test func refusesImpossibleParts() throws {
    let dataset = try dataset()
    #expect(throws: DatasetError.self) { try dataset.folds(1, seed: 1) }
    #expect(throws: DatasetError.self) { try dataset.folds(54, seed: 1) }
    #expect(throws: DatasetError.self) { try dataset.threeWaySplit(validation: 0.5, test: 0.5, seed: 1) }
    #expect(throws: DatasetError.self) { try dataset.threeWaySplit(validation: 0, test: 0.5, seed: 1) }
  }
}
