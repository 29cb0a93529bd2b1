import CKernels

/// Convolution of channels-last Float maps at stride 1 by Winograd's F(4×4, 3×3): 36 multiplications for 4×4 outputs of a
/// 3×3 kernel in place of 144. Larger kernels are sums of such (``WinogradSource``). The theory is in CKernels, winograd.h;
/// what it costs and when it pays in ``WinogradCost``.
///
/// Maps are `[N, H, W, C]`, weights and their gradient `[K, C, R, S]`. The same bits with any number of threads.
package struct WinogradConvolution: PixelPasses {
  var name: StaticString { "winograd" }
  var addsInPlace: Bool { true }
  private let forwardPass: WinogradPass
  private let gradientPass: WinogradPass
  private let weightPass: WinogradWeightGradient
  /// How a kernel of more than 3×3 taps is split; nil for one of 3×3.
  private let kernels: WinogradKernels?

  /// - Returns: nil where it does not apply (small kernels, strides and dilations, groups, padding beyond the kernel), where
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
    let kernels = WinogradKernels(shapes.weight), places = kernels.places
    self.kernels = places.count > 1 ? kernels : nil
    let source = WinogradSource(map: input, places: places)
    forwardPass = WinogradPass(from: source, to: output, batch: batch, isGradient: false)
    weightPass = WinogradWeightGradient(input: source, gradient: output, batch: batch)
    // The gradient of the input is a convolution of the output's gradient, padded by what the forward pass did not pad.
    let (bottom, right) = (shapes.weight[2] - 1 - top, shapes.weight[3] - 1 - left)
    let gradient = nt_winograd_map(shapes.output, tiledAs: shapes.input, top: bottom, left: right)
    gradientPass = WinogradPass(
      from: WinogradSource(map: gradient, places: places),
      to: nt_winograd_map(shapes.input, tiledAs: shapes.input, top: 0, left: 0), batch: batch,
      isGradient: places.count == 1)
  }

  /// A multiple of the lanes of all forms.
  private static let wholeVectors = 16

  static func applies(to shapes: ConvolutionShapes) -> Bool {
    func fits(_ window: SlidingWindow) -> Bool {
      let size = window.size
      return (3...7).contains(size) && window.stride == 1 && window.dilation == 1 && window.before < size
        && window.after < size
    }
    guard fits(shapes.rows), fits(shapes.columns), shapes.groups == 1, shapes.input[1] > 0 else { return false }
    // The channels of several places lie side by side in whole vectors.
    return shapes.rows.size == 3 && shapes.columns.size == 3
      || (shapes.weight[0] % wholeVectors == 0 && shapes.weight[1] % wholeVectors == 0)
  }

  /// The weights `[K, C, R, S]` as ``forward(_:packed:epilogue:result:)`` reads them: once per call in training, once per
  /// model in inference. Up to four times as large, or six; good for these shapes and the kernel form in force only.
  package func pack(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    guard let parts = kernels?.split(weight) else { return forwardPass.pack(weight) }
    return withExtendedLifetime(parts) { forwardPass.pack(parts.start) }
  }

  var packedForm: String { forwardPass.takesStages ? "Winograd's kernels" : "Winograd's values" }

  package func packForInputGradient(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    guard let parts = kernels?.splitForInputGradient(weight) else { return gradientPass.pack(weight) }
    return withExtendedLifetime(parts) { gradientPass.pack(parts.start) }
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
    gradientPass.run(gradient, packed: packed, epilogue: epilogue, result: result)
  }

  package func weightGradient(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    guard let kernels else { return weightPass.run(gradient, input: input, result: result) }
    let parts = Storage<Float>(count: weightPass.count)
    weightPass.run(gradient, input: input, result: parts.start)
    kernels.join(parts.start, into: result)
    withExtendedLifetime(parts) {}
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
