import Foundation
import TensorCore

extension RasterImage {
  /// The image blurred by a Gaussian `e^(-x² / 2σ²)`, cut off at `radius` pixels (3σ by default) and divided by its sum.
  ///
  /// At the edge the image is mirrored, without repeating the edge itself. Rows and columns one after the other. Stops
  /// unless sigma is above 0.
  public func blurred(sigma: Double, radius: Int? = nil) -> RasterImage {
    guard sigma > 0 else { stop("blurred", "sigma \(sigma) is not above 0") }
    let radius = radius ?? Int((3 * sigma).rounded(.up))
    let raw = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = raw.reduce(0, +)
    let weights = raw.map { Float($0 / sum) }
    var pixels = intensities
    Self.blur(&pixels, lines: channels * size.height, count: size.width, step: 1, weights) { $0 * size.width }
    Self.blur(&pixels, lines: channels * size.width, count: size.height, step: size.width, weights) { line in
      line / size.width * area + line % size.width
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }

  /// Blurs lines of `count` pixels `step` apart, in place.
  @inline(__always)
  private static func blur(
    _ pixels: inout [Float], lines: Int, count: Int, step: Int, _ weights: [Float], start: (Int) -> Int
  ) {
    let radius = weights.count / 2
    // The line with its mirror images on both sides.
    let places = (-radius..<count + radius).map { mirrored($0, count) }
    var line = [Float](repeating: 0, count: count + 2 * radius)
    pixels.withUnsafeMutableBufferPointer { pixels in
      line.withUnsafeMutableBufferPointer { line in
        weights.withUnsafeBufferPointer { weights in
          for number in 0..<lines {
            let first = start(number)
            for place in line.indices { line[place] = pixels[first + places[place] * step] }
            for place in 0..<count {
              var sum: Float = 0
              for tap in weights.indices { sum += weights[tap] * line[place + tap] }
              pixels[first + place * step] = sum
            }
          }
        }
      }
    }
  }

  /// The index within a line that a place beyond its ends mirrors.
  private static func mirrored(_ place: Int, _ count: Int) -> Int {
    guard count > 1 else { return 0 }
    let period = 2 * (count - 1)
    let within = ((place % period) + period) % period
    return min(within, period - within)
  }
}

/// Blurs an image by a Gaussian of random width.
public struct RandomBlur: ImageTransform {
  /// The deviations, all equally likely.
  public let sigma: ClosedRange<Double>
  /// How likely the image is blurred.
  public let probability: Double

  /// A blur with a deviation between the bounds. Stops unless they are above 0.
  public init(sigma: ClosedRange<Double> = 0.1...2, probability: Double = 0.5) {
    checkProbability(probability)
    guard sigma.lowerBound > 0 else { stop("RandomBlur", "sigma \(sigma) is not above 0") }
    self.sigma = sigma
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    guard random.uniform() < probability else { return image }
    return image.blurred(sigma: random.uniform(in: sigma))
  }
}
