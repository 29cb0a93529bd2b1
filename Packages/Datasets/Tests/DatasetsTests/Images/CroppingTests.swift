import Datasets
import Testing

@Suite struct CroppingTests {
  /// Rows 0 1 2 | 3 4 5 | 6 7 8 in each of 3 channels, 10 apart.
  private let image = ByteImage(
    channels: 3, size: ImageSize(height: 3, width: 3),
    pixels: (0..<3).flatMap { channel in (0..<9).map { UInt8(channel * 10 + $0) } })

  @Test func takesARectangle() {
    let part = image.cropped(to: ImageRegion(top: 1, left: 0, size: ImageSize(height: 2, width: 2)))
    #expect(part.pixels == [3, 4, 6, 7, 13, 14, 16, 17, 23, 24, 26, 27])
    #expect(image.raster.cropped(to: ImageRegion(top: 1, left: 0, size: ImageSize(height: 2, width: 2))) == part.raster)
  }

  @Test func isBlackBeyondTheImage() {
    let part = image.cropped(to: ImageRegion(top: -1, left: 2, size: ImageSize(height: 3, width: 2)))
    #expect(Array(part.pixels.prefix(6)) == [0, 0, 2, 0, 5, 0])
    let away = image.cropped(to: ImageRegion(top: 9, left: 0, size: ImageSize(height: 1, width: 2)))
    #expect(away.pixels == [UInt8](repeating: 0, count: 6))
  }

  /// torchvision's centre crop: `round((H - h) / 2)` with halves to even, and padding that is smaller on the left.
  @Test func takesTheMiddle() {
    func start(_ whole: Int, _ part: Int) -> Int {
      ImageRegion(centerOf: ImageSize(height: whole, width: 1), ImageSize(height: part, width: 1)).top
    }
    #expect(start(256, 224) == 16)
    #expect(start(9, 4) == 2)  // 2.5
    #expect(start(11, 4) == 4)  // 3.5
    #expect(start(4, 9) == -2)
    #expect(image.centerCropped(to: ImageSize(height: 1, width: 1)).pixels == [4, 14, 24])
  }
}
