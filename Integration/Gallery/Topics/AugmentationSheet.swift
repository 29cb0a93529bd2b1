import Drawing
import Foundation
import Training

extension Topic {
  static let augmentation = Topic(
    "augmentation", "One image, and what training may see in its place", draw: drawAugmentation)
}

/// Every change, three times with other random numbers; crops and scales for the test.
private func drawAugmentation(_ page: Page) throws {
  let image = house()
  let size = image.size
  let rows: [(name: String, transform: any ImageTransform)] = [
    ("mirror", RandomHorizontalFlip()), ("crop", RandomCrop(ImageSize(height: 72, width: 72))),
    ("resized crop", RandomResizedCrop(size, scale: 0.2...0.8)), ("rotation", RandomRotation(degrees: 25)),
    ("zoom", RandomZoom(0.7...1.4)), ("affine", RandomAffine(degrees: 10, shift: 0.1, scale: 0.8...1.2, shear: 15)),
    ("perspective", RandomPerspective(probability: 1)), ("elastic", ElasticDistortion(alpha: 60, sigma: 5)),
    ("colours", ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.6, hue: 0.1)),
    ("grey", RandomGrayscale(probability: 1)), ("sepia", RandomSepia(probability: 1)),
    ("blur", RandomBlur(sigma: 0.5...3, probability: 1)), ("noise", RandomNoise(deviation: 0.1)),
    ("erased part", RandomErasing(probability: 1)), ("RandAugment", RandAugment()),
  ]
  page.say(
    "A house remains a house when it is mirrored, cut, turned, or seen in another light. Changes at random show the network another version "
      + "in each epoch; the seed, the epoch and the number of the sample decide which, whatever the order and the threads."
  )
  func draws(_ transform: any ImageTransform) -> [RasterImage] {
    (0..<3).map { draw in
      var random = RandomStream(seed: UInt64(40 + draw))
      return transform.transformed(image, using: &random)
    }
  }
  let half = (rows.count + 1) / 2
  let sheets = [rows.prefix(half), rows.dropFirst(half)].map { part in
    ImageSheet("", tile: 60, part.map { ImageSheet.Row($0.name, draws($0.transform)) })
  }
  try page.show(
    Line("The image, and fifteen changes, three times each", [ImageSheet("", tile: 96, [.init("", [image])])]), "image",
    "A drawn house")
  try page.show(Panels(columns: 2, sheets), "changes", "Fifteen changes of the image of a house, three of each")

  let crops = image.tenCrops(ImageSize(height: 72, width: 72))
  page.say(
    "For a test nothing is left to chance: the four corners, the middle, and their mirror images are asked about, and the answers averaged; "
      + "and all that at several sizes of the image.")
  try page.show(
    ImageSheet("Ten crops", tile: 88, [.init("", Array(crops.prefix(5))), .init("", Array(crops.suffix(5)))]),
    "ten-crops",
    "Four corners and the middle of the image, and their mirror images")
  page.expect("number of crops", Double(crops.count), near: 10, within: 0, places: 0)
  page.expect(
    "the first crop of the mirrored image is the second one mirrored", crops[5] == crops[1].flippedHorizontally())
  page.expect("mirrored twice", image.flippedHorizontally().flippedHorizontally() == image)
  let mirrored = draws(RandomHorizontalFlip(probability: 1))
  page.expect("a flip of probability 1 always mirrors", mirrored.allSatisfy { $0 == image.flippedHorizontally() })
  let jitter = ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.6, hue: 0.1)
  page.expect("the same random numbers, the same change", draws(jitter) == draws(jitter))
}

/// A house with a door, a roof and a sun, in colours, 96×96.
private func house() -> RasterImage {
  func color(_ x: Int, _ y: Int) -> [Float] {
    if (x - 76) * (x - 76) + (y - 18) * (y - 18) < 90 { return [0.98, 0.85, 0.25] }
    if (34..<52).contains(y), abs(x - 42) < (y - 32) * 3 / 2 { return [0.72, 0.25, 0.2] }
    if (52..<84).contains(y), (20..<64).contains(x) {
      if (36..<48).contains(x), y >= 62 { return [0.35, 0.22, 0.12] }
      if (56..<66).contains(y), (24..<33).contains(x) || (51..<60).contains(x) { return [0.55, 0.8, 0.95] }
      return [0.93, 0.87, 0.72]
    }
    if y >= 78 { return [0.3, 0.6, 0.3] }
    return [0.55 + Float(y) * 0.003, 0.75, 0.95]
  }
  let pixels = (0..<96 * 96).map { color($0 % 96, $0 / 96) }
  return RasterImage(
    channels: 3, size: ImageSize(height: 96, width: 96),
    intensities: (0..<3).flatMap { channel in pixels.map { $0[channel] } })
}
