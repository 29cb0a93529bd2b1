import Datasets
import TensorCore
import Testing

@Suite struct RandAugmentTests {
  private func picture() throws -> RasterImage { try GoldenArrays("augmentation").image("image").raster }

  /// Each change at magnitude 30 by the functions it is made of, with torchvision's largest strengths.
  @Test func changesHaveTorchvisionsStrengths() throws {
    let image = try picture()
    let strongest = RandAugment(magnitude: 30)
    let size = image.size
    let expected: [(RandAugment.Change, RasterImage)] = [
      (.identity, image), (.shearX, image.warped(by: PlaneMap([1, 0.3, 0, 0, 1, 0]))),
      (.shearY, image.warped(by: PlaneMap([1, 0, 0, 0.3, 1, 0]))),
      // 150/331 of 27 and of 20 pixels, rounded towards 0.
      (.shiftX, image.warped(by: PlaneMap([1, 0, -12, 0, 1, 0]))),
      (.shiftY, image.warped(by: PlaneMap([1, 0, 0, 0, 1, -9]))),
      (.rotation, image.warped(by: PlaneMap(size: size, degrees: -30))),
      (.posterizing, image.posterized(bits: 4)), (.solarizing, image.solarized(from: 0)),
      (.autocontrast, image.autocontrasted()), (.equalizing, image.equalized()),
    ]
    for (change, result) in expected {
      let found = strongest.apply(change, to: image, sign: 1)
      #expect(largestDifference(found.intensities, result.intensities) < 1e-5, "\(change)")
    }
    let enhanced: [(RandAugment.Change, RasterImage)] = [
      (.brightness, image.brightened(by: 0.1)), (.color, image.saturated(by: 0.1)),
      (.contrast, image.contrasted(by: 0.1)), (.sharpness, image.sharpened(by: 0.1)),
    ]
    for (change, result) in enhanced {
      let found = strongest.apply(change, to: image, sign: -1)
      #expect(largestDifference(found.intensities, result.intensities) < 1e-5, "\(change)")
    }
    #expect(RandAugment(magnitude: 9).apply(.posterizing, to: image, sign: 1) == image.posterized(bits: 7))
  }

  @Test func everyChangeComes() throws {
    let image = try picture()
    var random = RandomStream(seed: 6)
    var different: Set<[Float]> = []
    for _ in 0..<300 {
      let changed = RandAugment(count: 1).transformed(image, using: &random)
      #expect(changed.size == image.size)
      #expect(changed.intensities.allSatisfy { (0...1).contains($0) })
      different.insert(changed.intensities)
    }
    // 14 changes; the nine with a sign in two directions, of which shifts, shears and rotations all differ.
    #expect(different.count == 5 + 9 * 2)
    #expect(RandAugment(count: 0).transformed(image, using: &random) == image)
  }
}
