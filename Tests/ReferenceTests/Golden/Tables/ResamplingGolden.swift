import NNLayers
import TensorCore

extension GoldenFamily {
  static let resampling = GoldenFamily("resampling") {
    for (height, width) in [(8, 10), (7, 9), (3, 4), (1, 1)] {
      let size = plane(height, width)
      Golden("nearest \(height)x\(width)") { Upsample2d(size: size) }
      Golden("bilinear \(height)x\(width)") {
        Upsample2d(size: size, interpolation: .bilinear(alignsCorners: false))
      }
      Golden("bilinear \(height)x\(width) aligned corners") {
        Upsample2d(size: size, interpolation: .bilinear(alignsCorners: true))
      }
    }
    Golden("pixel shuffle 2") { PixelShuffle(2) }
    Golden("pixel shuffle 3") { PixelShuffle(3) }
    Golden("pixel unshuffle 2") { PixelUnshuffle(2) }
  }
}
