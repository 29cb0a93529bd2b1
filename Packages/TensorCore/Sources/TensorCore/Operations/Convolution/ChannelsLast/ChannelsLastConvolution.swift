import CKernels

/// Convolution of channels-last Float maps `[N, H, W, C]` of any geometry, in all three passes, as products of patches with
/// packed weights (see conv_rows.inc).
package struct ChannelsLastConvolution: PixelPasses {
  var name: StaticString { "patch products" }
  private let shapes: ConvolutionShapes
  private let forwardPass: RowsPass
  private let backwardPass: RowsPass
  private let weightPass: RowsWeightGradient

  /// - Returns: nil for empty maps, and where another way is faster: for groups of so few channels or filters that most of a
  ///   vector stays empty.
  package init?(_ shapes: ConvolutionShapes) {
    let (filters, channels) = (shapes.weight[0] / shapes.groups, shapes.weight[1])
    guard shapes.output.count > 0, shapes.input.count > 0, shapes.weight.count > 0 else { return nil }
    guard shapes.groups == 1 || min(filters, channels) >= 4 else { return nil }
    self.shapes = shapes
    let (height, width) = (shapes.input[2], shapes.input[3])
    let (outputHeight, outputWidth) = (shapes.output[2], shapes.output[3])
    forwardPass = RowsPass(
      rows: RowsAxis(forward: shapes.rows, length: height, outputLength: outputHeight),
      columns: RowsAxis(forward: shapes.columns, length: width, outputLength: outputWidth),
      images: shapes.batch, groups: shapes.groups, sourceChannels: channels, targetChannels: filters)
    backwardPass = RowsPass(
      rows: RowsAxis(backward: shapes.rows, length: height, outputLength: outputHeight),
      columns: RowsAxis(backward: shapes.columns, length: width, outputLength: outputWidth),
      images: shapes.batch, groups: shapes.groups, sourceChannels: filters, targetChannels: channels)
    weightPass = RowsWeightGradient(
      rows: forwardPass.source.rows, columns: forwardPass.source.columns, images: shapes.batch, groups: shapes.groups,
      channels: channels, filters: filters)
  }

  // Which taps are packed depends on the size of the images, not on their number.
  var packedForm: String {
    let (height, width) = (shapes.input[2], shapes.input[3])
    return "products of \(shapes.rows) on \(height), \(shapes.columns) on \(width), \(shapes.groups) groups"
  }

  package func pack(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    forwardPass.pack(weight, kernel: kernel, targetStep: shapes.weight[1] * taps, sourceStep: taps)
  }

  package func packForInputGradient(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    backwardPass.pack(weight, kernel: kernel, targetStep: taps, sourceStep: shapes.weight[1] * taps)
  }

  package func forward(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    forwardPass.run(input, packed: packed, epilogue: epilogue, result: result)
  }

  package func inputGradient(
    _ gradient: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    epilogue: ConvolutionEpilogue = ConvolutionEpilogue(), result: UnsafeMutablePointer<Float>
  ) {
    backwardPass.run(gradient, packed: packed, epilogue: epilogue, result: result)
  }

  // If the sums are written once, when they are complete.
  var addsInPlace: Bool { backwardPass.phases.allSatisfy { $0.slices.count == 1 } }

  package func weightGradient(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    weightPass.run(gradient, input: input, result: result)
  }

  private var kernel: PlaneSize { PlaneSize(height: shapes.weight[2], width: shapes.weight[3]) }
  private var taps: Int { shapes.weight[2] * shapes.weight[3] }
}
