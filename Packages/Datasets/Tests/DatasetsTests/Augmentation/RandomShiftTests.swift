import Datasets
import TensorCore
import Testing

@Suite struct RandomShiftTests {
  /// Pixel by pixel, as the documentation has it: to[y][x] = from[y - rows][x - columns], indices held within the plane.
  @Test(arguments: [1, 2, 5])
  func everyImageIsShiftedByItsOwn(limit: Int) throws {
    let set = try makeSet(labels: (0..<20).map { $0 % 3 }, channels: 3, height: 3, width: 4, maximum: 1)
    let images = PreparedImages(set, try plain(set)).images(at: Array(0..<20)), from = images.scalars
    let result = Augmenter(Augmentation(shift: limit), seed: 1, epoch: 0).augmented(images, samples: Array(0..<20))
    #expect(result.shape == images.shape)
    var seen: Set<RandomShift> = []
    for image in 0..<20 {
      let fitting = shifts(upTo: limit).filter { shift in
        (0..<36).allSatisfy { pixel in
          let (channel, y, x) = (pixel / 12, pixel % 12 / 4, pixel % 4)
          let (fromY, fromX) = (min(max(y - shift.rows, 0), 2), min(max(x - shift.columns, 0), 3))
          return result.scalars[image * 36 + pixel] == from[image * 36 + channel * 12 + fromY * 4 + fromX]
        }
      }
      #expect(!fitting.isEmpty, "image \(image)")
      if limit == 1 { seen.formUnion(fitting) }
    }
    if limit == 1 { #expect(seen.count >= 6) }
  }

  /// Each of 25 shifts is expected 400 times in 10,000, with a deviation of 20.
  @Test func allShiftsAreEquallyLikely() {
    var random = RandomStream(seed: 4)
    var counts: [RandomShift: Int] = [:]
    for _ in 0..<10_000 { counts[RandomShift(atMost: 2, using: &random), default: 0] += 1 }
    #expect(Set(counts.keys) == Set(shifts(upTo: 2)))
    #expect(counts.values.allSatisfy { (300...500).contains($0) })
  }

  private func shifts(upTo limit: Int) -> [RandomShift] {
    (-limit...limit).flatMap { rows in (-limit...limit).map { RandomShift(rows: rows, columns: $0) } }
  }
}
