import NNLayers
import TensorCore

extension GoldenFamily {
  static let convolution = GoldenFamily("convolution", awaiting: awaitedConvolutions) {
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
  }

  private static let awaitedConvolutions = [
    "conv1d", "conv3d", "conv transpose", "conv2d reflect", "conv2d replicate", "conv2d circular",
  ]
}

/// A height and a width.
func plane(_ height: Int, _ width: Int) -> PlaneSize { PlaneSize(height: height, width: width) }
