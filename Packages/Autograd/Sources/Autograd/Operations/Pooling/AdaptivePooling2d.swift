import TensorCore

/// y = the largest element of each of so many windows: the gradient goes to where it was found.
struct AdaptiveMaxPooling2d: Operation {
  let name = "adaptiveMaxPool2d"
  let size: PlaneSize
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    let (output, indices) = inputs[0].adaptiveMaxPool2d(to: size)
    return Recorded(output) { gradient in [gradient.adaptiveMaxPool2dGradient(indices: indices, inputShape: shape)] }
  }
}

/// y = the mean of each of so many windows: every element gets an equal share of the gradient.
struct AdaptiveAveragePooling2d: Operation {
  let name = "adaptiveAveragePool2d"
  let size: PlaneSize
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].adaptiveAveragePool2d(to: size)) { gradient in
      [gradient.adaptiveAveragePool2dGradient(inputShape: shape)]
    }
  }
}

extension Variable {
  /// The largest element of each of `size` windows that cover each plane of `[N, C, H, W]`. NaN passes through.
  public func adaptiveMaxPool2d(to size: PlaneSize) -> Variable { AdaptiveMaxPooling2d(size: size).apply(to: self) }

  /// The mean of each of `size` windows that cover each plane of `[N, C, H, W]`; window i of O along an axis of N
  /// elements is `floor(i·N/O) ..< ceil((i + 1)·N/O)`.
  public func adaptiveAveragePool2d(to size: PlaneSize) -> Variable {
    AdaptiveAveragePooling2d(size: size).apply(to: self)
  }
}
