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

  /// Whether images side by side in vector lanes are faster. Not where 16 filters of 3×3 fill a vector: Winograd's
  /// algorithm takes such maps channels-last, and so does what comes behind the first layer of a network.
  private static func prefersLanes(_ shapes: ConvolutionShapes, _ filters: Int) -> Bool {
    let fillsVectors =
      filters == laneChannels && shapes.groups == 1 && shapes.rows.size == 3 && shapes.columns.size == 3
    return max(filters, shapes.weight[1]) <= laneChannels && !fillsVectors && LaneConvolution(shapes) != nil
  }

  /// - Returns: nil where rows or lanes are faster.
  init?(_ shapes: ConvolutionShapes) {
    self.shapes = shapes
    if Self.prefersLanes(shapes, shapes.weight[0] / shapes.groups) { return nil }
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
    let result = Tensor<Scalar>(uninitializedChannelsLast: shapes.input)
    writeInputGradient(gradient, weight: weight, ConvolutionEpilogue(), to: result)
    return result
  }

  /// Whether an addend of the input's gradient may be its result.
  private var addsInPlace: Bool {
    switch way {
    case .winograd: true
    case .products(let way): way.addsInPlace
    }
  }

  /// Adds the gradient of the input to `sum`: in its memory, if nobody else refers to that.
  func addInputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>, to sum: inout Tensor<Scalar>
  ) {
    let isOwn = addsInPlace && sum.isChannelsLast && sum.isChangeableInPlace
    let addend = sum.channelsLast(), result = isOwn ? addend : Tensor(uninitializedChannelsLast: shapes.input)
    let epilogue = ConvolutionEpilogue(addend: UnsafePointer(addend.orderedFloats))
    writeInputGradient(gradient, weight: weight, epilogue, to: result)
    withExtendedLifetime(addend) {}
    sum = result
  }

  private func writeInputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>, _ epilogue: ConvolutionEpilogue, to result: Tensor<Scalar>
  ) {
    let gradient = gradient.channelsLast()
    let (from, to) = (gradient.orderedFloats, result.orderedFloats)
    switch way {
    case .winograd(let way):
      AlgorithmLog.note("winograd")
      let packed = way.packForInputGradient(weight.rowFloats)
      way.inputGradient(from, packed: packed.start, epilogue: epilogue, result: to)
      withExtendedLifetime(packed) {}
    case .products(let way):
      AlgorithmLog.note("patch products")
      let packed = way.packForInputGradient(weight.rowFloats)
      way.inputGradient(from, packed: packed.start, epilogue: epilogue, result: to)
      withExtendedLifetime(packed) {}
    }
    withExtendedLifetime((gradient, result, weight)) {}
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
