import Datasets
import TensorCore
import Testing

@Suite struct ImageNetPreprocessingTests {
  /// Pillow's resize and torchvision's centre crop, for wide, tall, square and enlarged images: equal to the bit.
  @Test func agreesWithTorchvision() throws {
    let golden = try GoldenArrays("resizing")
    let preprocessing = try ImageNetPreprocessing(resizedSide: 20, cropSide: 16)
    let cases = golden.cases("crop")
    #expect(cases.count == 4)
    for name in cases {
      let crop = preprocessing.crop(try golden.image(name + "/image").raster)
      #expect(crop == (try golden.image(name + "/crop")), "\(name)")
    }
  }

  /// A grey image of 0.5 (byte 128): (128 / 255 - mean) / deviation in each channel.
  @Test func normalizes() {
    let gray = RasterImage(
      channels: 1, size: ImageSize(height: 30, width: 300), intensities: [Float](repeating: 0.5, count: 9000))
    let prepared = ImageNetPreprocessing.standard.prepare([gray, gray])
    #expect(prepared.shape == [2, 3, 224, 224])
    let half: Float = 128.0 / 255
    let expected: [Float] = [(half - 0.485) / 0.229, (half - 0.456) / 0.224, (half - 0.406) / 0.225]
    for image in 0..<2 {
      for channel in 0..<3 { #expect(abs(prepared[image, channel, 100, 7] - expected[channel]) < 1e-6) }
    }
  }

  @Test func aCropBeyondTheImageIsBlack() throws {
    let white = RasterImage(
      channels: 1, size: ImageSize(height: 2, width: 2), intensities: [Float](repeating: 1, count: 4))
    let crop = try ImageNetPreprocessing(resizedSide: 2, cropSide: 4).crop(white)
    #expect(Array(crop.pixels.prefix(16)) == [0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 0, 0, 0])
  }

  @Test func aThreadOfPixelsTakesNoMemory() {
    let thread = RasterImage(
      channels: 1, size: ImageSize(height: 1, width: 1 << 20), intensities: [Float](repeating: 1, count: 1 << 20))
    #expect(ImageNetPreprocessing.standard.crop(thread).pixels.allSatisfy { $0 == 255 })
  }

  @Test func refusesWrongNumbers() {
    #expect(throws: DatasetError.self) { try ImageNetPreprocessing(resizedSide: 0) }
    #expect(throws: DatasetError.self) { try ImageNetPreprocessing(mean: [0, 1]) }
    #expect(throws: DatasetError.self) { try ImageNetPreprocessing(deviation: [1, 1, 0]) }
  }
}
