import TensorCore

/// Shows an image as if it hung askew: each corner moves inwards by a random part of its half.
///
/// As torchvision's `RandomPerspective`: a corner moves by up to `distortion` times half the width and half the height.
public struct RandomPerspective: ImageTransform {
  /// How far corners move: 0 not at all, 1 up to the middle.
  public let distortion: Double
  /// How likely the image is changed.
  public let probability: Double
  /// What lies beyond the image.
  public let fill: Float

  /// A change with the given distortion, 1/2 by default. Stops unless both are in 0...1.
  public init(distortion: Double = 0.5, probability: Double = 0.5, fill: Float = 0) {
    checkProbability(probability)
    guard (0...1).contains(distortion) else { stop("RandomPerspective", "distortion is in 0...1, not \(distortion)") }
    self.distortion = distortion
    self.probability = probability
    self.fill = fill
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    guard random.uniform() < probability else { return image }
    let (height, width) = (Double(image.size.height), Double(image.size.width))
    let corners: [(x: Double, y: Double)] = [(0, 0), (width, 0), (width, height), (0, height)]
    let moved = corners.map { corner -> (x: Double, y: Double) in
      let x = distortion * width / 2 * random.uniform()
      let y = distortion * height / 2 * random.uniform()
      return (x: corner.x == 0 ? x : width - x, y: corner.y == 0 ? y : height - y)
    }
    // All corners in the middle: there is nothing to see.
    guard let map = PlaneMap(from: moved, to: corners) else { return image }
    return image.warped(by: map, fill: fill)
  }
}
