import CKernels

/// How a pooling window slides over an image.
///
/// With input `N`, window `F`, stride `S` and padding `P` on both sides, the output has `(N + 2P - F) / S + 1` positions
/// along an axis, rounded down unless ``roundsUp``.
public struct PoolingGeometry: Sendable, Hashable {
  /// The rows and columns of a window.
  public let kernel: PlaneSize
  /// The steps from one window to the next.
  public let stride: PlaneSize
  /// The rows and columns put around the image.
  public let padding: PlanePadding
  /// Whether a last window that goes beyond the padded image counts, if it starts inside. A single window may then be larger
  /// than the padded image, by less than the stride.
  public let roundsUp: Bool

  /// A geometry of sizes in the program itself. The stride is the kernel's size unless given: windows side by side.
  ///
  /// Stops where ``init(checking:stride:padding:roundsUp:)`` throws.
  public init(
    kernel: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0, roundsUp: Bool = false
  ) {
    do {
      self = try PoolingGeometry(checking: kernel, stride: stride, padding: padding, roundsUp: roundsUp)
    } catch {
      stop("pooling", error.description)
    }
  }

  /// A geometry of sizes that come from outside.
  ///
  /// - Throws: ``GeometryError`` unless kernel and stride are at least 1, and the padding on each side is smaller than
  ///   the kernel and not negative, so that no window lies in the padding alone.
  public init(
    checking kernel: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0, roundsUp: Bool = false
  ) throws(GeometryError) {
    try kernel.checkPositive("kernel")
    try (stride ?? kernel).checkPositive("stride")
    try padding.check()
    if case .sides(let top, let bottom, let left, let right) = padding {
      guard max(top, bottom) < kernel.height, max(left, right) < kernel.width else {
        throw GeometryError(
          "padding must be smaller than the kernel of \(kernel): top \(top), bottom \(bottom), left \(left), "
            + "right \(right)")
      }
    }
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
    self.roundsUp = roundsUp
  }

  /// The output's shape `[N, C, OH, OW]` for an input `[N, C, H, W]`.
  ///
  /// - Throws: ``GeometryError`` if the window does not fit.
  public func outputShape(input: Shape) throws(GeometryError) -> Shape {
    try PoolingShapes(input: input, geometry: self).output
  }

  fileprivate func windows(on input: PlaneSize) throws(GeometryError) -> (rows: SlidingWindow, columns: SlidingWindow) {
    try padding.windows(size: kernel, stride: stride, dilation: 1, on: input)
  }
}

/// The shapes of one pooling: input `[N, C, H, W]`, output `[N, C, OH, OW]`.
struct PoolingShapes {
  let input: Shape
  let output: Shape
  let arguments: nt_pooling

  /// - Throws: ``GeometryError`` naming the input's shape.
  init(input: Shape, geometry: PoolingGeometry) throws(GeometryError) {
    guard input.rank == 4, input[2] >= 1, input[3] >= 1 else {
      throw GeometryError("the input must be [N, C, H, W] with H and W at least 1, it is \(input)")
    }
    let fit: SlidingWindow.Fit = geometry.roundsUp ? .ceiling : .floor
    do {
      let (rows, columns) = try geometry.windows(on: PlaneSize(height: input[2], width: input[3]))
      let height = try rows.positions(on: input[2], axis: "height", fit: fit)
      let width = try columns.positions(on: input[3], axis: "width", fit: fit)
      output = try Shape(checking: [input[0], input[1], height, width])
      arguments = nt_pooling(
        height: input[2], width: input[3], out_height: height, out_width: width,
        kernel_height: rows.size, kernel_width: columns.size, stride_y: rows.stride, stride_x: columns.stride,
        pad_top: rows.before, pad_left: columns.before,
        padded_height: input[2] + rows.after, padded_width: input[3] + columns.after)
    } catch {
      throw GeometryError("input \(input): \(error)")
    }
    self.input = input
  }

  /// The same, for maths: stops with the operation's name.
  static func checked(_ operation: String, input: Shape, geometry: PoolingGeometry) -> PoolingShapes {
    do {
      return try PoolingShapes(input: input, geometry: geometry)
    } catch {
      stop(operation, error.description)
    }
  }

  /// Stops unless `gradient` has the output's shape.
  func check(_ operation: String, gradient: Shape) {
    guard gradient == output else {
      stop(operation, "pooling of \(input) gives \(output), the gradient is \(gradient)")
    }
  }

  private var planeSize: Int { arguments.height * arguments.width }
  private var outputPlane: Int { arguments.out_height * arguments.out_width }

  /// The rows of each row of windows, and the columns of each column, that lie inside the image.
  var windowExtents: (rows: [Int], columns: [Int]) {
    func extents(_ count: Int, _ stride: Int, _ before: Int, _ kernel: Int, _ length: Int) -> [Int] {
      (0..<count).map { min($0 * stride - before + kernel, length) - max($0 * stride - before, 0) }
    }
    let p = arguments
    return (
      extents(p.out_height, p.stride_y, p.pad_top, p.kernel_height, p.height),
      extents(p.out_width, p.stride_x, p.pad_left, p.kernel_width, p.width)
    )
  }

  /// Calls `body` with runs of planes, about 64 KiB of input each, spread over the threads: their number, the first
  /// element of the first plane in the input, and in the output.
  func forEachRun(_ body: (_ planes: Int, _ input: Int, _ output: Int) -> Void) {
    let planes = input[0] * input[1]
    let run = max(1, 16384 / planeSize)
    ThreadPool.run(blocks: (planes + run - 1) / run) { block in
      let first = block * run
      body(min(run, planes - first), first * planeSize, first * outputPlane)
    }
  }
}
