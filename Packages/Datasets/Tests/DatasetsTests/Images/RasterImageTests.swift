import Datasets
import Testing

@Suite struct RasterImageTests {
  private let colours = RasterImage(
    channels: 3, size: ImageSize(height: 1, width: 2), intensities: [1, 0.5, 0, 0.5, 0, 0.5])

  @Test func greyIsLuma() {
    let grey = colours.converted(toChannels: 1)
    #expect(grey.channels == 1)
    #expect(abs(grey.intensities[0] - 0.299) < 1e-6)
    #expect(abs(grey.intensities[1] - 0.5) < 1e-6)
  }

  @Test func threeChannelsOfGreyAreEqual() {
    let grey = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.25, 1])
    #expect(grey.converted(toChannels: 3).intensities == [0.25, 1, 0.25, 1, 0.25, 1])
    #expect(grey.converted(toChannels: 1) == grey)
    #expect(colours.converted(toChannels: 3) == colours)
  }

  @Test func negative() {
    #expect(colours.inverted().intensities == [0, 0.5, 1, 0.5, 1, 0.5])
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
