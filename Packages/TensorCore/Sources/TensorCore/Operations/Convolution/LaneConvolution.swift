import CKernels

/// Convolution of Float maps of few channels, with 4, 8 or 16 images side by side in vector lanes.
///
/// A block of work is a band of rows of the output of one group of images (``LaneBands``): it brings the rows that it
/// reads into lanes, convolves them there and writes the result back.
struct LaneConvolution {
  private let shapes: ConvolutionShapes

  /// - Returns: nil where another way is faster: for many channels, where matrix products take less memory traffic, and
  ///   for a batch that leaves most lanes empty.
  init?(_ shapes: ConvolutionShapes) {
    let (filters, channels) = (shapes.weight[0] / shapes.groups, shapes.weight[1])
    guard shapes.output.count > 0, shapes.weight.count > 0, shapes.batch >= nt_lane_count() / 2 else { return nil }
    guard min(filters, channels) < 24 else { return nil }
    self.shapes = shapes
  }

  func forward(
    _ input: UnsafePointer<Float>, weight: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    result: UnsafeMutablePointer<Float>
  ) {
    AlgorithmLog.note("lanes")
    convolve(sizes, input, weight: pack(weight, transposed: false), bias: bias, result: result)
  }

  /// Whether ``inputGradient(_:weight:result:)`` can be used.
  var hasInputGradient: Bool { shapes.rows.stride == 1 && shapes.columns.stride == 1 }

  /// The gradient of the input is, at stride 1, a convolution itself: with filters and channels in each other's place, the
  /// kernels flipped, and padded by what the forward pass did not pad: `dilation (R - 1) - top`.
  func inputGradient(
    _ gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    AlgorithmLog.note("lanes")
    var flipped = sizes
    swap(&flipped.channels, &flipped.filters)
    swap(&flipped.height, &flipped.out_height)
    swap(&flipped.width, &flipped.out_width)
    flipped.pad_top = flipped.dilation_y * (flipped.kernel_height - 1) - flipped.pad_top
    flipped.pad_left = flipped.dilation_x * (flipped.kernel_width - 1) - flipped.pad_left
    convolve(flipped, gradient, weight: pack(weight, transposed: true), bias: nil, result: result)
  }

  /// The gradients of weight and bias. Each band adds up its own rows of its own images, then
  /// the bands are added up in order.
  func parameterGradients(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, weight: UnsafeMutablePointer<Float>,
    bias: UnsafeMutablePointer<Float>
  ) {
    AlgorithmLog.note("lanes")
    // A band writes and adds up a vector per weight: little beside a hundred multiply-adds.
    let bands = LaneBands(sizes, batch: shapes.batch, leastPositions: 100), filters = shapes.weight[0]
    let count = shapes.weight.count + filters
    let partial = Storage<Float>(count: bands.count * count)
    ThreadPool.run(blocks: bands.count) { index in
      let band = bands[index]
      let from = LaneMap(channels: filters, rows: band.outputRows, width: shapes.output[3])
      let source = LaneMap(channels: shapes.input[1], rows: band.inputRows, width: shapes.input[3])
      let sums = LaneMap(channels: 1, rows: 0..<1, width: count)
      from.load(gradient, images: band.images, height: shapes.output[2])
      source.load(input, images: band.images, height: shapes.input[2])
      withUnsafePointer(to: band.sizes) { nt_lane_weight_gradient($0, from.start, source.start, sums.start) }
      from.sumPlanes(into: sums.start + shapes.weight.count * nt_lane_count())
      nt_lanes_reduce(sums.start, count, partial.start + index * count)
      withExtendedLifetime((from, source, sums)) {}
    }
    partial.addRows(bands.count)
    weight.update(from: partial.start, count: shapes.weight.count)
    bias.update(from: partial.start + shapes.weight.count, count: filters)
    withExtendedLifetime(partial) {}
  }

  private func convolve(
    _ sizes: nt_lane_convolution, _ input: UnsafePointer<Float>, weight: Storage<Float>,
    bias: UnsafePointer<Float>?, result: UnsafeMutablePointer<Float>
  ) {
    let bands = LaneBands(sizes, batch: shapes.batch)
    ThreadPool.run(blocks: bands.count) { index in
      let band = bands[index]
      let source = LaneMap(channels: sizes.channels * sizes.groups, rows: band.inputRows, width: sizes.width)
      let target = LaneMap(channels: sizes.filters * sizes.groups, rows: band.outputRows, width: sizes.out_width)
      source.load(input, images: band.images, height: sizes.height)
      withUnsafePointer(to: band.sizes) {
        nt_lane_convolve($0, source.start, weight.start, bias, target.start)
      }
      target.store(result, images: band.images, height: sizes.out_height)
      withExtendedLifetime((source, target)) {}
    }
    withExtendedLifetime(weight) {}
  }

  /// The weights as the forward pass reads them.
  func packed(_ weight: UnsafePointer<Float>) -> Storage<Float> { pack(weight, transposed: false) }

  /// The convolution with all its rows in memory.
  var sizes: nt_lane_convolution {
    nt_lane_convolution(
      groups: shapes.groups, channels: shapes.weight[1], height: shapes.input[2], width: shapes.input[3],
      filters: shapes.weight[0] / shapes.groups, out_height: shapes.output[2], out_width: shapes.output[3],
      kernel_height: shapes.weight[2], kernel_width: shapes.weight[3],
      stride_y: shapes.rows.stride, stride_x: shapes.columns.stride,
      dilation_y: shapes.rows.dilation, dilation_x: shapes.columns.dilation,
      pad_top: shapes.rows.before, pad_left: shapes.columns.before,
      first_row: 0, rows: shapes.input[2], out_first: 0, out_rows: shapes.output[2])
  }

  /// The weights in the order in which the kernel reads them.
  private func pack(_ weight: UnsafePointer<Float>, transposed: Bool) -> Storage<Float> {
    let packed = Storage<Float>(count: shapes.weight.count)
    withUnsafePointer(to: sizes) { nt_lane_pack($0, weight, transposed, packed.start) }
    return packed
  }
}
