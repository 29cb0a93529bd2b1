import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct AugmentationRecipeTests {
  /// 6 images of 1 or 3 channels, 5×7, of random bytes.
  private func images(_ channels: Int) throws -> ImageDataset {
    var random = RandomStream(seed: 3)
    let bytes = (0..<6 * channels * 35).map { _ in UInt8(random.integer(below: 256)) }
    return try ImageDataset(
      pixels: Tensor(bytes, shape: [6, channels, 5, 7]), labels: Tensor([0, 1, 0, 1, 0, 1]),
      information: DatasetInformation(
        name: "random", title: "random", classNames: ["a", "b"], license: "none", citation: "none", homepage: "none"))
  }

  /// A step that changes nothing and is not known to: behind it all goes by way of intensities.
  private struct Nothing: ImageTransform {
    func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage { image }
  }

  /// Flips and a crop in one pass over the bytes are what the steps are one after the other, to the bit.
  @Test(arguments: [1, 3], [0, 2])
  func rearrangingIsTheSteps(channels: Int, padding: Int) throws {
    let data = try images(channels)
    var recipe = try Preprocessing(
      channels: channels, imageSize: data.imageSize, padding: padding, mean: .init(repeating: 0.3, count: channels),
      deviation: .init(repeating: 0.7, count: channels))
    let crop = RandomCrop(data.imageSize, padding: 2)
    let orders: [[any ImageTransform]] = [
      [RandomHorizontalFlip(), crop], [crop, RandomHorizontalFlip(), RandomVerticalFlip()],
      [RandomVerticalFlip(), crop],
      [RandomHorizontalFlip(probability: 1)], [], [crop, crop],
    ]
    for inverts in [false, true] {
      recipe.inverts = inverts
      let samples = PreparedImages(data, recipe)
      for (seed, steps) in orders.enumerated() {
        func batch(_ steps: [any ImageTransform]) -> Batch {
          Batches(samples, size: 6, augmenter: Augmenter(transforms: steps, seed: UInt64(seed), epoch: 2)).batch(0)
        }
        #expect(batch(steps).images == batch(steps + [Nothing()]).images, "\(steps)")
      }
    }
  }

  /// Mirrored in about half of the cases and moved by -4...4 in all: found again in the image with 4 black pixels around it.
  @Test func mirroredCropsMoveAndMirror() throws {
    let data = try images(1)
    let plain = try Preprocessing(channels: 1, imageSize: data.imageSize, mean: [0], deviation: [1])
    let samples = PreparedImages(data, plain)
    var (mirrored, moves): (Int, Set<[Int]>) = (0, [])
    for epoch in 0..<40 {
      let augmenter = Augmenter(Augmentation(recipe: .mirroredCrops), seed: 1, epoch: epoch)
      let shown = Batches(samples, size: 6, augmenter: augmenter).batch(0).images.scalars
      let found = (0..<162).filter { candidate in
        let (flip, down, right) = (candidate / 81, candidate % 81 / 9 - 4, candidate % 9 - 4)
        return (0..<35).allSatisfy { pixel in
          let (y, x) = (pixel / 7 + down, pixel % 7 + right)
          let column = flip == 1 ? 6 - x : x
          let inside = (0..<5).contains(y) && (0..<7).contains(x)
          return shown[pixel] == (inside ? Float(data.pixels.scalars[y * 7 + column]) / 255 : 0)
        }
      }
      let first = try #require(found.first)
      mirrored += first / 81
      moves.insert([first % 81 / 9, first % 9])
    }
    #expect((10...30).contains(mirrored))
    #expect(moves.count > 20)
  }

  /// Neither order, batch size nor the number of the batch changes what an epoch makes of an image.
  @Test(arguments: AugmentationRecipe.allCases)
  func samplesHaveTheirOwnNumbers(recipe: AugmentationRecipe) throws {
    let data = try images(recipe == .handwriting ? 1 : 3)
    let count = data.channels * 35
    let plain = try Preprocessing(
      channels: data.channels, imageSize: data.imageSize, mean: .init(repeating: 0, count: data.channels),
      deviation: .init(repeating: 1, count: data.channels))
    let samples = PreparedImages(data, plain)
    let augmenter = Augmenter(Augmentation(recipe: recipe), seed: 5, epoch: 1)
    let whole = Batches(samples, size: 6, augmenter: augmenter).batch(0).images.scalars
    for batch in Batches(samples, size: 2, order: .shuffled(seed: 1, epoch: 0), augmenter: augmenter) {
      let part = batch.images.scalars
      for (position, index) in batch.sampleIndices.enumerated() {
        #expect(part[(position * count)..<((position + 1) * count)] == whole[(index * count)..<((index + 1) * count)])
      }
    }
    #expect(whole != samples.images(at: Array(0..<6)).scalars)
    let other = Augmenter(Augmentation(recipe: recipe), seed: 5, epoch: 2)
    #expect(Batches(samples, size: 6, augmenter: other).batch(0).images.scalars != whole)
  }
}
