import Datasets
import TensorCore
import Testing

@Suite struct ColorTests {
  private func compare(_ name: String, _ tolerance: Float, _ body: (RasterImage) -> RasterImage) throws -> Float {
    let golden = try GoldenArrays("augmentation")
    let found = body(try golden.image("image").raster)
    let expected = try golden.image(name).raster
    let difference = largestDifference(found.intensities, expected.intensities) * 255
    #expect(difference <= tolerance, "\(name): \(difference)")
    return difference
  }

  /// Pillow's `ImageEnhance`, which rounds greys and results to bytes.
  @Test(arguments: [0.4, 1.7] as [Float])
  func enhancementsAgreeWithPillow(factor: Float) throws {
    _ = try compare("brightness/\(factor)", 1) { $0.brightened(by: factor) }
    _ = try compare("contrast/\(factor)", 1.5) { $0.contrasted(by: factor) }
    _ = try compare("colour/\(factor)", 2) { $0.saturated(by: factor) }
    _ = try compare("sharpness/\(factor)", 1.8) { $0.sharpened(by: factor) }
  }

  /// Pillow's `ImageOps`, on bytes.
  @Test func operationsAgreeWithPillow() throws {
    _ = try compare("equalized", 0.01) { $0.equalized() }
    _ = try compare("autocontrast", 1) { $0.autocontrasted() }
    _ = try compare("posterized", 0.01) { $0.posterized(bits: 3) }
    _ = try compare("solarized", 0.01) { $0.solarized(from: 100.0 / 255) }
  }

  /// Hues turned by Python's `colorsys`.
  @Test func huesAgreeWithColorsys() throws {
    let golden = try GoldenArrays("augmentation")
    let turned = try golden.image("image").raster.hueTurned(by: 0.3)
    #expect(largestDifference(turned.intensities, try golden.file.tensor("hue", as: Float.self).scalars) < 1e-5)
  }

  @Test func huesByHand() {
    func image(_ values: [Float]) -> RasterImage {
      RasterImage(channels: 3, size: ImageSize(height: 1, width: 1), intensities: values)
    }
    let green = image([1, 0, 0]).hueTurned(by: 1.0 / 3).intensities
    #expect(largestDifference(green, [0, 1, 0]) < 1e-5)
    #expect(image([0.5, 0.5, 0.5]).hueTurned(by: 0.2).intensities == [0.5, 0.5, 0.5])
    #expect(largestDifference(image([0.9, 0.2, 0.4]).hueTurned(by: -1).intensities, [0.9, 0.2, 0.4]) < 1e-5)
  }

  /// SciPy's Gaussian filter with mirrored edges.
  @Test(arguments: [(0.8, 3), (2.5, 8)])
  func blursAgreeWithSciPy(sigma: Double, radius: Int) throws {
    let golden = try GoldenArrays("augmentation")
    let blurred = try golden.image("image").raster.blurred(sigma: sigma, radius: radius)
    let expected = try golden.file.tensor("blur/\(sigma)", as: Float.self).scalars
    #expect(largestDifference(blurred.intensities, expected) < 1e-5)
  }

  @Test func sepiaByHand() {
    let image = RasterImage(channels: 3, size: ImageSize(height: 1, width: 1), intensities: [0.5, 0.2, 0.1])
    let expected: [Float] = [
      0.393 * 0.5 + 0.769 * 0.2 + 0.189 * 0.1, 0.349 * 0.5 + 0.686 * 0.2 + 0.168 * 0.1,
      0.272 * 0.5 + 0.534 * 0.2 + 0.131 * 0.1,
    ]
    #expect(largestDifference(image.sepia().intensities, expected) < 1e-6)
    let white = RasterImage(channels: 1, size: ImageSize(height: 1, width: 1), intensities: [1])
    #expect(largestDifference(white.sepia().intensities, [1, 1, 0.937]) < 1e-6)
  }

  @Test func grayKeepsItsChannels() {
    let image = RasterImage(channels: 3, size: ImageSize(height: 1, width: 1), intensities: [1, 0, 0])
    #expect(largestDifference(image.grayed().intensities, [0.299, 0.299, 0.299]) < 1e-6)
  }

  @Test func jitterStaysWithinItsBounds() {
    let gray = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.4, 0.4])
    var random = RandomStream(seed: 1)
    var (low, high): (Float, Float) = (1, 0)
    for _ in 0..<200 {
      let value = ColorJitter(brightness: 0.5, hue: 0.5).transformed(gray, using: &random).intensities[0]
      (low, high) = (min(low, value), max(high, value))
    }
    #expect(low >= 0.2 && low < 0.22 && high <= 0.6 && high > 0.58)
    #expect(ColorJitter().transformed(gray, using: &random) == gray)
  }

  @Test func noiseHasItsDeviation() {
    let gray = RasterImage(
      channels: 1, size: ImageSize(height: 100, width: 100), intensities: [Float](repeating: 0.5, count: 10_000))
    var random = RandomStream(seed: 4)
    let noisy = RandomNoise(deviation: 0.1).transformed(gray, using: &random).intensities
    let variance = noisy.reduce(0.0) { $0 + Double(($1 - 0.5) * ($1 - 0.5)) } / 10_000
    #expect(abs(variance.squareRoot() - 0.1) < 0.003)
    #expect(
      RandomNoise(deviation: 10).transformed(gray, using: &random).intensities.allSatisfy { (0...1).contains($0) })
  }

  /// A probability of 0 or 1, and its share in between.
  @Test func probabilitiesHold() throws {
    let image = try GoldenArrays("augmentation").image("image").raster
    var random = RandomStream(seed: 9)
    #expect(RandomGrayscale(probability: 0).transformed(image, using: &random) == image)
    #expect(RandomSepia(probability: 1).transformed(image, using: &random) == image.sepia())
    #expect(RandomBlur(sigma: 1...1, probability: 1).transformed(image, using: &random) == image.blurred(sigma: 1))
    let changed = (0..<400).count { _ in
      RandomGrayscale(probability: 0.25).transformed(image, using: &random) != image
    }
    #expect((70...130).contains(changed))
  }

  @Test func wrongNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = ColorJitter(hue: 0.6) }
    await #expect(processExitsWith: .failure) { _ = RandomBlur(sigma: 0...1) }
    await #expect(processExitsWith: .failure) { _ = RandomGrayscale(probability: 2) }
    await #expect(processExitsWith: .failure) { _ = RandomNoise(deviation: -1) }
  }
}
