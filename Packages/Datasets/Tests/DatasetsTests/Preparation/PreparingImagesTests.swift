import Datasets
import TensorCore
import Testing

@Suite struct PreparingImagesTests {
  /// Grey of (1, ½, 0) is 0.5925, its negative 0.4075; padded with black; minus 0.4, divided by 0.5.
  @Test func everyStepByHand() throws {
    let recipe = try Preprocessing(
      channels: 1, imageSize: ImageSize(height: 1, width: 1), padding: 1, inverts: true, mean: [0.4], deviation: [0.5])
    let color = RasterImage(channels: 3, size: ImageSize(height: 1, width: 1), intensities: [1, 0.5, 0])
    let prepared = recipe.prepare([color])
    #expect(prepared.shape == [1, 1, 3, 3])
    for (place, value) in prepared.scalars.enumerated() {
      #expect(abs(value - (place == 4 ? 0.015 : -0.8)) < 1e-6)
    }
  }

  @Test func imagesOfAnySizeGoTogether() throws {
    let recipe = try Digits().preprocessing(fittedTo: Digits().load().training)
    let images = [(1, 1), (8, 8), (100, 3), (5, 90)].map { height, width in
      RasterImage(
        channels: 1, size: ImageSize(height: height, width: width),
        intensities: [Float](repeating: 0.5, count: height * width))
    }
    let prepared = recipe.prepare(images)
    #expect(prepared.shape == [4, 1, 32, 32])
    #expect(prepared.scalars.allSatisfy { $0.isFinite })
  }

  /// One recipe for both: an image of the data set read from a file gives the bits that training saw.
  @Test(arguments: [false, true])
  func aUsersImageIsPreparedAsTheDataSetIs(inverts: Bool) throws {
    var recipe = try Digits().preprocessing(fittedTo: Digits.all)
    recipe.inverts = inverts
    let prepared = PreparedImages(Digits.all, recipe).images(at: [3, 1796])
    #expect(prepared.scalars == recipe.prepare([Digits.all.image(3), Digits.all.image(1796)]).scalars)
  }

  @Test(arguments: [(1, 0, false), (1, 2, false), (3, 2, true), (3, 0, false)])
  func theTableGivesTheSameBits(channels: Int, padding: Int, inverts: Bool) throws {
    let set = try makeSet(labels: [0, 1, 2], channels: channels, height: 9, width: 10) {
      UInt8(truncatingIfNeeded: $0 * 91)
    }
    let statistics = PixelStatistics(of: set)
    let recipe = try Preprocessing(
      channels: channels, imageSize: set.imageSize, padding: padding, inverts: inverts, mean: statistics.mean,
      deviation: statistics.deviation)
    let prepared = PreparedImages(set, recipe).images(at: [2, 0])
    #expect(prepared.shape == [2, channels, 9 + 2 * padding, 10 + 2 * padding])
    #expect(prepared.scalars == recipe.prepare([set.image(2), set.image(0)]).scalars)
  }

  @Test func imagesOutsideStop() async {
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      _ = PreparedImages(set, try plain(set)).images(at: [2])
    }
  }
}
