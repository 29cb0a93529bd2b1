import Datasets
import TensorCore
import Testing

@Suite struct CropsTests {
  /// Pixels 0 to 11 of 12 in 3 rows of 4.
  private let image = RasterImage(
    channels: 1, size: ImageSize(height: 3, width: 4), intensities: (0..<12).map { Float($0) / 12 })

  private func numbers(_ image: RasterImage) -> [Int] { image.intensities.map { Int(($0 * 12).rounded()) } }

  @Test func fiveAndTenByHand() {
    let crops = image.tenCrops(ImageSize(height: 2, width: 2)).map(numbers)
    let expected: [[Int]] = [
      [0, 1, 4, 5], [2, 3, 6, 7], [4, 5, 8, 9], [6, 7, 10, 11], [1, 2, 5, 6],
      [3, 2, 7, 6], [1, 0, 5, 4], [7, 6, 11, 10], [5, 4, 9, 8], [2, 1, 6, 5],
    ]
    #expect(crops == expected)
    #expect(image.fiveCrops(ImageSize(height: 2, width: 2)).map(numbers) == Array(expected[..<5]))
    let turned = image.tenCrops(ImageSize(height: 2, width: 2), vertically: true).map(numbers)
    #expect(turned[5] == [8, 9, 4, 5])
  }

  @Test func flipsByHand() {
    #expect(numbers(image.flippedHorizontally()) == [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8])
    #expect(numbers(image.flippedVertically()) == [8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3])
    var random = RandomStream(seed: 1)
    #expect(RandomHorizontalFlip(probability: 1).transformed(image, using: &random) == image.flippedHorizontally())
    #expect(RandomVerticalFlip(probability: 0).transformed(image, using: &random) == image)
    let flipped = (0..<1000).count { _ in RandomVerticalFlip().transformed(image, using: &random) != image }
    #expect((440...560).contains(flipped))
  }

  /// Every place of the padded image comes, each about as often.
  @Test func randomCropsComeFromEverywhere() {
    var random = RandomStream(seed: 2)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<5400 {
      let crop = RandomCrop(ImageSize(height: 3, width: 4), padding: 1).transformed(image, using: &random)
      counts[numbers(crop), default: 0] += 1
    }
    #expect(counts.count == 9)
    #expect(counts.values.allSatisfy { (480...720).contains($0) })
    #expect(counts[[0, 0, 0, 0, 0, 0, 1, 2, 0, 4, 5, 6]] != nil)
    let larger = RandomCrop(ImageSize(height: 5, width: 4)).transformed(image, using: &random)
    #expect(numbers(larger) == [0, 0, 0, 0] + Array(0..<12) + [0, 0, 0, 0])
  }

  /// Areas between the bounds of scale, proportions between those of ratio, up to rounding; all of it within the image.
  @Test func randomResizedRegionsKeepTheirBounds() {
    let step = RandomResizedCrop(ImageSize(height: 8, width: 8))
    let size = ImageSize(height: 300, width: 400)
    var random = RandomStream(seed: 3)
    var areas: [Double] = []
    for _ in 0..<2000 {
      let region = step.region(of: size, using: &random)
      #expect(region.top >= 0 && region.left >= 0)
      #expect(region.top + region.size.height <= 300 && region.left + region.size.width <= 400)
      let share = Double(region.size.height * region.size.width) / 120_000
      let ratio = Double(region.size.width) / Double(region.size.height)
      #expect(share > 0.075 && share <= 1 && ratio > 0.74 && ratio < 1.35)
      areas.append(share)
    }
    // Uniform on 0.08...1, but for large areas that do not fit and are drawn again: 0.431 by a simulation in NumPy.
    let mean = areas.reduce(0, +) / 2000
    #expect(abs(mean - 0.431) < 0.02)
    #expect(step.transformed(image, using: &random).size == ImageSize(height: 8, width: 8))
  }

  /// In a very wide image nothing fits: the middle with the widest proportions, 4/3, is taken.
  @Test func randomResizedCropFallsBackToTheMiddle() {
    let step = RandomResizedCrop(ImageSize(height: 8, width: 8), scale: 1...1)
    var random = RandomStream(seed: 3)
    let wide = step.region(of: ImageSize(height: 30, width: 900), using: &random)
    #expect(wide == ImageRegion(top: 0, left: 430, size: ImageSize(height: 30, width: 40)))
    let tall = step.region(of: ImageSize(height: 900, width: 30), using: &random)
    #expect(tall == ImageRegion(top: 430, left: 0, size: ImageSize(height: 40, width: 30)))
  }

  @Test func shortSidesCoverTheirRange() {
    var random = RandomStream(seed: 4)
    var seen: Set<Int> = []
    for _ in 0..<200 {
      let size = RandomShortSide(5...8).transformed(image, using: &random).size
      #expect(size.width == size.height * 4 / 3)
      seen.insert(size.height)
    }
    #expect(seen == [5, 6, 7, 8])
    #expect(Resize(ImageSize(height: 2, width: 9)).transformed(image, using: &random).size.width == 9)
    #expect(CenterCrop(ImageSize(height: 1, width: 2)).transformed(image, using: &random).size.width == 2)
  }

  @Test func erasesOneRectangle() {
    let white = RasterImage(
      channels: 3, size: ImageSize(height: 30, width: 30), intensities: [Float](repeating: 1, count: 2700))
    var random = RandomStream(seed: 5)
    for _ in 0..<100 {
      let erased = RandomErasing(probability: 1).transformed(white, using: &random)
      let black = erased.intensities[..<900].indices.filter { erased.intensities[$0] == 0 }
      let rows = Set(black.map { $0 / 30 })
      let columns = Set(black.map { $0 % 30 })
      #expect(black.count == rows.count * columns.count)
      // 2 % to 33 % of 900 pixels, up to rounding of the sides.
      #expect((12...330).contains(black.count))
      #expect(Array(erased.intensities[..<900]) == Array(erased.intensities[1800...]))
    }
    #expect(RandomErasing(probability: 0).transformed(white, using: &random) == white)
  }

  @Test func wrongSizesStop() async {
    await #expect(processExitsWith: .failure) {
      let small = RasterImage(channels: 1, size: ImageSize(height: 1, width: 1), intensities: [0])
      _ = small.fiveCrops(ImageSize(height: 2, width: 1))
    }
    await #expect(processExitsWith: .failure) { _ = RandomCrop(ImageSize(height: 1, width: 1), padding: -1) }
    await #expect(processExitsWith: .failure) { _ = RandomShortSide(0...3) }
  }
}
