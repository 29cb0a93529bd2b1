/// Which positions of an input one position of the output follows from, along one axis: for position i those from
/// `stride · i - before`, `span` of them. Receptive fields are made of these.
public struct InputWindow: Sendable, Hashable {
  /// From the first to the last position that counts, both included: D (F - 1) + 1 for F taps, D apart.
  public let span: Int
  /// The step from one output position's window to the next one's.
  public let stride: Int
  /// How far ahead of the axis the first window starts.
  public let before: Int

  /// A window of the given span. Default: step 1, from the first position on.
  public init(span: Int, stride: Int = 1, before: Int = 0) {
    self.span = span
    self.stride = stride
    self.before = before
  }

  init(_ window: SlidingWindow) {
    self.init(span: window.dilation * (window.size - 1) + 1, stride: window.stride, before: window.before)
  }
}

extension ConvolutionGeometry {
  /// What an output position sees along both axes of an image of the given size.
  ///
  /// - Throws: ``GeometryError`` on overflow.
  public func inputWindows(on size: PlaneSize) throws(GeometryError) -> [InputWindow] {
    let (rows, columns) = try windows(on: size)
    return [InputWindow(rows), InputWindow(columns)]
  }
}

extension PoolingGeometry {
  /// What an output position sees along both axes of an image of the given size.
  ///
  /// - Throws: ``GeometryError`` on overflow.
  public func inputWindows(on size: PlaneSize) throws(GeometryError) -> [InputWindow] {
    let (rows, columns) = try padding.windows(size: kernel, stride: stride, dilation: 1, on: size)
    return [InputWindow(rows), InputWindow(columns)]
  }
}
