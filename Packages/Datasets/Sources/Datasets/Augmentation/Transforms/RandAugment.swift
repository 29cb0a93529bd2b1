import TensorCore

/// A few changes drawn from a list of fourteen, all of one strength: strong augmentation with two numbers to tune.
///
/// Cubuk and others 2020, "RandAugment: practical automated data augmentation with a reduced search space", with
/// torchvision's list and ranges of 31 strengths: at magnitude `m` shears of `0.3 m / 30`, shifts of `150/331 m / 30` of a
/// side, rotations of `m` degrees, brightness, colour, contrast and sharpness by `1 ± 0.9 m / 30`, `8 - 4 m / 30` bits,
/// solarising from `1 - m / 30`; signs are drawn.
public struct RandAugment: ImageTransform {
  /// The changes of the list.
  public enum Change: String, Sendable, CaseIterable {
    /// The image as it is.
    case identity
    /// Rows slide sideways, the further from the middle the more.
    case shearX
    /// Columns slide up or down.
    case shearY
    /// A shift to the side.
    case shiftX
    /// A shift up or down.
    case shiftY
    /// A rotation about the middle.
    case rotation
    /// Nearer to black or further from it.
    case brightness
    /// Nearer to grey or further from it.
    case color
    /// Nearer to the mean grey or further from it.
    case contrast
    /// Nearer to the smoothed image or further from it.
    case sharpness
    /// Fewer bits to a channel.
    case posterizing
    /// The negative of what is brighter than a threshold.
    case solarizing
    /// Each channel spread over the whole range.
    case autocontrast
    /// Each channel's values made equally frequent.
    case equalizing
  }

  /// How many changes an image undergoes.
  public let count: Int
  /// The strength, of 0...30.
  public let magnitude: Int
  /// What lies beyond an image that is moved.
  public let fill: Float

  /// Changes of the given number and strength. Stops unless the magnitude is in 0...30.
  public init(count: Int = 2, magnitude: Int = 9, fill: Float = 0) {
    guard count >= 0, (0...30).contains(magnitude) else {
      stop("RandAugment", "needs a count of at least 0 and a magnitude in 0...30, not \(count) and \(magnitude)")
    }
    self.count = count
    self.magnitude = magnitude
    self.fill = fill
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    (0..<count).reduce(image) { image, _ in
      let change = Change.allCases[random.integer(below: Change.allCases.count)]
      let sign: Double = random.integer(below: 2) == 0 ? 1 : -1
      return apply(change, to: image, sign: sign)
    }
  }

  /// The image after one change, in the direction of `sign`.
  public func apply(_ change: Change, to image: RasterImage, sign: Double) -> RasterImage {
    let strength = sign * Double(magnitude) / 30
    let factor = Float(1 + 0.9 * strength)
    let size = image.size
    switch change {
    case .identity: return image
    case .shearX: return image.warped(by: PlaneMap([1, 0.3 * strength, 0, 0, 1, 0]), fill: fill)
    case .shearY: return image.warped(by: PlaneMap([1, 0, 0, 0.3 * strength, 1, 0]), fill: fill)
    case .shiftX:
      let x = 150.0 / 331 * Double(size.width) * strength
      return image.warped(by: PlaneMap(size: size, shift: (x.rounded(.towardZero), 0)), fill: fill)
    case .shiftY:
      let y = 150.0 / 331 * Double(size.height) * strength
      return image.warped(by: PlaneMap(size: size, shift: (0, y.rounded(.towardZero))), fill: fill)
    case .rotation: return image.warped(by: PlaneMap(size: size, degrees: -30 * strength), fill: fill)
    case .brightness: return image.brightened(by: factor)
    case .color: return image.saturated(by: factor)
    case .contrast: return image.contrasted(by: factor)
    case .sharpness: return image.sharpened(by: factor)
    case .posterizing: return image.posterized(bits: 8 - Int((Double(magnitude) * 4 / 30).rounded(.toNearestOrEven)))
    case .solarizing: return image.solarized(from: 1 - Float(magnitude) / 30)
    case .autocontrast: return image.autocontrasted()
    case .equalizing: return image.equalized()
    }
  }
}
