/// The shapes of one convolution of volumes, checked against each other: input `[N, C, D, H, W]`, weight
/// `[K, C/groups, T, R, S]`, output `[N, K, OD, OH, OW]`.
struct VolumeShapes {
  let input: Shape
  let weight: Shape
  let output: Shape
  private let depth: SlidingWindow

  /// - Throws: ``GeometryError`` naming both shapes.
  init(input: Shape, weight: Shape, geometry: VolumeConvolutionGeometry) throws(GeometryError) {
    guard input.rank == 5 else { throw GeometryError("the input must be [N, C, D, H, W], it is \(input)") }
    guard weight.rank == 5 else { throw GeometryError("the weight must be [K, C/groups, T, R, S], it is \(weight)") }
    let (needed, overflow) = weight[1].multipliedReportingOverflow(by: geometry.groups)
    guard !overflow, needed == input[1] else {
      let note = geometry.groups > 1 ? " in \(geometry.groups) groups" : ""
      throw GeometryError("weight \(weight) needs \(needed) input channels\(note), the input is \(input)")
    }
    guard weight[2] == geometry.kernel.depth else {
      throw GeometryError("weight \(weight) does not have the geometry's kernel of \(geometry.kernel)")
    }
    let planes = try geometry.planes.outputShape(
      input: [input[0], input[1], input[3], input[4]], weight: [weight[0], weight[1], weight[3], weight[4]])
    do {
      depth = try geometry.depth.windows(on: PlaneSize(height: input[2], width: 1)).rows
      let count = try depth.positions(on: input[2], axis: "depth", fit: .floor)
      output = try Shape(checking: [input[0], weight[0], count, planes[2], planes[3]])
    } catch {
      throw GeometryError("weight \(weight), input \(input): \(error)")
    }
    self.input = input
    self.weight = weight
  }

  /// The same, for maths: stops with the operation's name.
  static func checked(
    _ operation: String, input: Shape, weight: Shape, geometry: VolumeConvolutionGeometry
  ) -> VolumeShapes {
    do {
      return try VolumeShapes(input: input, weight: weight, geometry: geometry)
    } catch {
      stop(operation, error.description)
    }
  }

  /// Whether to start from the planes of the input: where all of what they give is needed, or nearly, and the patches that
  /// are gathered once only, C · R · S for a position, are many more than the sums that are added up, K.
  var startsFromInput: Bool {
    depth.stride == 1 && weight[2] > 1 && 4 * input[2] <= 5 * output[2]
      && weight[1] * weight[3] * weight[4] >= 4 * weight[0]
  }

  /// What the output's planes see of the input.
  var inputWindows: DepthWindows {
    DepthWindows(
      images: input[0], channels: input[1], depth: input[2], plane: input[3] * input[4], positions: output[2],
      taps: weight[2], stride: depth.stride, dilation: depth.dilation, before: depth.before)
  }
  /// `[N · OD, C · T, H, W]`.
  var stackedInput: Shape { [input[0] * output[2], input[1] * weight[2], input[3], input[4]] }
  /// `[K, C/groups · T, R, S]`.
  var stackedWeight: Shape { [weight[0], weight[1] * weight[2], weight[3], weight[4]] }

  /// What the input's planes reach of the output, at stride 1: plane d the planes d + P - t · D, from the last tap to the
  /// first.
  var outputWindows: DepthWindows {
    DepthWindows(
      images: output[0], channels: output[1], depth: output[2], plane: output[3] * output[4], positions: input[2],
      taps: weight[2], stride: 1, dilation: depth.dilation, before: depth.dilation * (weight[2] - 1) - depth.before)
  }
  /// `[N · D, K · T, OH, OW]`.
  var spreadOutput: Shape { [output[0] * input[2], output[1] * weight[2], output[3], output[4]] }
}
