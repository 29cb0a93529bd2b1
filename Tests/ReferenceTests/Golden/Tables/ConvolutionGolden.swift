import NNLayers
import TensorCore

extension GoldenFamily {
  static let convolution = GoldenFamily("convolution") {
    Golden("conv2d") { Conv2d(4, 6, kernelSize: 3) }
    Golden("conv2d without bias") { Conv2d(4, 6, kernelSize: 3, bias: false) }
    Golden("conv2d pointwise") { Conv2d(4, 6, kernelSize: 1) }
    Golden("conv2d pointwise stride") { Conv2d(4, 6, kernelSize: 1, stride: 2) }
    Golden("conv2d stride") { Conv2d(4, 6, kernelSize: 3, stride: 2) }
    Golden("conv2d stride per axis") { Conv2d(4, 6, kernelSize: plane(3, 2), stride: plane(1, 2)) }
    Golden("conv2d padding") { Conv2d(4, 6, kernelSize: 3, padding: 1) }
    Golden("conv2d padding per axis") {
      Conv2d(4, 6, kernelSize: 3, stride: 2, padding: .symmetric(plane(2, 1)))
    }
    Golden("conv2d dilation") { Conv2d(4, 6, kernelSize: 3, padding: 2, dilation: 2) }
    Golden("conv2d dilation per axis") { Conv2d(4, 6, kernelSize: 3, dilation: plane(2, 1)) }
    Golden("conv2d groups") { Conv2d(4, 6, kernelSize: 3, groups: 2) }
    Golden("conv2d depthwise") { Conv2d(4, 4, kernelSize: 3, padding: 1, groups: 4) }
    Golden("conv2d depthwise multiplied") { Conv2d(4, 8, kernelSize: 3, stride: 2, groups: 4) }
    Golden("conv2d same") { Conv2d(4, 3, kernelSize: 3, padding: .same) }
    Golden("conv2d same even") { Conv2d(4, 3, kernelSize: plane(4, 2), padding: .same) }
    Golden("conv2d same dilation") { Conv2d(4, 3, kernelSize: 3, padding: .same, dilation: plane(2, 3)) }
    Golden("conv2d kernel 5") { Conv2d(1, 6, kernelSize: 5) }
    Golden("conv2d kernel 7 stride") { Conv2d(3, 4, kernelSize: 7, stride: 2, padding: 3) }
    Golden("conv2d kernel 11 stride") { Conv2d(3, 2, kernelSize: 11, stride: 4, padding: 2) }
    Golden("conv2d many channels", measure: .largest) { Conv2d(16, 18, kernelSize: 3, padding: 1) }
    for mode: PaddingMode in [.reflect, .replicate, .circular] {
      Golden("conv2d \(mode)") { Conv2d(4, 3, kernelSize: 3, padding: 1, paddingMode: mode) }
      Golden("conv2d \(mode) per axis") {
        Conv2d(4, 3, kernelSize: 3, stride: 2, padding: .symmetric(plane(2, 1)), paddingMode: mode)
      }
      Golden("conv1d \(mode)") { Conv1d(4, 3, kernelSize: 5, padding: 2, paddingMode: mode) }
    }

    Golden("conv1d") { Conv1d(4, 6, kernelSize: 3) }
    Golden("conv1d stride padding") { Conv1d(4, 6, kernelSize: 3, stride: 2, padding: 1) }
    Golden("conv1d dilation groups") { Conv1d(4, 6, kernelSize: 3, dilation: 2, groups: 2) }
    Golden("conv1d same") { Conv1d(4, 3, kernelSize: 4, padding: .same) }

    Golden("conv3d") { Conv3d(2, 3, kernelSize: 3) }
    Golden("conv3d stride padding") { Conv3d(2, 3, kernelSize: 3, stride: 2, padding: 1) }
    Golden("conv3d per axis") {
      Conv3d(
        2, 3, kernelSize: volume(2, 1, 3), stride: volume(1, 2, 1), padding: .symmetric(volume(0, 1, 2)))
    }
    Golden("conv3d dilation") { Conv3d(2, 3, kernelSize: 2, dilation: volume(2, 1, 3)) }
    Golden("conv3d groups") { Conv3d(2, 4, kernelSize: 2, groups: 2) }
    Golden("conv3d same") { Conv3d(2, 2, kernelSize: 3, padding: .same) }

    Golden("conv transpose 1d") { ConvTranspose1d(4, 3, kernelSize: 3) }
    Golden("conv transpose 1d stride") {
      ConvTranspose1d(4, 3, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1)
    }
    Golden("conv transpose 1d dilation groups") { ConvTranspose1d(4, 6, kernelSize: 3, dilation: 2, groups: 2) }
    Golden("conv transpose 2d") { ConvTranspose2d(4, 3, kernelSize: 3) }
    Golden("conv transpose 2d without bias") { ConvTranspose2d(4, 3, kernelSize: 3, bias: false) }
    Golden("conv transpose 2d stride") { ConvTranspose2d(4, 3, kernelSize: 2, stride: 2) }
    Golden("conv transpose 2d padding") { ConvTranspose2d(4, 3, kernelSize: 4, stride: 2, padding: 1) }
    Golden("conv transpose 2d output padding") {
      ConvTranspose2d(4, 3, kernelSize: 3, stride: plane(2, 3), padding: 1, outputPadding: plane(1, 2))
    }
    Golden("conv transpose 2d groups") { ConvTranspose2d(4, 6, kernelSize: 3, groups: 2) }
    Golden("conv transpose 2d dilation") {
      ConvTranspose2d(4, 3, kernelSize: 3, stride: 2, padding: 1, dilation: 2)
    }
  }
}

/// A height and a width.
func plane(_ height: Int, _ width: Int) -> PlaneSize { PlaneSize(height: height, width: width) }

/// A depth, a height and a width.
func volume(_ depth: Int, _ height: Int, _ width: Int) -> VolumeSize {
  VolumeSize(depth: depth, height: height, width: width)
}
