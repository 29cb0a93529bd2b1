// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersPixelShuffle1() throws {
  let finer = Sequential(Conv2d(64, 3 * 4, kernelSize: 3, padding: 1), PixelShuffle(2))
  _ = finer
}

func snippetNNLayersPixelShuffle2() throws {
  let coarser = PixelUnshuffle(2)
  _ = coarser
}

func snippetNNLayersUpsample2d1() throws {
  let doubled = Upsample2d(scale: 2)
  let smooth = Upsample2d(scale: 2, interpolation: .bilinear(alignsCorners: false))
  let fixed = Upsample2d(size: 224, interpolation: .bilinear(alignsCorners: true))
  _ = doubled
  _ = smooth
  _ = fixed
}
