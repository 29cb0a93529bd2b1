/// One way to convolve channels-last Float maps of given shapes: its weights in the order in which it reads them, and the
/// three passes. The same bits with any number of threads.
protocol PixelPasses: Sendable {
  /// What ``AlgorithmLog`` calls it.
  var name: StaticString { get }

  /// What ``pack(_:)`` makes: the same for convolutions of equal weights that give the same words.
  var packedForm: String { get }

  /// Whether the addend of ``inputGradient(_:packed:epilogue:result:)`` may be its result.
  var addsInPlace: Bool { get }

  /// The weights `[K, C/groups, R, S]` as ``forward(_:packed:epilogue:result:)`` reads them.
  func pack(_ weight: UnsafePointer<Float>) -> Storage<Float>

  /// The weights `[K, C/groups, R, S]` as ``inputGradient(_:packed:epilogue:result:)`` reads them.
  func packForInputGradient(_ weight: UnsafePointer<Float>) -> Storage<Float>

  /// `clamp(conv(input) + bias + addend)`, from `[N, H, W, C]` to `[N, OH, OW, K]`.
  func forward(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>)

  /// The gradient `[N, H, W, C]` of the input from that of the output, `[N, OH, OW, K]`.
  func inputGradient(
    _ gradient: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>)

  /// The gradient `[K, C/groups, R, S]` of the weights from those of the output, `[N, OH, OW, K]`, and the input; zeros for
  /// an empty batch.
  func weightGradient(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>)
}

extension ConvolutionShapes {
  /// The first way that applies; nil for none.
  var pixelPasses: (any PixelPasses)? { WinogradConvolution(self) ?? ChannelsLastConvolution(self) }
}
