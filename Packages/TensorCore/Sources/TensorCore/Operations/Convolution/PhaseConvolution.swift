/// The gradient of the input of a convolution whose kernel is a multiple of its stride S, as a convolution itself.
///
/// The input's elements that lie S apart see the same taps: there are S² such phases, each the gradient convolved with every
/// Sᵗʰ tap, flipped. All of them are one convolution at stride 1 with S² filters per channel; its output is the input's
/// gradient with the phases laid out as channels. Nothing is scattered, as patches would be.
///
/// Shi and others 2016, "Is the deconvolution layer the same as a convolutional layer?"
struct PhaseConvolution {
  private let shapes: ConvolutionShapes
  private let rows: PhaseAxis
  private let columns: PhaseAxis

  /// - Returns: nil at stride 1, and where kernel, dilation or padding make the phases differ.
  init?(_ shapes: ConvolutionShapes) {
    guard shapes.rows.stride > 1 || shapes.columns.stride > 1, shapes.input.count > 0, shapes.weight.count > 0,
      let rows = PhaseAxis(shapes.rows, length: shapes.input[2], outputLength: shapes.output[2]),
      let columns = PhaseAxis(shapes.columns, length: shapes.input[3], outputLength: shapes.output[3])
    else { return nil }
    self.shapes = shapes
    self.rows = rows
    self.columns = columns
  }

  func inputGradient<Scalar: FloatingScalar>(_ gradient: Tensor<Scalar>, weight: Tensor<Scalar>) -> Tensor<Scalar> {
    AlgorithmLog.note("phases")
    let geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: rows.taps, width: columns.taps),
      padding: .sides(top: rows.before, bottom: rows.after, left: columns.before, right: columns.after),
      groups: shapes.groups)
    let phases = gradient.conv2d(filters(weight), geometry: geometry)
    let (batch, channels) = (shapes.input[0], shapes.input[1])
    let whole = phases.reshaped([batch, channels, rows.stride, columns.stride, rows.count, columns.count])
      .permuted([0, 1, 4, 2, 5, 3])
      .reshaped([batch, channels, rows.count * rows.stride, columns.count * columns.stride])
    guard whole.shape != shapes.input else { return whole }
    return whole.slice([
      0..<batch, 0..<channels, rows.first..<rows.first + shapes.input[2],
      columns.first..<columns.first + shapes.input[3],
    ])
  }

  /// `[C · S², K/groups, R/S, R/S]`, the taps flipped, from `[K, C/groups, R, R]`.
  private func filters<Scalar: FloatingScalar>(_ weight: Tensor<Scalar>) -> Tensor<Scalar> {
    let (groups, filters, channels) = (shapes.groups, shapes.weight[0] / shapes.groups, shapes.weight[1])
    return weight.reshaped([groups, filters, channels, rows.taps, rows.stride, columns.taps, columns.stride])
      .permuted([0, 2, 4, 6, 1, 3, 5]).flipped(along: [5, 6])
      .reshaped([groups * channels * rows.stride * columns.stride, filters, rows.taps, columns.taps])
  }
}

/// One axis of it: position i of the input, P more in the padded input, has phase (i + P) mod S and place (i + P) div S.
private struct PhaseAxis {
  let stride: Int
  /// Taps of a phase.
  let taps: Int
  /// The places that are calculated, and the position of the input's first element among theirs.
  let count: Int
  let first: Int
  /// Zeros around the gradient.
  let before: Int
  let after: Int

  init?(_ window: SlidingWindow, length: Int, outputLength: Int) {
    guard window.size.isMultiple(of: window.stride), window.dilation == 1 else { return nil }
    stride = window.stride
    taps = window.size / window.stride
    let start = window.before / stride, end = (window.before + length - 1) / stride + 1
    count = end - start
    first = window.before % stride
    before = taps - 1 - start
    after = end - outputLength
    // The gradient's edge would have to be cut off.
    guard before >= 0, after >= 0 else { return nil }
  }
}
