import Datasets
import TensorCore
import Testing

@Suite struct ImageResizerTests {
  private func image(height: Int, width: Int, channels: Int = 1) -> RasterImage {
    let values = (0..<(channels * height * width)).map { (place: Int) -> Float in
      Float((place * 37 + place / 5 * 11) % 101) / 100
    }
    return RasterImage(channels: channels, size: ImageSize(height: height, width: width), intensities: values)
  }

  /// Two pixels become four: centres at ¼, ¾, 1¼, 1¾ of the input, whose own lie at ½ and 1½.
  @Test func byHand() {
    let line = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0, 1])
    #expect(line.resized(to: ImageSize(height: 1, width: 4)).intensities == [0, 0.25, 0.75, 1])
    let square = RasterImage(channels: 1, size: ImageSize(height: 2, width: 2), intensities: [0, 1, 0.5, 0])
    let large: [Float] = [
      0, 0.25, 0.75, 1,
      0.125, 0.28125, 0.59375, 0.75,
      0.375, 0.34375, 0.28125, 0.25,
      0.5, 0.375, 0.125, 0,
    ]
    #expect(square.resized(to: ImageSize(height: 4, width: 4)).intensities == large)
  }

  /// The half-pixel rule as PyTorch's documentation gives it, in Float64: position `(i + ½) m / n - ½`, not below 0,
  /// between the neighbours below and above.
  @Test(arguments: [(8, 8, 32, 32, 1), (5, 7, 9, 20, 3), (1, 1, 4, 3, 1), (28, 28, 32, 32, 1), (3, 5, 3, 6, 1)])
  func enlargesLikeAPlainLoop(height: Int, width: Int, newHeight: Int, newWidth: Int, channels: Int) {
    let small = image(height: height, width: width, channels: channels)
    let large = small.resized(to: ImageSize(height: newHeight, width: newWidth))
    func neighbors(_ pixel: Int, _ from: Int, _ to: Int) -> (low: Int, high: Int, share: Double) {
      let position = max(0, (Double(pixel) + 0.5) * Double(from) / Double(to) - 0.5)
      let low = min(Int(position), from - 1)
      return (low, min(low + 1, from - 1), position - Double(low))
    }
    for channel in 0..<channels {
      for row in 0..<newHeight {
        for column in 0..<newWidth {
          let y = neighbors(row, height, newHeight)
          let x = neighbors(column, width, newWidth)
          func at(_ row: Int, _ column: Int) -> Double {
            Double(small.intensities[(channel * height + row) * width + column])
          }
          let upper = at(y.low, x.low) * (1 - x.share) + at(y.low, x.high) * x.share
          let lower = at(y.high, x.low) * (1 - x.share) + at(y.high, x.high) * x.share
          let expected = upper * (1 - y.share) + lower * y.share
          let found = Double(large.intensities[(channel * newHeight + row) * newWidth + column])
          #expect(abs(found - expected) < 1e-6)
        }
      }
    }
  }

  /// Four pixels become two: the triangle reaches two pixels from its centre at 1, so the pixels at ½, 1½, 2½ weigh
  /// ¾, ¾, ¼ before they are divided by their sum.
  @Test func shrinksByTriangles() {
    let line = RasterImage(channels: 1, size: ImageSize(height: 1, width: 4), intensities: [0.7, 0, 0, 0])
    let shrunk = line.resized(to: ImageSize(height: 1, width: 2)).intensities
    #expect(abs(shrunk[0] - 0.3) < 1e-6)
    #expect(shrunk[1] == 0)
  }

  /// Values of PyTorch 2.13's `interpolate(mode="bilinear", align_corners=False, antialias=True)` in Float64.
  @Test func agreesWithPyTorch() {
    let smaller: [Float] = [0.4714286, 0.3916234, 0.535625, 0.5869886, 0.4342208, 0.5314935]
    let mixed: [Float] = [
      0.35625, 0.35125, 0.4532143, 0.7175, 0.2603571, 0.2360714, 0.4475,
      0.9033333, 0.537619, 0.3690476, 0.6333333, 0.6571429, 0.5366667, 0.3633333,
      0.8166667, 0.4509524, 0.282381, 0.5466667, 0.8109524, 0.642381, 0.2766667,
      0.7325, 0.3667857, 0.1982143, 0.4625, 0.7267857, 0.5582143, 0.1925,
    ]
    let original = image(height: 6, width: 5)
    for (size, expected) in [(ImageSize(height: 3, width: 2), smaller), (ImageSize(height: 4, width: 7), mixed)] {
      let found = original.resized(to: size).intensities
      #expect(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test(arguments: [(40, 40, 8, 8), (33, 17, 5, 16), (9, 9, 1, 1), (300, 2, 28, 28)])
  func aConstantStays(height: Int, width: Int, newHeight: Int, newWidth: Int) {
    let gray = RasterImage(
      channels: 1, size: ImageSize(height: height, width: width),
      intensities: [Float](repeating: 0.6, count: height * width))
    let resized = gray.resized(to: ImageSize(height: newHeight, width: newWidth))
    #expect(resized.size == ImageSize(height: newHeight, width: newWidth))
    #expect(resized.intensities.allSatisfy { abs($0 - 0.6) < 1e-6 })
  }

  @Test func theSameSizeIsTheSameImage() {
    let original = image(height: 6, width: 4)
    #expect(original.resized(to: original.size) == original)
  }

  /// Pillow's `resize` of images in bytes, with all filters: equal to the bit. Of its images in Float (mode F) to rounding.
  @Test func agreesWithPillow() throws {
    let golden = try GoldenArrays("resizing")
    let cases = golden.cases("bytes")
    #expect(cases.count == 36)
    for name in cases {
      let parts = name.split(separator: "/")
      let filter = try #require(ResamplingFilter(rawValue: String(parts[1])))
      let original = try golden.image(String(parts[0]))
      let expected = try golden.image(name + "/bytes")
      #expect(original.resized(to: expected.size, filter: filter) == expected, "\(name)")
      guard golden.file.names.contains(name + "/floats") else { continue }
      let floats = try golden.file.tensor(name + "/floats", as: Float.self)
      let found = original.raster.resized(to: expected.size, filter: filter)
      #expect(largestDifference(found.intensities, floats.scalars) < 2e-6, "\(name)")
    }
  }

  /// A part of the resized image is the same as resizing and then cropping.
  @Test func makesAPart() {
    let original = ByteImage(image(height: 20, width: 31, channels: 3))
    let whole = ImageSize(height: 33, width: 14)
    let part = ImageResizer(from: original.size, to: whole, filter: .bicubic, rows: 5..<30, columns: 3..<14)
    let region = ImageRegion(top: 5, left: 3, size: ImageSize(height: 25, width: 11))
    #expect(part.resize(original) == original.resized(to: whole, filter: .bicubic).cropped(to: region))
    let floats = image(height: 20, width: 31, channels: 3)
    #expect(part.resize(floats) == floats.resized(to: whole, filter: .bicubic).cropped(to: region))
  }

  @Test func theShortSideGivesTheSize() {
    #expect(ImageSize(height: 375, width: 500).withShortSide(256) == ImageSize(height: 256, width: 341))
    #expect(ImageSize(height: 500, width: 375).withShortSide(256) == ImageSize(height: 341, width: 256))
    #expect(ImageSize(height: 10, width: 10).withShortSide(256) == ImageSize(height: 256, width: 256))
  }

  @Test func wrongSizesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = ImageResizer(from: ImageSize(height: 0, width: 1), to: ImageSize(height: 2, width: 2))
    }
    await #expect(processExitsWith: .failure) {
      let resizer = ImageResizer(from: ImageSize(height: 1, width: 1), to: ImageSize(height: 2, width: 2))
      _ = resizer.resize(ByteImage(channels: 1, size: ImageSize(height: 1, width: 2), pixels: [0, 0]))
    }
  }
}
