/// How the pixels of a resized image are mixed from those of the original.
///
/// A filter is a function of the distance from an output pixel's centre, in output pixels where the image shrinks
/// (every input pixel counts then: "antialiased") and in input pixels where it grows.
public enum ResamplingFilter: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean of the pixels within half a pixel: `1` for `|x| ≤ ½`.
  case box
  /// A triangle: `1 - |x|` for `|x| < 1`.
  case bilinear
  /// The cubic of Keys 1981, "Cubic convolution interpolation for digital image processing", with `a = -½`; reaches two
  /// pixels and may leave the range of its input.
  case bicubic

  /// The largest distance at which a pixel counts.
  var support: Double {
    switch self {
    case .box: 0.5
    case .bilinear: 1
    case .bicubic: 2
    }
  }

  /// The weight at a distance, before weights are divided by their sum.
  func weight(_ distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .box: return distance > -0.5 && distance <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      let a = -0.5
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
    }
  }
}
