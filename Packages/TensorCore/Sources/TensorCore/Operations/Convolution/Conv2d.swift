extension Tensor where Scalar: FloatingScalar {
  /// Convolves images with filters, as networks do (cross-correlation: the kernel is not flipped):
  ///
  ///     out[n,k,y,x] = bias[k] + Σ_{c,r,s} weight[k,c,r,s] · self[n, c, y·stride + r·dilation - top, x·stride + s·dilation - left]
  ///
  /// where the input is zero outside its bounds, and with groups `c` runs over the channels of `k`'s group only.
  ///
  /// - Parameters:
  ///   - weight: the filters, `[K, C/groups, R, S]`.
  ///   - bias: `[K]`, added to each position of an output channel.
  ///   - geometry: stride, padding, dilation and groups; its kernel is the weight's `R×S`.
  /// - Returns: `[N, K, OH, OW]`, see ``ConvolutionGeometry``.
  ///
  /// Self is `[N, C, H, W]`; `N` may be zero. Stops where the shapes do not go together. The same bits with any number
  /// of threads. Cost: `N·K·OH·OW·C/groups·R·S` multiplications.
  public func conv2d(_ weight: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry) -> Tensor {
    convolved(weight, bias, geometry, rectifying: false)
  }

  /// The positive part of ``conv2d(_:bias:geometry:)``: max(conv2d, 0), without another pass over memory where the
  /// convolution runs channels-last.
  public func conv2dReLU(_ weight: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry) -> Tensor {
    convolved(weight, bias, geometry, rectifying: true)
  }

  private func convolved(
    _ weight: Tensor, _ bias: Tensor?, _ geometry: ConvolutionGeometry, rectifying: Bool
  ) -> Tensor {
    let shapes = ConvolutionShapes.checked("conv2d", input: shape, weight: weight.shape, geometry: geometry)
    if let bias, bias.shape != [weight.shape[0]] {
      stop("conv2d", "the bias must be [\(weight.shape[0])] for weight \(weight.shape), it is \(bias.shape)")
    }
    if Scalar.self == Float.self, let pixels = PixelConvolution(shapes) {
      return pixels.forward(self, weight: weight, bias: bias, rectifying: rectifying)
    }
    let output = convolvedInRows(weight, bias, shapes)
    return rectifying ? output.relu() : output
  }

  private func convolvedInRows(_ weight: Tensor, _ bias: Tensor?, _ shapes: ConvolutionShapes) -> Tensor {
    guard Scalar.self == Float.self, let lanes = LaneConvolution(shapes) else {
      return usesProducts(shapes)
        ? PatchConvolution(shapes).forward(self, weight: weight, bias: bias)
        : DirectConvolution(shapes).forward(self, weight: weight, bias: bias)
    }
    let result = Tensor(uninitialized: shapes.output)
    lanes.forward(floats, weight: weight.floats, bias: bias?.floats, result: result.floats)
    return result
  }

  /// The gradient of ``conv2d(_:bias:geometry:)`` with respect to its input; self is the gradient of the output,
  /// `[N, K, OH, OW]`.
  ///
  /// `result[n,c,i,j]` sums `weight[k,c,r,s] · self[n,k,y,x]` over all `k` and all taps that read `(i, j)`: for stride 1
  /// a convolution with the filters flipped both ways.
  ///
  /// - Returns: `inputShape`, `[N, C, H, W]`. Stops where the shapes do not go together.
  public func conv2dInputGradient(weight: Tensor, inputShape: Shape, geometry: ConvolutionGeometry) -> Tensor {
    let operation = "conv2d input gradient"
    let shapes = ConvolutionShapes.checked(operation, input: inputShape, weight: weight.shape, geometry: geometry)
    checkGradient(operation, shapes)
    if Scalar.self == Float.self, let pixels = PixelConvolution(shapes) {
      return pixels.inputGradient(self, weight: weight)
    }
    if let phases = PhaseConvolution(shapes) { return phases.inputGradient(self, weight: weight) }
    guard Scalar.self == Float.self, let lanes = LaneConvolution(shapes), lanes.hasInputGradient else {
      return usesProducts(shapes)
        ? PatchConvolution(shapes).inputGradient(self, weight: weight)
        : DirectConvolution(shapes).inputGradient(self, weight: weight)
    }
    let result = Tensor(uninitialized: shapes.input)
    lanes.inputGradient(floats, weight: weight.floats, result: result.floats)
    return result
  }

  /// Adds to this tensor, `[N, C, H, W]`, what ``conv2dInputGradient(weight:inputShape:geometry:)`` makes of `gradient`:
  /// without another pass over memory where the convolution runs channels-last.
  ///
  /// Stops where the shapes do not go together.
  public mutating func addConv2dInputGradient(of gradient: Tensor, weight: Tensor, geometry: ConvolutionGeometry) {
    let operation = "conv2d input gradient"
    let shapes = ConvolutionShapes.checked(operation, input: shape, weight: weight.shape, geometry: geometry)
    gradient.checkGradient(operation, shapes)
    guard Scalar.self == Float.self, let pixels = PixelConvolution(shapes) else {
      self += gradient.conv2dInputGradient(weight: weight, inputShape: shape, geometry: geometry)
      return
    }
    pixels.addInputGradient(gradient, weight: weight, to: &self)
  }

  /// The gradient of ``conv2d(_:bias:geometry:)`` with respect to its weight; self is the gradient of the output,
  /// `[N, K, OH, OW]`.
  ///
  ///     result[k,c,r,s] = Σ_{n,y,x} self[n,k,y,x] · input[n, c, y·stride + r·dilation - top, x·stride + s·dilation - left]
  ///
  /// - Returns: `weightShape`, `[K, C/groups, R, S]`, zeros for an empty batch. Images are added up in an order that
  ///   does not depend on the number of threads. Stops where the shapes do not go together.
  public func conv2dWeightGradient(input: Tensor, weightShape: Shape, geometry: ConvolutionGeometry) -> Tensor {
    let shapes = checkedWeightGradient(input, weightShape, geometry)
    if Scalar.self == Float.self, let pixels = PixelConvolution(shapes) {
      return pixels.weightGradient(self, input: input)
    }
    guard Scalar.self == Float.self, let lanes = LaneConvolution(shapes) else {
      return weightGradient(input, shapes)
    }
    let weight = Tensor(uninitialized: weightShape), bias = Tensor(uninitialized: [weightShape[0]])
    lanes.parameterGradients(floats, input: input.floats, weight: weight.floats, bias: bias.floats)
    return weight
  }

  /// The gradients of ``conv2d(_:bias:geometry:)`` with respect to weight and bias in one go: that of the weight as
  /// ``conv2dWeightGradient(input:weightShape:geometry:)`` gives it, and `bias[k] = Σ_{n,y,x} self[n,k,y,x]`.
  ///
  /// - Returns: `weightShape`, `[K, C/groups, R, S]`, and `[K]`. Stops where the shapes do not go together.
  public func conv2dParameterGradients(
    input: Tensor, weightShape: Shape, geometry: ConvolutionGeometry
  ) -> (weight: Tensor, bias: Tensor) {
    let shapes = checkedWeightGradient(input, weightShape, geometry)
    if Scalar.self == Float.self, let pixels = PixelConvolution(shapes) {
      return (pixels.weightGradient(self, input: input), channelSums())
    }
    guard Scalar.self == Float.self, let lanes = LaneConvolution(shapes) else {
      return (weightGradient(input, shapes), DirectConvolution(shapes).biasGradient(self))
    }
    let weight = Tensor(uninitialized: weightShape), bias = Tensor(uninitialized: [weightShape[0]])
    lanes.parameterGradients(floats, input: input.floats, weight: weight.floats, bias: bias.floats)
    return (weight, bias)
  }

  private func checkedWeightGradient(
    _ input: Tensor, _ weight: Shape, _ geometry: ConvolutionGeometry
  ) -> ConvolutionShapes {
    let operation = "conv2d weight gradient"
    let shapes = ConvolutionShapes.checked(operation, input: input.shape, weight: weight, geometry: geometry)
    checkGradient(operation, shapes)
    return shapes
  }

  private func weightGradient(_ input: Tensor, _ shapes: ConvolutionShapes) -> Tensor {
    usesProducts(shapes)
      ? PatchConvolution(shapes).weightGradient(self, input: input)
      : DirectConvolution(shapes).weightGradient(self, input: input)
  }

  private func checkGradient(_ operation: String, _ shapes: ConvolutionShapes) {
    guard shape == shapes.output else {
      stop(
        operation,
        "weight \(shapes.weight) on input \(shapes.input) gives \(shapes.output), the gradient is \(shape)")
    }
  }

  /// Few filters in a group, as in depthwise convolutions, leave a matrix product without reuse.
  private func usesProducts(_ shapes: ConvolutionShapes) -> Bool {
    shapes.weight[0] / shapes.groups >= 4 && shapes.weight[1] > 0
  }

  /// The elements of a tensor of Float.
  private var floats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(storage.start).assumingMemoryBound(to: Float.self)
  }
}
