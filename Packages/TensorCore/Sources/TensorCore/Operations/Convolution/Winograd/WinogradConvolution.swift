import CKernels

/// Convolution of channels-last Float maps with 3×3 kernels at stride 1 by Winograd's F(4×4, 3×3): 36 multiplications for
/// 4×4 outputs in place of 144. The theory is in CKernels, winograd.h; what it costs and when it pays in
/// ``WinogradCost``.
///
/// Maps are `[N, H, W, C]`, weights and their gradient `[K, C, 3, 3]`. The same bits with any number of threads.
package struct WinogradConvolution: Sendable {
  private let forwardPass: WinogradPass
  private let gradientPass: WinogradPass
  private let weightPass: WinogradWeightGradient

  /// - Returns: nil where it does not apply (other kernels, strides and dilations, groups, padding above 2), where
  ///   another way is faster, and where ``ConvolutionAlgorithms/forbidsExtraRounding`` is set.
  package init?(_ shapes: ConvolutionShapes) {
    guard !ConvolutionAlgorithms.forbidsExtraRounding, WinogradCost(shapes).pays else { return nil }
    self.init(unchecked: shapes)
  }

  /// The same whatever it costs, for tests; nil where it does not apply.
  package init?(forced shapes: ConvolutionShapes) {
    guard Self.applies(to: shapes) else { return nil }
    self.init(unchecked: shapes)
  }

  private init(unchecked shapes: ConvolutionShapes) {
    let (batch, top, left) = (shapes.batch, shapes.rows.before, shapes.columns.before)
    let output = nt_winograd_map(shapes.output, tiledAs: shapes.output, top: 0, left: 0)
    let input = nt_winograd_map(shapes.input, tiledAs: shapes.output, top: top, left: left)
    forwardPass = WinogradPass(from: input, to: output, batch: batch, isGradient: false)
    weightPass = WinogradWeightGradient(input: input, gradient: output, batch: batch)
    // The gradient of the input is a convolution of the output's gradient, padded by what the forward pass did not pad.
    gradientPass = WinogradPass(
      from: nt_winograd_map(shapes.output, tiledAs: shapes.input, top: 2 - top, left: 2 - left),
      to: nt_winograd_map(shapes.input, tiledAs: shapes.input, top: 0, left: 0), batch: batch, isGradient: true)
  }

  static func applies(to shapes: ConvolutionShapes) -> Bool {
    func fits(_ window: SlidingWindow) -> Bool {
      window.size == 3 && window.stride == 1 && window.dilation == 1 && window.before <= 2 && window.after <= 2
    }
    return fits(shapes.rows) && fits(shapes.columns) && shapes.groups == 1 && shapes.input[1] > 0
  }

  /// The weights `[K, C, 3, 3]` as ``forward(_:packed:epilogue:result:)`` reads them: once per call in training, once per
  /// model in inference. Up to four times as large; good for these shapes and the kernel form in force only.
  package func pack(_ weight: UnsafePointer<Float>) -> Storage<Float> { forwardPass.pack(weight) }

  /// What ``pack(_:)`` makes: the same for convolutions of equal weights that give the same name.
  var packedForm: String { forwardPass.takesStages ? "kernels" : "values" }

  /// The same for ``inputGradient(_:packed:result:)``.
  package func packForInputGradient(_ weight: UnsafePointer<Float>) -> Storage<Float> { gradientPass.pack(weight) }

  package func forward(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    forwardPass.run(input, packed: packed, epilogue: epilogue, result: result)
  }

  package func inputGradient(
    _ gradient: UnsafePointer<Float>, packed: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    gradientPass.run(gradient, packed: packed, epilogue: ConvolutionEpilogue(), result: result)
  }

  /// - Parameter result: `[K, C, 3, 3]`, zeros for an empty batch.
  package func weightGradient(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    weightPass.run(gradient, input: input, result: result)
  }
}

extension nt_winograd_map {
  /// The maps of a tensor `[N, C, H, W]`, under the 4×4 tiles of `tiled`.
  init(_ shape: Shape, tiledAs tiled: Shape, top: Int, left: Int) {
    self.init(
      channels: shape[1], height: shape[2], width: shape[3], tiles_y: (tiled[2] + 3) / 4, tiles_x: (tiled[3] + 3) / 4,
      pad_top: top, pad_left: left)
  }
}
