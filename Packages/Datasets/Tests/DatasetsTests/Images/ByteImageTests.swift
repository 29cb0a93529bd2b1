import Datasets
import Testing

@Suite struct ByteImageTests {
  @Test func bytesComeBackFromIntensities() {
    let bytes = ByteImage(channels: 1, size: ImageSize(height: 16, width: 16), pixels: Array(0...255))
    #expect(bytes.raster.intensities[51] == 0.2)
    #expect(ByteImage(bytes.raster) == bytes)
  }

  @Test func intensitiesAreRoundedAndHeld() {
    let image = RasterImage(
      channels: 1, size: ImageSize(height: 1, width: 4), intensities: [-1, 0.4999 / 255, 0.5001 / 255, 2])
    #expect(ByteImage(image).pixels == [0, 0, 1, 255])
  }

  @Test func wrongCountsStop() async {
    await #expect(processExitsWith: .failure) {
      _ = ByteImage(channels: 1, size: ImageSize(height: 1, width: 2), pixels: [0])
    }
  }
}
