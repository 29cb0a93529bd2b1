extension Tensor where Scalar: FloatingScalar {
  /// Convolves volumes with filters (cross-correlation: the kernel is not flipped):
  ///
  ///     out[n,k,z,y,x] = bias[k] + Σ_{c,t,r,s} weight[k,c,t,r,s] · self[n, c, z·S + t·D - front, y·S + r·D - top, x·S + s·D - left]
  ///
  /// with stride S and dilation D of each axis, where the input is zero outside its bounds.
  ///
  /// - Parameters:
  ///   - weight: the filters, `[K, C/groups, T, R, S]`.
  ///   - bias: `[K]`, added to each position of an output channel.
  ///   - geometry: stride, padding, dilation and groups.
  /// - Returns: `[N, K, OD, OH, OW]` for self `[N, C, D, H, W]`. Stops where the shapes do not go together.
  ///
  /// Runs as ``conv2d(_:bias:geometry:)`` of images: needs memory for T copies of the output, or T / S of the input.
  public func conv3d(_ weight: Tensor, bias: Tensor? = nil, geometry: VolumeConvolutionGeometry) -> Tensor {
    let shapes = VolumeShapes.checked("conv3d", input: shape, weight: weight.shape, geometry: geometry)
    if let bias, bias.shape != [weight.shape[0]] {
      stop("conv3d", "the bias must be [\(weight.shape[0])] for weight \(weight.shape), it is \(bias.shape)")
    }
    return VolumeConvolution(shapes, geometry).forward(self, weight: weight, bias: bias)
  }

  /// The gradient of ``conv3d(_:bias:geometry:)`` with respect to its input; self is the gradient of the output.
  ///
  /// - Returns: `inputShape`, `[N, C, D, H, W]`. Stops where the shapes do not go together.
  public func conv3dInputGradient(weight: Tensor, inputShape: Shape, geometry: VolumeConvolutionGeometry) -> Tensor {
    let operation = "conv3d input gradient"
    let shapes = VolumeShapes.checked(operation, input: inputShape, weight: weight.shape, geometry: geometry)
    checkGradient(operation, shapes)
    return VolumeConvolution(shapes, geometry).inputGradient(self, weight: weight)
  }

  /// The gradients of ``conv3d(_:bias:geometry:)`` with respect to weight and bias; self is the gradient of the output.
  ///
  /// - Returns: `weightShape`, `[K, C/groups, T, R, S]`, and `[K]`. Stops where the shapes do not go together.
  public func conv3dParameterGradients(
    input: Tensor, weightShape: Shape, geometry: VolumeConvolutionGeometry
  ) -> (weight: Tensor, bias: Tensor) {
    let operation = "conv3d weight gradient"
    let shapes = VolumeShapes.checked(operation, input: input.shape, weight: weightShape, geometry: geometry)
    checkGradient(operation, shapes)
    let weight = VolumeConvolution(shapes, geometry).weightGradient(self, input: input)
    return (weight, sum(along: [0, 2, 3, 4]))
  }

  private func checkGradient(_ operation: String, _ shapes: VolumeShapes) {
    guard shape == shapes.output else {
      stop(
        operation,
        "weight \(shapes.weight) on input \(shapes.input) gives \(shapes.output), the gradient is \(shape)")
    }
  }
}
