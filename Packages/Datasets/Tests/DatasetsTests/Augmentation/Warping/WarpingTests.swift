import Datasets
import TensorCore
import Testing

@Suite struct WarpingTests {
  /// The red plane of the golden picture, and the golden result.
  private func planes(_ name: String) throws -> (image: RasterImage, expected: [Float]) {
    let golden = try GoldenArrays("augmentation")
    let picture = try golden.image("image").raster
    let area = picture.size.height * picture.size.width
    let plane = RasterImage(channels: 1, size: picture.size, intensities: Array(picture.intensities[..<area]))
    return (plane, try golden.file.tensor(name, as: Float.self).scalars)
  }

  /// Equal, but for `edges` pixels at most whose place lies within a rounding of the image's edge.
  private func isNear(_ found: RasterImage, _ expected: [Float], edges: Int = 2) -> Bool {
    let wrong = zip(found.intensities, expected).count { abs($0 - $1) > 1e-4 }
    return found.intensities.count == expected.count && wrong <= edges
  }

  @Test(arguments: [30, -100])
  func rotationsAgreeWithPillow(angle: Int) throws {
    let (image, expected) = try planes("rotation/\(angle)")
    // Pillow's angle is counter-clockwise.
    #expect(isNear(image.warped(by: PlaneMap(size: image.size, degrees: -Double(angle))), expected))
  }

  /// The map from angle, shift, scale and shear is inverted by NumPy, the image transformed by Pillow.
  @Test(arguments: 0..<4)
  func affineMapsAgreeWithPillow(number: Int) throws {
    let (image, expected) = try planes("affine/\(number)/plane")
    let numbers = try GoldenArrays("augmentation").file.tensor("affine/\(number)/numbers", as: Double.self).scalars
    let map = PlaneMap(
      size: image.size, degrees: numbers[0], shift: (numbers[1], numbers[2]), scale: numbers[3],
      shear: (numbers[4], numbers[5]))
    #expect(isNear(image.warped(by: map), expected))
  }

  @Test func perspectiveAgreesWithPillow() throws {
    let (image, expected) = try planes("perspective/plane")
    let (h, w) = (Double(image.size.height), Double(image.size.width))
    let map = try #require(PlaneMap(from: [(3, 1), (25, 4), (22, 19), (1, 15)], to: [(0, 0), (w, 0), (w, h), (0, h)]))
    // Five pixels have their centres on the lines (25, 4)-(22, 19) and (1, 15)-(3, 1).
    #expect(isNear(image.warped(by: map), expected, edges: 5))
    #expect(PlaneMap(from: [(0, 0), (1, 1), (2, 2), (3, 3)], to: [(0, 0), (w, 0), (w, h), (0, h)]) == nil)
  }

  /// Half a pixel to the right of [0, 1, 0]: the mean of neighbours, the edge repeated for its own half, then the fill.
  @Test func halvesByHand() {
    let line = RasterImage(channels: 1, size: ImageSize(height: 1, width: 3), intensities: [0.2, 1, 0])
    let shifted = line.warped(by: PlaneMap([1, 0, -0.5, 0, 1, 0]), fill: 0.7)
    #expect(zip(shifted.intensities, [0.2, 0.6, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
    let more = line.warped(by: PlaneMap([1, 0, -1.5, 0, 1, 0]), fill: 0.7)
    #expect(zip(more.intensities, [0.7, 0.2, 0.6]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func stepsStayWithinTheirBounds() {
    let white = RasterImage(
      channels: 3, size: ImageSize(height: 40, width: 40), intensities: [Float](repeating: 1, count: 4800))
    var random = RandomStream(seed: 3)
    let still = RandomAffine().transformed(white, using: &random)
    #expect(still == white)
    var largest: Float = 0
    for _ in 0..<50 {
      // Shrunk by at most 1/2, a white square keeps a quarter of its area at least.
      let zoomed = RandomZoom(0.5...1).transformed(white, using: &random).intensities.reduce(0, +) / 4800
      #expect(zoomed > 0.24)
      largest = max(largest, 1 - zoomed)
      let shifted = RandomAffine(shift: 0.1).transformed(white, using: &random).intensities.reduce(0, +) / 4800
      #expect(shifted > 0.8)
    }
    #expect(largest > 0.5)
  }

  @Test func stepsRepeatBySeed() throws {
    let image = try GoldenArrays("augmentation").image("image").raster
    let steps: [any ImageTransform] = [
      RandomRotation(degrees: 20), RandomPerspective(probability: 1), ElasticDistortion(alpha: 8, sigma: 2),
      RandomAffine(degrees: 10, shift: 0.1, scale: 0.9...1.1, shear: 5),
    ]
    for step in steps {
      var (one, same, other) = (RandomStream(seed: 1), RandomStream(seed: 1), RandomStream(seed: 2))
      let first = step.transformed(image, using: &one)
      #expect(first == step.transformed(image, using: &same))
      #expect(first != step.transformed(image, using: &other))
      #expect(first != image)
      #expect(first.size == image.size)
    }
  }

  /// Shifts are blurred numbers of -1...1 times alpha: with a sigma far above the image's size all move alike.
  @Test func elasticShiftsAreSmooth() {
    let ramp = RasterImage(
      channels: 1, size: ImageSize(height: 24, width: 24), intensities: (0..<576).map { Float($0 % 24) / 24 })
    var random = RandomStream(seed: 5)
    let moved = ElasticDistortion(alpha: 40, sigma: 4).transformed(ramp, using: &random)
    var largest: Float = 0
    for row in 4..<20 {
      for column in 4..<19 {
        let step = moved.intensities[row * 24 + column + 1] - moved.intensities[row * 24 + column]
        // A place moves by a pixel to the next; smooth shifts differ by less than that.
        #expect(abs(step - 1 / 24) < 1 / 24)
        largest = max(largest, abs(step - 1 / 24))
      }
    }
    #expect(largest > 0.001)
  }

  @Test func wrongNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = PlaneMap([1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = RandomAffine(scale: 0...1) }
    await #expect(processExitsWith: .failure) { _ = ElasticDistortion(sigma: 0) }
    await #expect(processExitsWith: .failure) { _ = RandomPerspective(distortion: 1.5) }
  }
}
