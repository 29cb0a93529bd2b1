/// A height and a width; an integer literal means both: `kernel: 5`.
public struct PlaneSize: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The rows.
  public var height: Int
  /// The columns.
  public var width: Int

  /// A height and a width.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The same size both ways.
  public init(_ side: Int) { self.init(height: side, width: side) }
  public init(integerLiteral side: Int) { self.init(side) }

  public var description: String { "\(height)×\(width)" }
}

/// Zeros put around an image before a window slides over it; an integer literal means all four sides.
public enum PlanePadding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// That many rows above and below, columns left and right.
  case sides(top: Int, bottom: Int, left: Int, right: Int)
  /// As many as make the output `ceil(input / stride)` large, so at stride 1 the size of the input: `dilation (F - 1)`
  /// in all, half of it on each side, the odd one below or on the right.
  case same

  /// The same number of zeros above and below, left and right.
  public static func symmetric(_ size: PlaneSize) -> PlanePadding {
    .sides(top: size.height, bottom: size.height, left: size.width, right: size.width)
  }

  public init(integerLiteral side: Int) { self = .sides(top: side, bottom: side, left: side, right: side) }
}

/// A convolution or pooling that cannot be: a window that does not fit, a stride of zero, channels that do not divide.
public struct GeometryError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// How a convolution's kernel slides over an image: stride, padding, dilation, groups, and the output's size.
///
/// With input `N`, kernel `F`, stride `S`, dilation `D` and padding `P` on both sides, the output has
/// `(N + 2P - D (F - 1) - 1) / S + 1` positions along an axis. Where that does not divide, the rest of the input is
/// left unseen; with ``requiresExactFit`` it is an error. Seven positions, kernel 3: stride 1 gives 5, stride 2 gives 3,
/// stride 3 does not fit (2 by default).
public struct ConvolutionGeometry: Sendable, Hashable {
  /// The rows and columns of a filter.
  public let kernel: PlaneSize
  /// The steps from one position to the next.
  public let stride: PlaneSize
  /// The zeros around the image.
  public let padding: PlanePadding
  /// The distance between neighbouring elements of a filter, in elements of the image.
  public let dilation: PlaneSize
  /// The channels are cut into this many equal groups, each convolved with its own filters only.
  public let groups: Int
  /// Whether a kernel that does not end at the edge of the padded input is refused.
  public let requiresExactFit: Bool

  /// A geometry of sizes in the program itself: stride 1, no padding, dilation 1, one group and flooring unless given.
  ///
  /// Stops where ``init(checking:stride:padding:dilation:groups:requiresExactFit:)`` throws.
  public init(
    kernel: PlaneSize, stride: PlaneSize = 1, padding: PlanePadding = 0, dilation: PlaneSize = 1, groups: Int = 1,
    requiresExactFit: Bool = false
  ) {
    do {
      self = try ConvolutionGeometry(
        checking: kernel, stride: stride, padding: padding, dilation: dilation, groups: groups,
        requiresExactFit: requiresExactFit)
    } catch {
      stop("conv2d", error.description)
    }
  }

  /// A geometry of sizes that come from outside.
  ///
  /// - Throws: ``GeometryError`` unless kernel, stride, dilation and groups are at least 1 and the padding is not
  ///   negative.
  public init(
    checking kernel: PlaneSize, stride: PlaneSize = 1, padding: PlanePadding = 0, dilation: PlaneSize = 1,
    groups: Int = 1, requiresExactFit: Bool = false
  ) throws(GeometryError) {
    try kernel.checkPositive("kernel")
    try stride.checkPositive("stride")
    try dilation.checkPositive("dilation")
    try padding.check()
    guard groups >= 1 else { throw GeometryError("groups must be at least 1, not \(groups)") }
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.requiresExactFit = requiresExactFit
  }

  /// The size of the output for an input of the given size.
  ///
  /// - Throws: ``GeometryError`` if the kernel does not fit.
  public func outputSize(for input: PlaneSize) throws(GeometryError) -> PlaneSize {
    let (rows, columns) = try windows(on: input)
    let fit: SlidingWindow.Fit = requiresExactFit ? .exact : .floor
    return PlaneSize(
      height: try rows.positions(on: input.height, axis: "height", fit: fit),
      width: try columns.positions(on: input.width, axis: "width", fit: fit))
  }

  /// The windows along both axes, with `same` worked out for the input's size.
  func windows(on input: PlaneSize) throws(GeometryError) -> (rows: SlidingWindow, columns: SlidingWindow) {
    try padding.windows(size: kernel, stride: stride, dilation: dilation, on: input)
  }
}

extension PlaneSize {
  func checkPositive(_ name: String) throws(GeometryError) {
    guard height >= 1, width >= 1 else {
      throw GeometryError("the \(name) must be at least 1 both ways, not \(self)")
    }
  }
}

extension PlanePadding {
  func check() throws(GeometryError) {
    guard case .sides(let top, let bottom, let left, let right) = self else { return }
    guard min(top, bottom, left, right) >= 0 else {
      throw GeometryError("padding must not be negative: top \(top), bottom \(bottom), left \(left), right \(right)")
    }
  }

  /// The windows along both axes with this padding, `same` worked out for the input's size.
  func windows(
    size: PlaneSize, stride: PlaneSize, dilation: PlaneSize, on input: PlaneSize
  ) throws(GeometryError) -> (rows: SlidingWindow, columns: SlidingWindow) {
    var rows = SlidingWindow(
      size: size.height, stride: stride.height, dilation: dilation.height, before: 0, after: 0)
    var columns = SlidingWindow(size: size.width, stride: stride.width, dilation: dilation.width, before: 0, after: 0)
    switch self {
    case .sides(let top, let bottom, let left, let right):
      (rows.before, rows.after) = (top, bottom)
      (columns.before, columns.after) = (left, right)
    case .same:
      rows = try rows.paddedToSame(on: input.height)
      columns = try columns.paddedToSame(on: input.width)
    }
    return (rows, columns)
  }
}
