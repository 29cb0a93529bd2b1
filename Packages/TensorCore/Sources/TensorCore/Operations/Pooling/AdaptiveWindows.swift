import CKernels

/// The windows of an adaptive pooling: as many as are wanted along each axis, whatever the input's size.
///
/// Window i of O on an axis of N elements covers `floor(i·N/O) ..< ceil((i + 1)·N/O)`: side by side where O divides N,
/// else overlapping by an element, and with O > N elements come several times.
struct AdaptiveWindows {
  let input: Shape
  let output: Shape
  let arguments: nt_windows
  /// Tops, bottoms, lefts and rights of the windows, one after the other.
  let bounds: [Int]

  /// - Throws: ``GeometryError`` naming the input's shape.
  init(input: Shape, size: PlaneSize) throws(GeometryError) {
    guard input.rank == 4, input[2] >= 1, input[3] >= 1 else {
      throw GeometryError("the input must be [N, C, H, W] with H and W at least 1, it is \(input)")
    }
    try size.checkPositive("output")
    do {
      output = try Shape(checking: [input[0], input[1], size.height, size.width])
    } catch {
      throw GeometryError(error.description)
    }
    self.input = input
    arguments = nt_windows(height: input[2], width: input[3], out_height: size.height, out_width: size.width)
    let (rows, columns) = (Self.bounds(size.height, of: input[2]), Self.bounds(size.width, of: input[3]))
    bounds = rows.starts + rows.ends + columns.starts + columns.ends
  }

  /// The same, for maths: stops with the operation's name.
  static func checked(_ operation: String, input: Shape, size: PlaneSize) -> AdaptiveWindows {
    do {
      return try AdaptiveWindows(input: input, size: size)
    } catch {
      stop(operation, error.description)
    }
  }

  private static func bounds(_ count: Int, of length: Int) -> (starts: [Int], ends: [Int]) {
    // i·N/O = i·(N/O) + i·(N mod O)/O: the second product stays below O².
    let (whole, rest) = length.quotientAndRemainder(dividingBy: count)
    let starts = (0..<count).map { $0 * whole + $0 * rest / count }
    let ends = (1...count).map { $0 * whole + ($0 * rest + count - 1) / count }
    return (starts, ends)
  }

  /// Calls `body` with runs of planes spread over the threads: their number, and the index of the first.
  func forEachRun(_ body: (_ planes: Int, _ first: Int) -> Void) {
    let size = max(arguments.height * arguments.width, arguments.out_height * arguments.out_width)
    Cut.run(rows: input[0] * input[1], of: size) { body($0.count, $0.lowerBound) }
  }

  /// Elements of a plane of the input.
  var planeSize: Int { arguments.height * arguments.width }
  /// Elements of a plane of the output.
  var outputPlane: Int { arguments.out_height * arguments.out_width }
}

extension Shape {
  /// The shape `[N, C, H, W]` after an adaptive pooling to `size`: `[N, C, size.height, size.width]`.
  ///
  /// - Throws: ``GeometryError`` unless this is a shape of images that are not empty, and the size at least 1.
  public func adaptivelyPooled(to size: PlaneSize) throws(GeometryError) -> Shape {
    try AdaptiveWindows(input: self, size: size).output
  }
}
