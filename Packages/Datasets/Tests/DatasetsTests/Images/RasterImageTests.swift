import Datasets
import Testing

@Suite struct RasterImageTests {
  private let colors = RasterImage(
    channels: 3, size: ImageSize(height: 1, width: 2), intensities: [1, 0.5, 0, 0.5, 0, 0.5])

  @Test func grayIsLuma() {
    let gray = colors.converted(toChannels: 1)
    #expect(gray.channels == 1)
    #expect(abs(gray.intensities[0] - 0.299) < 1e-6)
    #expect(abs(gray.intensities[1] - 0.5) < 1e-6)
  }

  @Test func threeChannelsOfGrayAreEqual() {
    let gray = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.25, 1])
    #expect(gray.converted(toChannels: 3).intensities == [0.25, 1, 0.25, 1, 0.25, 1])
    #expect(gray.converted(toChannels: 1) == gray)
    #expect(colors.converted(toChannels: 3) == colors)
  }

  @Test func negative() {
    #expect(colors.inverted().intensities == [0, 0.5, 1, 0.5, 1, 0.5])
  }

  @Test func wrongCountsStop() async {
    await #expect(processExitsWith: .failure) {
      _ = RasterImage(channels: 2, size: ImageSize(height: 1, width: 1), intensities: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0])
    }
    await #expect(processExitsWith: .failure) {
      _ = RasterImage(channels: 1, size: ImageSize(height: 0, width: 2), intensities: [])
    }
  }
}
