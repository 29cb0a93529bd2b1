/// A convolution of volumes as one of images, in one of two ways.
///
/// - From the output's planes: the planes that each of them reads, T of each channel, are the channels of an image.
/// - From the input's planes, with K · T filters: each gives T planes of each output channel, which are added up where they
///   belong. That gathers the patches of a plane once and not T times, but calculates planes that nothing needs where the
///   depth's stride is not 1 or the output has fewer planes than the input.
struct VolumeConvolution<Scalar: FloatingScalar> {
  let shapes: VolumeShapes
  private let geometry: ConvolutionGeometry

  init(_ shapes: VolumeShapes, _ geometry: VolumeConvolutionGeometry) {
    self.shapes = shapes
    self.geometry = geometry.planes
  }

  func forward(_ input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>?) -> Tensor<Scalar> {
    guard shapes.startsFromInput else {
      let images = shapes.inputWindows.unfolded(input, as: shapes.stackedInput)
      return joined(
        images.conv2d(weight.reshaped(shapes.stackedWeight), bias: bias, geometry: geometry), shapes.output)
    }
    let windows = separated(input).conv2d(spread(weight), geometry: geometry)
    return shapes.outputWindows.folded(windows, as: shapes.output, bias: bias)
  }

  func inputGradient(_ gradient: Tensor<Scalar>, weight: Tensor<Scalar>) -> Tensor<Scalar> {
    guard shapes.startsFromInput else {
      let images = separated(gradient).conv2dInputGradient(
        weight: weight.reshaped(shapes.stackedWeight), inputShape: shapes.stackedInput, geometry: geometry)
      return shapes.inputWindows.folded(images, as: shapes.input)
    }
    let windows = shapes.outputWindows.unfolded(gradient, as: shapes.spreadOutput)
    let planes: Shape = [shapes.input[0] * shapes.input[2], shapes.input[1], shapes.input[3], shapes.input[4]]
    return joined(
      windows.conv2dInputGradient(weight: spread(weight), inputShape: planes, geometry: geometry), shapes.input)
  }

  func weightGradient(_ gradient: Tensor<Scalar>, input: Tensor<Scalar>) -> Tensor<Scalar> {
    guard shapes.startsFromInput else {
      return separated(gradient).conv2dWeightGradient(
        input: shapes.inputWindows.unfolded(input, as: shapes.stackedInput), weightShape: shapes.stackedWeight,
        geometry: geometry
      ).reshaped(shapes.weight)
    }
    let windows = shapes.outputWindows.unfolded(gradient, as: shapes.spreadOutput)
    let weight = shapes.weight
    return windows.conv2dWeightGradient(
      input: separated(input), weightShape: [weight[0] * weight[2], weight[1], weight[3], weight[4]],
      geometry: geometry
    )
    .reshaped([weight[0], weight[2], weight[1], weight[3], weight[4]]).flipped(along: [1]).permuted([0, 2, 1, 3, 4])
  }

  /// The filters of the planes, `[K · T, C/groups, R, S]`, the last plane's first: seen from the input the depth runs back.
  private func spread(_ weight: Tensor<Scalar>) -> Tensor<Scalar> {
    let shape = weight.shape
    return weight.permuted([0, 2, 1, 3, 4]).flipped(along: [1])
      .reshaped([shape[0] * shape[2], shape[1], shape[3], shape[4]])
  }

  /// `[N · D, C, H, W]` from `[N, C, D, H, W]`.
  private func separated(_ volume: Tensor<Scalar>) -> Tensor<Scalar> {
    let shape = volume.shape
    return volume.permuted([0, 2, 1, 3, 4]).reshaped([shape[0] * shape[2], shape[1], shape[3], shape[4]])
  }

  /// `[N, C, D, H, W]`, given as a shape, from `[N · D, C, H, W]`.
  private func joined(_ planes: Tensor<Scalar>, _ shape: Shape) -> Tensor<Scalar> {
    planes.reshaped([shape[0], shape[2], shape[1], shape[3], shape[4]]).permuted([0, 2, 1, 3, 4])
  }
}
