import Datasets
import TensorCore

/// Images of a data set with their labels: for a terminal, and as one picture.
struct SampleSheet {
  private let samples: ImageDataset
  private static let columns = 10
  /// The side that small images are enlarged to, at least, by a whole number.
  private static let side = 56
  private static let gap = 6

  init(_ samples: ImageDataset) { self.samples = samples }

  /// For a terminal, with the class names.
  var pictures: [Picture] {
    zip(images, samples.labels.scalars).map { Picture($0, caption: [samples.classNames[Int($1)]]) }
  }

  /// A picture of ten samples a row, each with its class's number below, on dark grey.
  var image: RasterImage {
    let (height, width) = (samples.imageSize.height * scale, samples.imageSize.width * scale)
    let cell = (height: height + DigitFont.height + 3 * Self.gap / 2, width: width + Self.gap)
    let columns = min(Self.columns, samples.count), rows = (samples.count + columns - 1) / columns
    var canvas = Canvas(
      channels: samples.channels,
      size: ImageSize(height: rows * cell.height + Self.gap, width: columns * cell.width + Self.gap), background: 0.2)
    for (index, (image, label)) in zip(images, samples.labels.scalars).enumerated() {
      let top = index / columns * cell.height + Self.gap, left = index % columns * cell.width + Self.gap
      canvas.draw(image, scale: scale, top: top, left: left)
      canvas.draw(digits: Int(label), top: top + height + Self.gap / 2, left: left)
    }
    return canvas.image
  }

  private var scale: Int { max(1, Self.side / max(samples.imageSize.height, samples.imageSize.width)) }

  private var images: [RasterImage] {
    (0..<samples.count).map(samples.image)
  }
}

/// A picture that is drawn on.
private struct Canvas {
  private let channels: Int
  private let size: ImageSize
  private var intensities: [Float]

  init(channels: Int, size: ImageSize, background: Float) {
    (self.channels, self.size) = (channels, size)
    intensities = [Float](repeating: background, count: channels * size.height * size.width)
  }

  var image: RasterImage { RasterImage(channels: channels, size: size, intensities: intensities) }

  /// Draws an image, each of its pixels as a square.
  mutating func draw(_ image: RasterImage, scale: Int, top: Int, left: Int) {
    for channel in 0..<channels {
      for row in 0..<(image.size.height * scale) {
        let source = (channel * image.size.height + row / scale) * image.size.width
        let target = (channel * size.height + top + row) * size.width + left
        for column in 0..<(image.size.width * scale) {
          intensities[target + column] = image.intensities[source + column / scale]
        }
      }
    }
  }

  /// Writes a number in white.
  mutating func draw(digits number: Int, top: Int, left: Int) {
    for (position, row, column) in DigitFont.dots(of: number) {
      let x = left + position * DigitFont.advance + column
      guard x < size.width else { continue }
      for channel in 0..<channels { intensities[(channel * size.height + top + row) * size.width + x] = 1 }
    }
  }
}

/// Digits of 3×5 dots, drawn at twice the size.
private enum DigitFont {
  static let height = 10
  static let advance = 8

  /// For each digit five rows of three dots, a row in three bits.
  private static let rows: [[Int]] = [
    [0b111, 0b101, 0b101, 0b101, 0b111], [0b010, 0b110, 0b010, 0b010, 0b111], [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111], [0b101, 0b101, 0b111, 0b001, 0b001], [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111], [0b111, 0b001, 0b010, 0b010, 0b010], [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
  ]

  /// The dots of a number from 0 on: which digit, and where within it.
  static func dots(of number: Int) -> [(digit: Int, row: Int, column: Int)] {
    var dots: [(digit: Int, row: Int, column: Int)] = []
    for (position, digit) in String(number).compactMap(\.wholeNumberValue).enumerated() {
      for row in 0..<height {
        for column in 0..<6 where rows[digit][row / 2] >> (2 - column / 2) & 1 == 1 {
          dots.append((position, row, column))
        }
      }
    }
    return dots
  }
}
