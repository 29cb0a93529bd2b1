import TensorCore

/// Cross-correlation of volumes `[N, C, D, H, W]` with a weight `[K, C/groups, T, R, S]` and, as a third input, a bias
/// `[K]`.
struct Convolution3d: Operation {
  let name = "conv3d"
  let geometry: VolumeConvolutionGeometry

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, weight) = (inputs[0], inputs[1])
    let bias = inputs.count > 2 ? inputs[2] : nil
    let needsInput = inputs.needsGradient(0)
    let needsParameters = inputs.needsGradient(1) || (bias != nil && inputs.needsGradient(2))
    return Recorded(x.conv3d(weight, bias: bias, geometry: geometry)) { gradient in
      let input =
        needsInput ? gradient.conv3dInputGradient(weight: weight, inputShape: x.shape, geometry: geometry) : nil
      guard needsParameters else { return bias == nil ? [input, nil] : [input, nil, nil] }
      let parameters = gradient.conv3dParameterGradients(input: x, weightShape: weight.shape, geometry: geometry)
      return bias == nil ? [input, parameters.weight] : [input, parameters.weight, parameters.bias]
    }
  }

  /// C/groups · T · R · S for each output; those with the zeros of the padding count.
  func multiplyAdds(inputs: [Shape], output: Shape) -> Int { output.count * inputs[1].dropFirst().reduce(1, *) }

  func inputWindows(on input: Shape) -> [InputWindow]? {
    guard let depth = try? geometry.depth.inputWindows(on: PlaneSize(height: input[2], width: 1)),
      let planes = try? geometry.planes.inputWindows(on: PlaneSize(height: input[3], width: input[4]))
    else { return nil }
    return [depth[0]] + planes
  }
}

extension Variable {
  /// The cross-correlation of volumes with filters.
  ///
  /// - Parameters:
  ///   - weight: the filters `[K, C/groups, T, R, S]`.
  ///   - bias: added to each output channel, `[K]`; nil for none.
  ///   - geometry: stride, padding, dilation, groups.
  /// - Returns: `[N, K, D', H', W']` from `[N, C, D, H, W]`. Stops where the shapes do not go together.
  public func conv3d(
    _ weight: Variable, bias: Variable? = nil, geometry: VolumeConvolutionGeometry
  ) -> Variable {
    Convolution3d(geometry: geometry).apply(to: [self, weight] + (bias.map { [$0] } ?? []))
  }
}
