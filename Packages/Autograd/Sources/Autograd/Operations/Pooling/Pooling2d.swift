import TensorCore

/// y = the largest element of each window: the gradient goes to where it was found, the first of equals.
struct MaxPooling2d: Operation {
  let name = "maxPool2d"
  let geometry: PoolingGeometry
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (output, choices) = inputs[0].maxPool2d(geometry)
    return Recorded(output) { gradient in [gradient.maxPool2dGradient(choices)] }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? { geometry.inputWindows(onImages: input) }
}

/// y = the mean of each window: every element gets an equal share of the gradient.
struct AveragePooling2d: Operation {
  let name = "averagePool2d"
  let geometry: PoolingGeometry
  let countingPadding: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].averagePool2d(geometry, countingPadding: countingPadding)) { gradient in
      [gradient.averagePool2dGradient(inputShape: shape, geometry: geometry, countingPadding: countingPadding)]
    }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? { geometry.inputWindows(onImages: input) }
}

extension Variable {
  /// The largest element of each window of `[N, C, H, W]`. NaN passes through; padding never wins.
  public func maxPool2d(_ geometry: PoolingGeometry) -> Variable { MaxPooling2d(geometry: geometry).apply(to: self) }

  /// The mean of each window of `[N, C, H, W]`, with the zeros of the padding counted or not.
  public func averagePool2d(_ geometry: PoolingGeometry, countingPadding: Bool = true) -> Variable {
    AveragePooling2d(geometry: geometry, countingPadding: countingPadding).apply(to: self)
  }
}

extension PoolingGeometry {
  /// The windows on images `[N, C, H, W]`.
  func inputWindows(onImages shape: Shape) -> [InputWindow]? {
    try? inputWindows(on: PlaneSize(height: shape[2], width: shape[3]))
  }
}
