import TensorCore

/// Changes brightness, contrast, saturation and hue by random amounts, in random order.
///
/// A factor `b` stands for one of `max(0, 1 - b)...1 + b`, all equally likely; a hue `h` for a turn of the circle by
/// `-h...h`. As torchvision's `ColorJitter`.
public struct ColorJitter: ImageTransform {
  /// The bounds of brightness.
  public let brightness: Float
  /// The bounds of contrast.
  public let contrast: Float
  /// The bounds of saturation.
  public let saturation: Float
  /// The bounds of hue.
  public let hue: Float

  /// Changes within the given bounds. Stops on negative ones and on a hue above 1/2.
  public init(brightness: Float = 0, contrast: Float = 0, saturation: Float = 0, hue: Float = 0) {
    guard min(brightness, contrast, saturation, hue) >= 0, hue <= 0.5 else {
      stop("ColorJitter", "\(brightness), \(contrast), \(saturation) must be at least 0, the hue \(hue) in 0...0.5")
    }
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    func factor(_ bound: Float) -> Float { Float(random.uniform(in: Double(max(0, 1 - bound))...Double(1 + bound))) }
    var result = image
    for step in shuffledIndices(count: 4, using: &random) {
      switch step {
      case 0 where brightness > 0: result = result.brightened(by: factor(brightness))
      case 1 where contrast > 0: result = result.contrasted(by: factor(contrast))
      case 2 where saturation > 0: result = result.saturated(by: factor(saturation))
      case 3 where hue > 0: result = result.hueTurned(by: Float(random.uniform(in: -Double(hue)...Double(hue))))
      default: break
      }
    }
    return result
  }
}

/// Takes the colour out of an image with some probability; it keeps its channels.
public struct RandomGrayscale: ImageTransform {
  /// How likely.
  public let probability: Double

  /// Grey with the given probability, 1/10 by default.
  public init(probability: Double = 0.1) {
    checkProbability(probability)
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    random.uniform() < probability ? image.grayed() : image
  }
}

/// Turns an image brown with some probability. A grey image has three channels after it, whether turned or not.
public struct RandomSepia: ImageTransform {
  /// How likely.
  public let probability: Double

  /// Sepia with the given probability, 1/10 by default.
  public init(probability: Double = 0.1) {
    checkProbability(probability)
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    random.uniform() < probability ? image.sepia() : image.converted(toChannels: 3)
  }
}
