import CKernels

/// The shapes of one convolution, checked against each other: input `[N, C, H, W]`, weight `[K, C/groups, R, S]`,
/// output `[N, K, OH, OW]`.
package struct ConvolutionShapes: Sendable {
  let input: Shape
  let weight: Shape
  let output: Shape
  let rows: SlidingWindow
  let columns: SlidingWindow
  let groups: Int

  /// - Throws: ``GeometryError`` naming both shapes.
  package init(input: Shape, weight: Shape, geometry: ConvolutionGeometry) throws(GeometryError) {
    guard input.rank == 4 else { throw GeometryError("the input must be [N, C, H, W], it is \(input)") }
    guard weight.rank == 4 else { throw GeometryError("the weight must be [K, C/groups, R, S], it is \(weight)") }
    try Self.checkChannels(input, weight, groups: geometry.groups)
    guard weight[2] == geometry.kernel.height, weight[3] == geometry.kernel.width else {
      throw GeometryError("weight \(weight) does not have the geometry's kernel of \(geometry.kernel)")
    }
    let plane = PlaneSize(height: input[2], width: input[3])
    do {
      let size = try geometry.outputSize(for: plane)
      output = try Shape(checking: [input[0], weight[0], size.height, size.width])
      (rows, columns) = try geometry.windows(on: plane)
    } catch {
      throw GeometryError("weight \(weight), input \(input): \(error)")
    }
    self.input = input
    self.weight = weight
    self.groups = geometry.groups
  }

  private static func checkChannels(_ input: Shape, _ weight: Shape, groups: Int) throws(GeometryError) {
    let (needed, overflow) = weight[1].multipliedReportingOverflow(by: groups)
    guard !overflow, needed == input[1] else {
      let note = groups > 1 ? " in \(groups) groups" : ""
      throw GeometryError("weight \(weight) needs \(needed) input channels\(note), the input is \(input)")
    }
    guard weight[0] % groups == 0 else {
      throw GeometryError("the \(weight[0]) filters of weight \(weight) do not divide into \(groups) groups")
    }
  }

  /// The same, for maths: stops with the operation's name.
  static func checked(
    _ operation: String, input: Shape, weight: Shape, geometry: ConvolutionGeometry
  ) -> ConvolutionShapes {
    do {
      return try ConvolutionShapes(input: input, weight: weight, geometry: geometry)
    } catch {
      stop(operation, error.description)
    }
  }

  var batch: Int { input[0] }
  /// Elements of one image of the input.
  var inputImage: Int { input[1] * input[2] * input[3] }
  /// Elements of one image of the output.
  var outputImage: Int { output[1] * output[2] * output[3] }
  /// Multiplications for one image.
  var work: Int { outputImage * weight[1] * weight[2] * weight[3] }

  /// The numbers that the C kernels read.
  var kernelArguments: nt_convolution {
    nt_convolution(
      channels: input[1], height: input[2], width: input[3],
      filters: weight[0], out_height: output[2], out_width: output[3],
      kernel_height: weight[2], kernel_width: weight[3],
      stride_y: rows.stride, stride_x: columns.stride, dilation_y: rows.dilation, dilation_x: columns.dilation,
      pad_top: rows.before, pad_left: columns.before, groups: groups)
  }
}

extension ConvolutionGeometry {
  /// The output's shape `[N, K, OH, OW]` for an input `[N, C, H, W]` and a weight `[K, C/groups, R, S]`.
  ///
  /// - Throws: ``GeometryError`` with both shapes where they do not go together.
  public func outputShape(input: Shape, weight: Shape) throws(GeometryError) -> Shape {
    try ConvolutionShapes(input: input, weight: weight, geometry: self).output
  }
}
