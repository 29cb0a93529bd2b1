/// A convolution of fixed weights and shapes, with what usually follows it, ready to be carried out many times:
///
///     out = clamp(conv2d(x, weight) + bias + addend)
///
/// The way of computing is chosen, and the weights are put in its order, once; see
/// ``Tensor/conv2d(_:bias:geometry:)`` for the formula. The same bits with any number of threads.
public struct PreparedConvolution: Sendable {
  private let weight: Tensor<Float>
  private let bias: Tensor<Float>?
  private let geometry: ConvolutionGeometry
  /// `[N, C, H, W]`: what it takes.
  public let inputShape: Shape
  /// `[N, K, OH, OW]`: what it gives.
  public let outputShape: Shape

  /// - Parameters:
  ///   - weight: `[K, C/groups, R, S]`.
  ///   - bias: `[K]`; nil for none.
  ///   - geometry: stride, padding, dilation and groups.
  ///   - inputShape: `[N, C, H, W]`.
  ///   - weights: where packed weights are kept. Default: for itself.
  ///
  /// Stops where the shapes do not go together.
  public init(
    weight: Tensor<Float>, bias: Tensor<Float>?, geometry: ConvolutionGeometry, inputShape: Shape,
    packing weights: PackedWeights = PackedWeights()
  ) {
    let operation = "prepared conv2d"
    let shapes = ConvolutionShapes.checked(operation, input: inputShape, weight: weight.shape, geometry: geometry)
    if let bias, bias.shape != [weight.shape[0]] {
      stop(operation, "the bias must be [\(weight.shape[0])] for weight \(weight.shape), it is \(bias.shape)")
    }
    (self.weight, self.bias, self.geometry) = (weight, bias, geometry)
    self.inputShape = inputShape
    outputShape = shapes.output
  }

  /// - Parameters:
  ///   - x: of ``inputShape``.
  ///   - addend: of ``outputShape``, added before bounds are applied; nil for none.
  ///   - bounds: what the sum is kept within: 0 and infinity for a ReLU; nil for none. A NaN stays one.
  ///
  /// Stops for other shapes.
  public func callAsFunction(
    _ x: Tensor<Float>, adding addend: Tensor<Float>? = nil, clampedTo bounds: ClosedRange<Float>? = nil
  ) -> Tensor<Float> {
    guard x.shape == inputShape, addend.map({ $0.shape == outputShape }) ?? true else {
      let addend = addend.map { " and \($0.shape)" } ?? ""
      stop("prepared conv2d", "takes \(inputShape) and an addend \(outputShape), not \(x.shape)\(addend)")
    }
    var result = x.conv2d(weight, bias: bias, geometry: geometry)
    if let addend { result += addend }
    return result.kept(within: bounds)
  }
}

extension Tensor where Scalar == Float {
  /// The elements, or the nearer bounds.
  func kept(within bounds: ClosedRange<Float>?) -> Tensor {
    guard let bounds else { return self }
    return bounds == 0...Float.infinity ? relu() : clamped(to: bounds)
  }
}
