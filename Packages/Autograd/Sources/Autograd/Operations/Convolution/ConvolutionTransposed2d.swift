import TensorCore

/// The transpose of a convolution, as a map of images: the output is the gradient of the input of that convolution, and
/// the gradient its output.
struct ConvolutionTransposed2d: Operation {
  let name = "conv2dTransposed"
  let geometry: ConvolutionGeometry
  let outputPadding: PlaneSize

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, weight) = (inputs[0], inputs[1])
    let bias = inputs.count > 2 ? inputs[2] : nil
    let needs = (0..<inputs.count).map { inputs.needsGradient($0) }
    let y = x.conv2dTransposed(weight, bias: bias, geometry: geometry, outputPadding: outputPadding)
    return Recorded(y) { gradient in
      let input = needs[0] ? gradient.conv2d(weight, geometry: geometry) : nil
      let filters =
        needs[1] ? x.conv2dWeightGradient(input: gradient, weightShape: weight.shape, geometry: geometry) : nil
      return bias == nil ? [input, filters] : [input, filters, needs[2] ? gradient.sum(along: [0, 2, 3]) : nil]
    }
  }

  /// K/groups · R · S for each input; those that the padding takes away count.
  func multiplyAdds(inputs: [Shape], output: Shape) -> Int { inputs[0].count * inputs[1].dropFirst().reduce(1, *) }

  /// At stride 1 it is a convolution with the flipped kernel; at others the windows are not all alike.
  func inputWindows(on input: Shape) -> [InputWindow]? {
    guard geometry.stride == 1 else { return nil }
    let windows = try? geometry.inputWindows(on: PlaneSize(height: input[2], width: input[3]))
    return windows?.map { InputWindow(span: $0.span, before: $0.span - 1 - $0.before) }
  }
}

extension Variable {
  /// The transposed convolution of images `[N, C, H, W]`: each element spreads the filters of its channel over the output.
  ///
  /// - Parameters:
  ///   - weight: the filters `[C, K/groups, R, S]`.
  ///   - bias: added to each output channel, `[K]`; nil for none.
  ///   - geometry: that of the convolution whose transpose this is.
  ///   - outputPadding: rows and columns more below and on the right, fewer than the stride. Default 0.
  /// - Returns: `[N, K, H', W']` with H' = (H - 1) S - 2P + D (R - 1) + 1 + outputPadding.
  public func conv2dTransposed(
    _ weight: Variable, bias: Variable? = nil, geometry: ConvolutionGeometry, outputPadding: PlaneSize = 0
  ) -> Variable {
    ConvolutionTransposed2d(geometry: geometry, outputPadding: outputPadding)
      .apply(to: [self, weight] + (bias.map { [$0] } ?? []))
  }
}
