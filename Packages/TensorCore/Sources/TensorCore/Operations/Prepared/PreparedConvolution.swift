/// A convolution of fixed weights and shapes, with what usually follows it, ready to be carried out many times:
///
///     out = clamp(conv2d(x, weight) + bias + addend)
///
/// The way of computing is chosen, and the weights are put in its order, once; see
/// ``Tensor/conv2d(_:bias:geometry:)`` for the formula. The same bits with any number of threads.
public final class PreparedConvolution: Sendable {
  private enum Way: Sendable {
    /// Channels-last, with everything else in the same pass.
    case pixels(any PixelPasses, packed: Storage<Float>)
    /// As ``Tensor/conv2d(_:bias:geometry:)`` does it, and then the rest.
    case plain
  }

  private let way: Way
  private let weight: Tensor<Float>
  private let bias: Tensor<Float>?
  private let geometry: ConvolutionGeometry
  /// `[N, C, H, W]`: what it takes.
  public let inputShape: Shape
  /// `[N, K, OH, OW]`: what it gives.
  public let outputShape: Shape

  /// A convolution for inputs of one shape.
  ///
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
    (self.weight, self.bias, self.geometry, self.inputShape) = (weight, bias, geometry, inputShape)
    outputShape = shapes.output
    way = Self.way(shapes, weight, weights)
  }

  /// Channels up to which images side by side in lanes beat channels side by side.
  private static let mostLaneChannels = 8

  private static func way(_ shapes: ConvolutionShapes, _ weight: Tensor<Float>, _ weights: PackedWeights) -> Way {
    let channels = max(shapes.weight[0] / shapes.groups, shapes.weight[1])
    if channels <= mostLaneChannels, LaneConvolution(shapes) != nil { return .plain }
    guard let passes = shapes.pixelPasses else { return .plain }
    return .pixels(passes, packed: weights.packed(weight, as: passes.packedForm) { passes.pack($0) })
  }

  /// The convolution of an input, with what follows it.
  ///
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
    switch way {
    case .pixels(let passes, let packed):
      let result = Tensor<Float>(uninitializedChannelsLast: outputShape)
      run(passes, packed, x, addend, bounds, to: result.orderedFloats)
      return withExtendedLifetime(result) { result }
    case .plain:
      var result = x.conv2d(weight, bias: bias, geometry: geometry)
      if let addend { result += addend }
      return result.kept(within: bounds)
    }
  }

  /// The convolution of an input as some channels of wider images, beside those of other convolutions:
  ///
  ///     whole[n, first + k, y, x] = clamp(conv2d(x, weight) + bias)[n, k, y, x]
  ///
  /// - Parameters:
  ///   - x: of ``inputShape``.
  ///   - bounds: what the sum is kept within; nil for none.
  ///   - whole: the wider images, which nobody reads meanwhile; made if it is nil. Its other channels stay.
  ///   - shape: the shape of the wider images.
  ///   - first: where the convolution's channels begin in them.
  ///
  /// Stops for other shapes.
  public func callAsFunction(
    _ x: Tensor<Float>, clampedTo bounds: ClosedRange<Float>? = nil, into whole: inout Tensor<Float>?,
    of shape: Shape, fromChannel first: Int
  ) {
    let fits = outputShape.rank == 4 && shape.replacing(axis: 1, with: outputShape[1]) == outputShape
    guard x.shape == inputShape, fits, first >= 0, first + outputShape[1] <= shape[1], whole?.shape ?? shape == shape
    else {
      stop(
        "prepared conv2d", "puts \(outputShape) of \(inputShape) into \(shape), not \(x.shape) from channel \(first)")
    }
    let target = whole ?? Tensor(uninitializedChannelsLast: shape)
    whole = target
    guard outputShape.count > 0 else { return }
    switch way {
    case .pixels(let passes, let packed):
      run(passes, packed, x, nil, bounds, to: target.orderedFloats + first, pixel: shape[1])
    case .plain:
      target.copyChannels(of: self(x, clampedTo: bounds), from: first)
    }
    withExtendedLifetime(target) {}
  }

  private func run(
    _ passes: any PixelPasses, _ packed: Storage<Float>, _ x: Tensor<Float>, _ addend: Tensor<Float>?,
    _ bounds: ClosedRange<Float>?, to result: UnsafeMutablePointer<Float>, pixel: Int? = nil
  ) {
    AlgorithmLog.note(passes.name)
    let x = x.channelsLast(), addend = addend?.channelsLast(), bias = bias?.storage
    var epilogue = ConvolutionEpilogue(
      bias: bias.map { UnsafePointer($0.start) }, addend: addend.map { UnsafePointer($0.orderedFloats) })
    epilogue.pixel = pixel
    if let bounds { (epilogue.lower, epilogue.upper) = (bounds.lowerBound, bounds.upperBound) }
    passes.forward(x.orderedFloats, packed: packed.start, epilogue: epilogue, result: result)
    withExtendedLifetime((x, addend, bias, packed)) {}
  }
}

extension Tensor where Scalar == Float {
  /// The elements, or the nearer bounds.
  func kept(within bounds: ClosedRange<Float>?) -> Tensor {
    guard let bounds else { return self }
    return bounds == 0...Float.infinity ? relu() : clamped(to: bounds)
  }
}
