import TensorCore

extension RasterImage {
  /// Brighter or darker: `x · factor`, held in 0...1.
  public func brightened(by factor: Float) -> RasterImage {
    mapped { $0 * factor }
  }

  /// With more or less contrast: `m + (x - m) · factor` about the mean `m` of the image in grey, held in 0...1.
  public func contrasted(by factor: Float) -> RasterImage {
    let gray = converted(toChannels: 1).intensities
    let mean = Float(gray.reduce(0.0) { $0 + Double($1) } / Double(gray.count))
    return mapped { mean + ($0 - mean) * factor }
  }

  /// With more or less colour: `g + (x - g) · factor` about the grey `g` of each pixel, held in 0...1; 0 gives grey.
  ///
  /// A grey image stays as it is.
  public func saturated(by factor: Float) -> RasterImage {
    guard channels == 3 else { return self }
    let gray = converted(toChannels: 1).intensities
    return combined { pixel, channel, value in gray[pixel] + (value - gray[pixel]) * factor }
  }

  /// With all hues turned by `turn` of the circle: 1/3 makes red green. A grey image stays as it is.
  ///
  /// By hue, saturation and value (Smith 1978, "Color gamut transform pairs").
  public func hueTurned(by turn: Float) -> RasterImage {
    guard channels == 3 else { return self }
    var pixels = intensities
    for pixel in 0..<area {
      let color = HueSaturationValue(
        red: pixels[pixel], green: pixels[area + pixel], blue: pixels[2 * area + pixel])
      let turned = color.turned(by: turn).redGreenBlue
      for channel in 0..<3 { pixels[channel * area + pixel] = turned[channel] }
    }
    return RasterImage(channels: 3, size: size, intensities: pixels)
  }

  /// The negative of all intensities from `threshold` on.
  public func solarized(from threshold: Float) -> RasterImage {
    mapped { $0 >= threshold ? 1 - $0 : $0 }
  }

  /// With the highest `bits` bits of each byte only. Stops unless there are 0 to 8.
  public func posterized(bits: Int) -> RasterImage {
    guard (0...8).contains(bits) else { stop("posterized", "a byte has 0 to 8 bits, not \(bits)") }
    let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
    return bytewise { $0 & mask }
  }

  /// Old brown: with a sum of the colours for each channel (Microsoft's sepia matrix), held in 0...1.
  ///
  /// `r = 0.393 R + 0.769 G + 0.189 B`, `g = 0.349 R + 0.686 G + 0.168 B`, `b = 0.272 R + 0.534 G + 0.131 B`. A grey image
  /// becomes one of three channels.
  public func sepia() -> RasterImage {
    let rows: [[Float]] = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]
    let image = converted(toChannels: 3)
    return image.combined { pixel, channel, _ in
      let row = rows[channel]
      let values = image.intensities
      return row[0] * values[pixel] + row[1] * values[image.area + pixel] + row[2] * values[2 * image.area + pixel]
    }
  }

  /// The image in grey with as many channels as before.
  public func grayed() -> RasterImage { converted(toChannels: 1).converted(toChannels: channels) }

  /// Each intensity changed alone and held in 0...1.
  @inline(__always)
  func mapped(_ body: (Float) -> Float) -> RasterImage {
    RasterImage(channels: channels, size: size, intensities: intensities.map { min(max(body($0), 0), 1) })
  }

  /// Each intensity changed by pixel and channel, and held in 0...1.
  @inline(__always)
  func combined(_ body: (_ pixel: Int, _ channel: Int, _ value: Float) -> Float) -> RasterImage {
    var pixels = intensities
    for channel in 0..<channels {
      for pixel in 0..<area {
        pixels[channel * area + pixel] = min(max(body(pixel, channel, pixels[channel * area + pixel]), 0), 1)
      }
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }

  /// Each intensity changed alone as a byte.
  func bytewise(_ body: (UInt8) -> UInt8) -> RasterImage {
    let table = (0...UInt8.max).map { Float(body($0)) / 255 }
    let bytes = ByteImage(self).pixels
    return RasterImage(channels: channels, size: size, intensities: bytes.map { table[Int($0)] })
  }
}

/// A colour as hue (0..<1, of the circle from red through green and blue), saturation and value.
struct HueSaturationValue {
  var hue: Float
  let saturation: Float
  let value: Float

  init(red: Float, green: Float, blue: Float) {
    value = max(red, green, blue)
    let range = value - min(red, green, blue)
    saturation = value > 0 ? range / value : 0
    guard range > 0 else {
      hue = 0
      return
    }
    let sixth =
      value == red
      ? (green - blue) / range : value == green ? 2 + (blue - red) / range : 4 + (red - green) / range
    hue = sixth < 0 ? sixth / 6 + 1 : sixth / 6
  }

  func turned(by turn: Float) -> HueSaturationValue {
    var copy = self
    copy.hue = hue + turn - (hue + turn).rounded(.down)
    return copy
  }

  /// The three intensities.
  var redGreenBlue: SIMD3<Float> {
    let sixth = hue * 6
    let part = sixth.rounded(.down)
    let fraction = sixth - part
    let low = value * (1 - saturation)
    let falling = value * (1 - saturation * fraction)
    let rising = value * (1 - saturation * (1 - fraction))
    switch Int(part) % 6 {
    case 0: return [value, rising, low]
    case 1: return [falling, value, low]
    case 2: return [low, value, rising]
    case 3: return [low, falling, value]
    case 4: return [rising, low, value]
    default: return [value, low, falling]
    }
  }
}
