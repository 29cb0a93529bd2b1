/// Convolution of channels-last Floats: how most layers of most networks run.
///
/// The input is brought into that order if it is not, the output stays in it, so that nothing between two convolutions
/// converts.
struct PixelConvolution {
  private let shapes: ConvolutionShapes
  private let passes: any PixelPasses

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
    if Self.prefersLanes(shapes, shapes.weight[0] / shapes.groups) { return nil }
    guard let passes = shapes.pixelPasses else { return nil }
    (self.shapes, self.passes) = (shapes, passes)
  }

  func forward<Scalar: FloatingScalar>(
    _ input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>?, rectifying: Bool
  ) -> Tensor<Scalar> {
    AlgorithmLog.note(passes.name)
    let input = input.channelsLast(), result = Tensor<Scalar>(uninitializedChannelsLast: shapes.output)
    var epilogue = ConvolutionEpilogue(bias: bias.map { UnsafePointer($0.rowFloats) })
    if rectifying { epilogue.lower = 0 }
    let packed = passes.pack(weight.rowFloats)
    passes.forward(input.orderedFloats, packed: packed.start, epilogue: epilogue, result: result.orderedFloats)
    withExtendedLifetime((input, result, weight, bias, packed)) {}
    return result
  }

  func inputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let result = Tensor<Scalar>(uninitializedChannelsLast: shapes.input)
    writeInputGradient(gradient, weight: weight, ConvolutionEpilogue(), to: result)
    return result
  }

  /// Adds the gradient of the input to `sum`: in its memory, if nobody else refers to that.
  func addInputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>, to sum: inout Tensor<Scalar>
  ) {
    let isOwn = passes.addsInPlace && sum.isChannelsLast && sum.isChangeableInPlace
    let addend = sum.channelsLast(), result = isOwn ? addend : Tensor(uninitializedChannelsLast: shapes.input)
    let epilogue = ConvolutionEpilogue(addend: UnsafePointer(addend.orderedFloats))
    writeInputGradient(gradient, weight: weight, epilogue, to: result)
    withExtendedLifetime(addend) {}
    sum = result
  }

  private func writeInputGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, weight: Tensor<Scalar>, _ epilogue: ConvolutionEpilogue, to result: Tensor<Scalar>
  ) {
    AlgorithmLog.note(passes.name)
    let gradient = gradient.channelsLast(), packed = passes.packForInputGradient(weight.rowFloats)
    passes.inputGradient(
      gradient.orderedFloats, packed: packed.start, epilogue: epilogue, result: result.orderedFloats)
    withExtendedLifetime((gradient, result, weight, packed)) {}
  }

  func weightGradient<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, input: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    AlgorithmLog.note(passes.name)
    let gradient = gradient.channelsLast(), input = input.channelsLast()
    let result = Tensor<Scalar>(uninitialized: shapes.weight)
    passes.weightGradient(gradient.orderedFloats, input: input.orderedFloats, result: result.orderedFloats)
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
