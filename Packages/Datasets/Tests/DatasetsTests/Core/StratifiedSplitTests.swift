import Datasets
import TensorCore
import Testing

@Suite struct StratifiedSplitTests {
  /// 40, 25 and 3 images of three classes, mixed; the first pixel of an image is its number.
  private func mixedSet() throws -> ImageDataset {
    let labels = (0..<68).map { Int64($0 % 17 == 5 && $0 < 50 ? 2 : ($0 * 7) % 68 < 41 ? 0 : 1) }
    return try makeSet(labels: labels, height: 1, width: 1) { UInt8($0) }
  }

  @Test func countsAreRoundedByClass() throws {
    let set = try mixedSet()
    let parts = try set.stratifiedSplit(fraction: 0.3, seed: 4)
    for (all, chosen) in zip(set.classCounts, parts.chosen.classCounts) {
      #expect(chosen == Int((Double(all) * 0.3).rounded()))
    }
    #expect(parts.remaining.count + parts.chosen.count == 68)
  }

  @Test func partsAreDisjointAndInOrder() throws {
    let parts = try mixedSet().stratifiedSplit(fraction: 0.3, seed: 4)
    let remaining = parts.remaining.pixels.scalars
    let chosen = parts.chosen.pixels.scalars
    #expect(remaining == remaining.sorted() && chosen == chosen.sorted())
    #expect((remaining + chosen).sorted() == (0..<68).map { UInt8($0) })
  }

  @Test func seedDecides() throws {
    let set = try mixedSet()
    let first = try set.stratifiedSplit(fraction: 0.5, seed: 1).chosen.pixels.scalars
    #expect(try set.stratifiedSplit(fraction: 0.5, seed: 1).chosen.pixels.scalars == first)
    #expect(try set.stratifiedSplit(fraction: 0.5, seed: 2).chosen.pixels.scalars != first)
  }

  @Test func emptyPartIsRefused() throws {
    let set = try makeSet(labels: [0, 0, 1])
    let error = #expect(throws: DatasetError.self) { try set.stratifiedSplit(fraction: 0.01, seed: 1) }
    #expect(
      error?.description
        == "small: expected a fraction of 3 images that leaves images on both sides, found fraction 0.01, "
        + "which gives 3 and 0")
  }

  @Test func validationComesFromTrainingOnly() throws {
    let splits = try Digits().load().holdingOutValidation(fraction: 0.1, seed: 7)
    #expect(splits.test.count == 359)
    #expect(splits.validation?.classCounts == [14, 15, 14, 15, 15, 15, 15, 14, 14, 14])
    #expect(splits.training.count + (splits.validation?.count ?? 0) == 1438)
  }
}
