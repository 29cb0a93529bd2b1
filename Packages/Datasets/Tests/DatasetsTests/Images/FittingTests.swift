import Datasets
import Testing

@Suite struct FittingTests {
  @Test func theSameSizeIsTheSameImage() {
    let original = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.1, 0.9])
    #expect(original.fitted(into: original.size) == original)
  }

  @Test func aWideImageHasBlackAboveAndBelow() {
    let wide = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.5, 0.5])
    #expect(
      wide.fitted(into: ImageSize(height: 4, width: 4)).intensities == [
        0, 0, 0, 0,
        0.5, 0.5, 0.5, 0.5,
        0.5, 0.5, 0.5, 0.5,
        0, 0, 0, 0,
      ])
  }

  @Test func aTallImageHasBlackBesideAndMoreOnTheRight() {
    let tall = RasterImage(
      channels: 3, size: ImageSize(height: 4, width: 1), intensities: [Float](repeating: 1, count: 12))
    let fitted = tall.fitted(into: ImageSize(height: 2, width: 2))
    #expect(fitted.intensities == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
  }

  @Test func aThreadKeepsOnePixel() {
    let thread = RasterImage(
      channels: 1, size: ImageSize(height: 1000, width: 1), intensities: [Float](repeating: 1, count: 1000))
    let fitted = thread.fitted(into: ImageSize(height: 8, width: 8))
    #expect(fitted.size == ImageSize(height: 8, width: 8))
    #expect(abs(fitted.intensities.reduce(0, +) - 8) < 1e-5)
  }
}
