import Autograd
import Datasets
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

/// Views of images and the means of their answers, against plain loops in double precision.
struct ImageViewsTests {
  /// Logits that are weighted sums of an image's pixels.
  private struct WeighedPixels: Layer {
    let weight: Parameter

    init(_ weights: [[Double]]) {
      weight = Parameter(Tensor(weights.joined().map { Float($0) }, shape: [weights.count, weights[0].count]))
    }

    func forward(_ x: Variable, _ context: Context) -> Variable {
      x.flattened(from: 1).matmul(context[weight], transposingRight: true)
    }
  }

  /// Three classes; the weights are exact in single precision.
  private static func weights(_ pixelCount: Int, scale: Double) -> [[Double]] {
    (0..<3).map { label in
      (0..<pixelCount).map { (pixel: Int) -> Double in
        let mixed: Int = pixel * (2 * label + 3) + pixel / 7 * (label + 1)
        return Double(mixed % 17 - 8) / 8 * scale
      }
    }
  }

  private static func image(height: Int, width: Int) -> RasterImage {
    let values = (0..<(height * width)).map { (pixel: Int) -> Float in
      Float((pixel * 37 + pixel / width * 11) % 64) / 64
    }
    return RasterImage(channels: 1, size: ImageSize(height: height, width: width), intensities: values)
  }

  /// Bilinear interpolation with half-pixel centres, for images that are not made smaller.
  private static func enlarged(_ image: RasterImage, _ height: Int, _ width: Int) -> [[Double]] {
    func place(_ index: Int, _ from: Int, _ to: Int) -> (Int, Int, Double) {
      let center = min(max((Double(index) + 0.5) * Double(from) / Double(to) - 0.5, 0), Double(from - 1))
      let low = Int(center.rounded(.down))
      return (low, min(low + 1, from - 1), center - Double(low))
    }
    func pixel(_ row: Int, _ column: Int) -> Double { Double(image.intensities[row * image.size.width + column]) }
    return (0..<height).map { y in
      let (top, bottom, down) = place(y, image.size.height, height)
      return (0..<width).map { x in
        let (left, right, along) = place(x, image.size.width, width)
        let upper = pixel(top, left) * (1 - along) + pixel(top, right) * along
        let lower = pixel(bottom, left) * (1 - along) + pixel(bottom, right) * along
        return upper * (1 - down) + lower * down
      }
    }
  }

  private static func softmax(_ logits: [Double]) -> [Double] {
    let sum = logits.reduce(0) { $0 + exp($1) }
    return logits.map { exp($0) / sum }
  }

  /// The mean softmax over four corners, the middle and their mirror images, for each short side.
  private static func expected(
    _ image: RasterImage, crop: Int, shortSides: [Int], _ weights: [[Double]]
  ) -> [Double] {
    var sum = [0.0, 0, 0]
    for side in shortSides {
      let (height, width) = (image.size.height, image.size.width)
      let short = min(height, width)
      let pixels = enlarged(image, height * side / short, width * side / short)
      let (below, beside) = (pixels.count - crop, pixels[0].count - crop)
      let middle = ((Double(below) / 2).rounded(.toNearestOrEven), (Double(beside) / 2).rounded(.toNearestOrEven))
      let corners = [(0, 0), (0, beside), (below, 0), (below, beside), (Int(middle.0), Int(middle.1))]
      for (top, left) in corners {
        for mirrored in [false, true] {
          let logits = weights.map { weights in
            var logit = 0.0
            for y in 0..<crop {
              for x in 0..<crop {
                // The crop is cut from the mirrored image.
                let column = mirrored ? pixels[0].count - 1 - (left + x) : left + x
                logit += weights[y * crop + x] * pixels[top + y][column]
              }
            }
            return logit
          }
          for (label, probability) in softmax(logits).enumerated() { sum[label] += probability }
        }
      }
    }
    return sum.map { $0 / Double(10 * shortSides.count) }
  }

  private static func plain(_ images: [RasterImage]) -> Tensor<Float> {
    Tensor(
      images.flatMap(\.intensities), shape: [images.count, 1, images[0].size.height, images[0].size.width])
  }

  @Test(arguments: [[3], [6], [3, 4, 6, 9]] as [[Int]]) func smallCropsOfAnyScales(shortSides: [Int]) throws {
    let image = Self.image(height: 3, width: 5)
    let weights = Self.weights(6, scale: 1)
    // A crop that is no square: 2 rows of 3.
    let square = Self.weights(9, scale: 1)
    let views = try ImageViews(tenCropsOf: ImageSize(height: 3, width: 3), shortSides: shortSides)
    #expect(views.count == 10 * shortSides.count)
    let network = WeighedPixels(square)
    for classifier in [network.prepared() as any Classifier, Ensemble([network])] {
      let average = try classifier.averagedProbabilities(for: [image], seenAs: views, preparedBy: Self.plain)
      #expect(average.answerCount == views.count)
      let wanted = Self.expected(image, crop: 3, shortSides: shortSides, square)
      #expect(zip(average.probabilities.scalars, wanted).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    let oblong = try ImageViews(tenCropsOf: ImageSize(height: 2, width: 3), shortSides: shortSides)
    #expect(oblong.views(of: image).allSatisfy { $0.size == ImageSize(height: 2, width: 3) })
    #expect(
      try WeighedPixels(weights).prepared().averagedProbabilities(
        for: [image], seenAs: oblong, preparedBy: Self.plain
      ).answerCount == views.count)
  }

  /// The fifty views of the lectures: {224, 256, 384, 480, 640} times ten crops of 224×224.
  @Test func lectureFiveScalesOfTenCrops() throws {
    let image = Self.image(height: 60, width: 75)
    let weights = Self.weights(224 * 224, scale: 1.0 / 256)
    let views = try ImageViews(
      tenCropsOf: ImageSize(height: 224, width: 224), shortSides: ImageViews.usualShortSides)
    #expect(views.shortSides == [224, 256, 384, 480, 640])
    let average = try WeighedPixels(weights).prepared().averagedProbabilities(
      for: [image], seenAs: views, preparedBy: Self.plain)
    #expect(average.answerCount == 50)
    let wanted = Self.expected(image, crop: 224, shortSides: views.shortSides, weights)
    let found = average.probabilities.scalars
    #expect(wanted.allSatisfy { $0 > 0.01 })
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 2e-5 }, "\(found) \(wanted)")
  }

  /// Without a change of size the views are `tenCrops`, to the bit; several images keep their own.
  @Test func tenCropsAreThoseOfTheImage() throws {
    let images = [Self.image(height: 9, width: 12), Self.image(height: 9, width: 9).flippedVertically()]
    let crop = ImageSize(height: 8, width: 8)
    let views = try ImageViews(tenCropsOf: crop)
    #expect(views.shortSides == [9])
    for image in images { #expect(views.views(of: image) == image.tenCrops(crop)) }
    #expect(try ImageViews(tenCropsOf: ImageSize(height: 224, width: 224)).shortSides == [256])
    let network = WeighedPixels(Self.weights(64, scale: 0.25)).prepared()
    let both = try network.averagedProbabilities(for: images, seenAs: views, preparedBy: Self.plain)
    for (number, image) in images.enumerated() {
      let one = try network.averagedProbabilities(for: [image], seenAs: views, preparedBy: Self.plain)
      let row = both.probabilities.scalars[(3 * number)..<(3 * number + 3)]
      #expect(zip(row, one.probabilities.scalars).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  /// An image of one row would become one of 640 rows and 6 million columns.
  @Test func longImagesNeedLittleMemory() throws {
    let image = Self.image(height: 1, width: 10_000)
    let views = try ImageViews(tenCropsOf: ImageSize(height: 4, width: 4), shortSides: [640]).views(of: image)
    #expect(views.count == 10)
    #expect(abs(views[0].intensities[0] - image.intensities[0]) < 1e-6)
    #expect(abs(views[1].intensities[3] - image.intensities[9_999]) < 1e-6)
  }

  @Test(
    arguments: [
      (4, 4, [3], "short sides in 4...16384, for crops of 4x4, found 3"),
      (2, 5, [8, 4], "short sides in 5...16384, for crops of 2x5, found 8, 4"), (4, 4, [], "found none"),
      (0, 4, [8], "crops: expected sides in 1...16384, found 0x4"), (4, 4, [20_000], "found 20000"),
    ] as [(Int, Int, [Int], String)])
  func refuses(height: Int, width: Int, shortSides: [Int], words: String) {
    do {
      _ = try ImageViews(tenCropsOf: ImageSize(height: height, width: width), shortSides: shortSides)
      Issue.record("took \(shortSides) for \(height)x\(width)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }
}
