import Datasets
import TensorCore
import Testing

@Suite struct ImageDatasetTests {
  @Test func facts() throws {
    let set = try makeSet(labels: [2, 0, 2, 1], channels: 3)
    #expect(set.count == 4)
    #expect(set.channels == 3)
    #expect(set.imageSize == ImageSize(height: 2, width: 3))
    #expect(set.classCounts == [1, 1, 2])
    #expect(set.classNames == ["class 0", "class 1", "class 2"])
  }

  @Test func subsetKeepsTheOrderAsked() throws {
    let set = try makeSet(labels: [0, 1, 2, 1])
    let subset = set.subset([3, 0])
    #expect(subset.labels.scalars == [1, 0])
    #expect(subset.pixels.shape == [2, 1, 2, 3])
    #expect(subset.pixels.scalars == [126, 133, 140, 147, 154, 161, 0, 7, 14, 21, 28, 35])
  }

  @Test func subsetOutsideStops() async {
    await #expect(processExitsWith: .failure) { _ = try makeSet(labels: [0, 1]).subset([2]) }
    await #expect(processExitsWith: .failure) { _ = try makeSet(labels: [0, 1]).subset([]) }
  }

  @Test func imageGivesIntensities() throws {
    let set = try makeSet(labels: [0, 1], height: 1, width: 2, maximum: 16) { UInt8([0, 4, 8, 16][$0]) }
    #expect(set.image(1) == RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.5, 1]))
  }

  struct Refusal: Sendable {
    let shape: Shape
    let labels: [Int64]
    let message: String
  }

  static let refusals = [
    Refusal(
      shape: [0, 1, 2, 2], labels: [],
      message: "small: expected at least one image of at least one pixel, found [0, 1, 2, 2]"),
    Refusal(
      shape: [2, 1, 0, 2], labels: [0, 0],
      message: "small: expected at least one image of at least one pixel, found [2, 1, 0, 2]"),
    Refusal(
      shape: [2, 4], labels: [0, 0],
      message: "small: expected images of shape [N, C, H, W] with 1 or 3 channels, found [2, 4]"),
    Refusal(
      shape: [2, 2, 1, 1], labels: [0, 0],
      message: "small: expected images of shape [N, C, H, W] with 1 or 3 channels, found [2, 2, 1, 1]"),
    Refusal(
      shape: [2, 1, 2, 2], labels: [0], message: "small: expected 2 labels, one for each image, found 1"),
    Refusal(
      shape: [2, 1, 2, 2], labels: [0, 3], message: "small: expected labels in 0..<3, found label 3 of sample 1"),
    Refusal(
      shape: [2, 1, 2, 2], labels: [-1, 0], message: "small: expected labels in 0..<3, found label -1 of sample 0"),
  ]

  @Test(arguments: refusals)
  func refuses(_ refusal: Refusal) {
    let pixels = bytes([UInt8](repeating: 1, count: refusal.shape.count), refusal.shape)
    let error = #expect(throws: DatasetError.self) {
      try ImageDataset(pixels: pixels, labels: numbers(refusal.labels), information: information(classes: 3))
    }
    #expect(error?.description == refusal.message)
  }
}
