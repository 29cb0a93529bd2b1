import Foundation
import TensorCore

/// Drawn pictures of cells as under a microscope, with the class of every pixel: what a segmentation can be tried with, without
/// a download.
///
/// Each picture has a number of bright ellipses with a brighter rim, of different size, direction and brightness, on a dark
/// ground that is unevenly lit; over all lies Gaussian noise. Cells may reach over the edge and touch each other; between
/// touching ones a line of ground is left, which a network must find to tell them apart.
///
/// The same seed gives the same pictures, the first ones the same whatever the count.
///
/// ```swift
/// let cells = Cells(count: 64, seed: 1)
/// let (images, masks) = cells.batch([0, 1, 2, 3])  // [4, 1, 64, 64] and [4, 64, 64]
/// ```
public struct Cells: Sendable {
  /// The names of the classes: 0 and 1 in the masks.
  public static let classNames = ["ground", "cell"]

  /// The pictures, `[N, 1, H, W]`.
  public let images: Tensor<UInt8>
  /// The class of each pixel, `[N, H, W]`.
  public let masks: Tensor<Int64>

  /// Draws pictures. Stops unless there is at least one of at least one pixel.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - size: of each. Default 64×64.
  ///   - cellCount: how many cells a picture may have. Default 4 to 9.
  ///   - noise: the noise's deviation, of 255. Default 16.
  ///   - seed: where the random numbers come from.
  public init(
    count: Int, size: ImageSize = ImageSize(height: 64, width: 64), cellCount: ClosedRange<Int> = 4...9,
    noise: Double = 16, seed: UInt64
  ) {
    guard count >= 1, size.height >= 1, size.width >= 1, cellCount.lowerBound >= 0 else {
      stop("Cells", "cannot draw \(count) pictures of \(size) with \(cellCount) cells")
    }
    let area = size.height * size.width
    var pixels: [UInt8] = [], classes: [Int64] = []
    pixels.reserveCapacity(count * area)
    classes.reserveCapacity(count * area)
    for number in 0..<count {
      var random = RandomStream(key: seed, stream: UInt64(number), counter: 0)
      let picture = CellPicture(size, cellCount: cellCount, using: &random)
      for y in 0..<size.height {
        for x in 0..<size.width {
          let (brightness, isCell) = picture.pixel(y, x)
          pixels.append(UInt8(min(max(brightness + noise * random.normal(), 0), 255)))
          classes.append(isCell ? 1 : 0)
        }
      }
    }
    images = Tensor(shape: [count, 1, size.height, size.width]) { _ = $0.update(fromContentsOf: pixels) }
    masks = Tensor(shape: [count, size.height, size.width]) { _ = $0.update(fromContentsOf: classes) }
  }

  /// The number of pictures.
  public var count: Int { images.shape[0] }

  /// Some pictures as a network takes them, from -1 for black to 1 for white, with their masks.
  ///
  /// Stops on an index outside the set or when there is none.
  ///
  /// - Returns: `[n, 1, H, W]` and `[n, H, W]`.
  public func batch(_ indices: [Int]) -> (images: Tensor<Float>, masks: Tensor<Int64>) {
    guard !indices.isEmpty, indices.allSatisfy((0..<count).contains) else {
      stop("Cells", "indices must be in 0..<\(count) and at least one, these are \(indices.prefix(8))")
    }
    let area = images.shape[2] * images.shape[3]
    var pixels: [Float] = [], classes: [Int64] = []
    images.withUnsafeBufferPointer { images in
      masks.withUnsafeBufferPointer { masks in
        for index in indices {
          let range = (index * area)..<((index + 1) * area)
          pixels += images[range].map { Float($0) / 127.5 - 1 }
          classes += masks[range]
        }
      }
    }
    return (
      Tensor(pixels, shape: [indices.count, 1, images.shape[2], images.shape[3]]),
      Tensor(classes, shape: [indices.count, images.shape[2], images.shape[3]])
    )
  }
}

/// The shapes in a picture, without noise.
private struct CellPicture {
  private let ellipses: [Ellipse]
  /// The light falls from one side: brightness at a pixel's place along y and x, and on the whole.
  private let light: (y: Double, x: Double, base: Double)

  init(_ size: ImageSize, cellCount: ClosedRange<Int>, using random: inout RandomStream) {
    let count = cellCount.lowerBound + random.integer(below: cellCount.count)
    ellipses = (0..<count).map { _ in Ellipse(in: size, using: &random) }
    let slope = 40 / Double(max(size.height, size.width))
    light = (
      y: slope * (random.uniform() - 0.5), x: slope * (random.uniform() - 0.5), base: 50 + 30 * random.uniform()
    )
  }

  /// The brightness, of 255, and whether it is a cell's.
  func pixel(_ y: Int, _ x: Int) -> (brightness: Double, isCell: Bool) {
    let ground = light.base + light.y * Double(y) + light.x * Double(x)
    var nearest: (distance: Double, ellipse: Ellipse)?
    var second = Double.infinity
    for ellipse in ellipses {
      let distance = ellipse.distance(Double(y), Double(x))
      if distance < nearest?.distance ?? .infinity {
        second = nearest?.distance ?? .infinity
        nearest = (distance, ellipse)
      } else {
        second = min(second, distance)
      }
    }
    // Where two cells are about equally near, a line of ground parts them.
    guard let (distance, ellipse) = nearest, distance < 1, second - distance > 0.2 else { return (ground, false) }
    return (ground + ellipse.brightness * (distance > 0.75 ? 1.3 : 1), true)
  }
}

/// The outline of a cell.
private struct Ellipse {
  let brightness: Double
  private let center: (y: Double, x: Double)
  private let axes: (Double, Double)
  private let direction: (cos: Double, sin: Double)

  /// Anywhere, its centre within the picture.
  init(in size: ImageSize, using random: inout RandomStream) {
    center = (y: Double(size.height) * random.uniform(), x: Double(size.width) * random.uniform())
    axes = (6 + 6 * random.uniform(), 6 + 6 * random.uniform())
    let angle = Double.pi * random.uniform()
    direction = (cos: cos(angle), sin: sin(angle))
    brightness = 50 + 50 * random.uniform()
  }

  /// 0 at the centre, 1 on the outline.
  func distance(_ y: Double, _ x: Double) -> Double {
    let (dy, dx) = (y - center.y, x - center.x)
    let along = (dx * direction.cos + dy * direction.sin) / axes.0
    let across = (dy * direction.cos - dx * direction.sin) / axes.1
    return (along * along + across * across).squareRoot()
  }
}
