import Drawing
import Training

/// The first images of a set, as images that can be turned.
func turnable(_ images: PreparedImages, count: Int) -> [RasterImage] {
  (0..<count).map { RasterImage(images.images(at: [$0]).element(at: 0), stretching: 0...1) }
}

/// Images turned by degrees and shifted to the right by pixels.
func moved(_ images: [RasterImage], _ degrees: Double, _ shift: Double = 0) -> [RasterImage] {
  images.map { $0.warped(by: PlaneMap(size: $0.size, degrees: degrees, shift: (shift, 0))) }
}

/// Grey images of one size as a batch, `[N, 1, H, W]`.
func tensor(_ images: [RasterImage]) -> Tensor<Float> {
  let size = images[0].size
  return Tensor(images.flatMap(\.intensities), shape: [images.count, 1, size.height, size.width])
}
