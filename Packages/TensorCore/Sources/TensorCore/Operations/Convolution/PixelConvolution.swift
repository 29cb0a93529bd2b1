/// Convolution of channels-last Floats, by the first way that applies: how most layers of most networks run.
///
/// The input is brought into that order if it is not, the output stays in it, so that nothing between two convolutions
/// converts.
struct PixelConvolution {
  private enum Way {
    case winograd(WinogradConvolution)
    case products(ChannelsLastConvolution)
  }

  private let shapes: ConvolutionShapes
  private let way: Way

  /// Up to as many channels images side by side in vector lanes are faster, where there are enough of them.
  private static let laneChannels = 16

  /// - Returns: nil where rows or lanes are faster.
  init?(_ shapes: ConvolutionShapes) {
    self.shapes = shapes
    let (filters, channels) = (shapes.weight[0] / shapes.groups, shapes.weight[1])
    if max(filters, channels) <= Self.laneChannels, LaneConvolution(shapes) != nil { return nil }
    if let winograd = WinogradConvolution(shapes) {
      way = .winograd(winograd)
    } else if let products = ChannelsLastConvolution(shapes) {
      way = .products(products)
    } else {
      return nil
    }
  }

  func forward<Scalar: FloatingScalar>(
    _ input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>?, rectifying: Bool
  ) -> Tensor<Scalar> {
    let input = input.channelsLast(), result = Tensor<Scalar>(uninitializedChannelsLast: shapes.output)
    var epilogue = ConvolutionEpilogue()
    epilogue.bias = bias.map { UnsafePointer($0.rowFloats) }
    if rectifying { epilogue.lower = 0 }
    let (from, to) = (input.orderedFloats, result.orderedFloats)
    switch way {
    case .winograd(let way):
      AlgorithmLog.note("winograd")
      let packed = way.pack(weight.rowFloats)
      way.forward(from, packed: packed.start, epilogue: epilogue, result: to)
      withExtendedLifetime(packed) {}
    case .products(let way):
      AlgorithmLog.note("patch products")
      let packed = way.pack(weight.rowFloats)
      way.forward(from, packed: packed.start, epilogue: epilogue, result: to)
      withExtendedLifetime(packed) {}
    }
    withExtendedLifetime((input, result, weight, bias)) {}
    return result
  }

  func inputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let gradient = gradient.channelsLast(), result = Tensor<Scalar>(uninitializedChannelsLast: shapes.input)
    let (from, to) = (gradient.orderedFloats, result.orderedFloats)
    switch way {
    case .winograd(let way):
      AlgorithmLog.note("winograd")
      let packed = way.packForInputGradient(weight.rowFloats)
      way.inputGradient(from, packed: packed.start, result: to)
      withExtendedLifetime(packed) {}
    case .products(let way):
      AlgorithmLog.note("patch products")
      let packed = way.packForInputGradient(weight.rowFloats)
      way.inputGradient(from, packed: packed.start, result: to)
      withExtendedLifetime(packed) {}
    }
    withExtendedLifetime((gradient, result, weight)) {}
    return result
  }

  func weightGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, input: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let gradient = gradient.channelsLast(), input = input.channelsLast()
    let result = Tensor<Scalar>(uninitialized: shapes.weight)
    let (from, source, to) = (gradient.orderedFloats, input.orderedFloats, result.orderedFloats)
    switch way {
    case .winograd(let way):
      AlgorithmLog.note("winograd")
      way.weightGradient(from, input: source, result: to)
    case .products(let way):
      AlgorithmLog.note("patch products")
      way.weightGradient(from, input: source, result: to)
    }
    withExtendedLifetime((gradient, input, result)) {}
    return result
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The elements of a tensor of Float in row-major order.
  fileprivate var rowFloats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(storage.start).assumingMemoryBound(to: Float.self)
  }
}
