import TensorCore

/// Cross-correlation of images `[N, C, H, W]` with a weight `[K, C/groups, R, S]` and, as a third input, a bias `[K]`.
struct Convolution2d: Operation {
  let name = "conv2d"
  let geometry: ConvolutionGeometry
  /// Whether only the positive part is kept.
  var rectifies = false

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, weight) = (inputs[0], inputs[1])
    let bias = inputs.count > 2 ? inputs[2] : nil
    let needsInput = inputs.needsGradient(0)
    let needsParameters = inputs.needsGradient(1) || (bias != nil && inputs.needsGradient(2))
    let output =
      rectifies
      ? x.conv2dReLU(weight, bias: bias, geometry: geometry) : x.conv2d(weight, bias: bias, geometry: geometry)
    let (inputShape, weightShape, hasBias) = (x.shape, weight.shape, bias != nil)
    // What a gradient does not need is not held on to.
    let positive = rectifies ? output : nil
    let keptInput = needsParameters ? inputs.kept(0) : nil
    let keptWeight = needsInput ? weight : nil
    func rule(_ gradient: Tensor<Scalar>) -> [RuleGradient<Scalar>?] {
      let gradient = positive.map { gradient.reluGradient(input: $0) } ?? gradient
      let input = keptWeight.map { inputGradient(gradient, weight: $0, inputShape) }
      guard let x = keptInput?.tensor() else { return hasBias ? [input, nil, nil] : [input, nil] }
      let parameters = gradient.conv2dParameterGradients(input: x, weightShape: weightShape, geometry: geometry)
      let ofWeight = RuleGradient.whole(parameters.weight)
      return hasBias ? [input, ofWeight, .whole(parameters.bias)] : [input, ofWeight]
    }
    return Recorded(output, rule: rule)
  }

  private func inputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>, _ inputShape: Shape
  ) -> RuleGradient<Scalar> {
    .addition(inputShape) { sum in
      guard var total = sum else {
        sum = gradient.conv2dInputGradient(weight: weight, inputShape: inputShape, geometry: geometry)
        return
      }
      // The total is the only reference, so that it is changed in place.
      sum = nil
      total.addConv2dInputGradient(of: gradient, weight: weight, geometry: geometry)
      sum = total
    }
  }

  /// C/groups · R · S for each output; those with the zeros of the padding count.
  func multiplyAdds(inputs: [Shape], output: Shape) -> Int { output.count * inputs[1].dropFirst().reduce(1, *) }

  func inputWindows(on input: Shape) -> [InputWindow]? {
    try? geometry.inputWindows(on: PlaneSize(height: input[2], width: input[3]))
  }
}

extension Variable {
  /// The cross-correlation of images with filters, as every deep-learning library's convolution layer computes it.
  ///
  /// - Parameters:
  ///   - weight: the filters `[K, C/groups, R, S]`.
  ///   - bias: added to each output channel, `[K]`; nil for none.
  ///   - geometry: stride, padding, dilation, groups.
  /// - Returns: `[N, K, H', W']` from `[N, C, H, W]`.
  public func conv2d(_ weight: Variable, bias: Variable? = nil, geometry: ConvolutionGeometry) -> Variable {
    Convolution2d(geometry: geometry).apply(to: [self, weight] + (bias.map { [$0] } ?? []))
  }

  /// The positive part of ``conv2d(_:bias:geometry:)``: max(conv2d, 0) in one pass over memory.
  public func conv2dReLU(_ weight: Variable, bias: Variable? = nil, geometry: ConvolutionGeometry) -> Variable {
    Convolution2d(geometry: geometry, rectifies: true).apply(to: [self, weight] + (bias.map { [$0] } ?? []))
  }
}
