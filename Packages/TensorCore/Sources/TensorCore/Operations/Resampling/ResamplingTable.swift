import CKernels

/// Which elements each place of a resampled image reads, and with which weights.
struct ResamplingTable {
  let input: Shape
  let output: Shape
  let arguments: nt_resampling
  /// For each row the element's, or for bilinear resampling the first ones' and then the second ones'.
  let rows: [Int]
  /// The same for columns.
  let columns: [Int]
  /// The second elements' weights: rows', then columns'. Empty for nearest.
  let weights: [Double]

  /// Stops with the operation's name where the geometry does not fit the input.
  init(_ operation: String, input: Shape, geometry: ResamplingGeometry) {
    do {
      output = try geometry.outputShape(input: input)
    } catch {
      stop(operation, error.description)
    }
    self.input = input
    arguments = nt_resampling(height: input[2], width: input[3], out_height: output[2], out_width: output[3])
    var scales: (height: Double?, width: Double?) = (nil, nil)
    if case .scale(let height, let width) = geometry.target { scales = (height, width) }
    switch geometry.interpolation {
    case .nearest:
      rows = Self.nearest(output[2], of: input[2], scale: scales.height)
      columns = Self.nearest(output[3], of: input[3], scale: scales.width)
      weights = []
    case .bilinear(let alignsCorners):
      let down = Self.linear(output[2], of: input[2], scale: scales.height, alignsCorners: alignsCorners)
      let across = Self.linear(output[3], of: input[3], scale: scales.width, alignsCorners: alignsCorners)
      rows = down.places
      columns = across.places
      weights = down.weights + across.weights
    }
  }

  private static func nearest(_ count: Int, of length: Int, scale: Double?) -> [Int] {
    guard let scale else {
      let (whole, rest) = length.quotientAndRemainder(dividingBy: count)
      return (0..<count).map { $0 * whole + $0 * rest / count }
    }
    return (0..<count).map { min(Int(Double($0) / scale), length - 1) }
  }

  private static func linear(
    _ count: Int, of length: Int, scale: Double?, alignsCorners: Bool
  ) -> (places: [Int], weights: [Double]) {
    let step = alignsCorners ? Double(length - 1) / Double(max(count - 1, 1)) : scale.map { 1 / $0 }
    let ratio = step ?? Double(length) / Double(count)
    let centers = (0..<count).map { index in
      alignsCorners ? ratio * Double(index) : max(ratio * (Double(index) + 0.5) - 0.5, 0)
    }
    let first = centers.map { min(Int($0), length - 1) }
    let second = first.map { min($0 + 1, length - 1) }
    return (first + second, zip(centers, first).map { min($0 - Double($1), 1) })
  }

  /// Calls `body` with runs of planes spread over the threads: their number, and the first elements of the first in the
  /// input and in the output.
  func forEachRun(_ body: (_ planes: Int, _ input: Int, _ output: Int) -> Void) {
    let before = arguments.height * arguments.width, after = arguments.out_height * arguments.out_width
    Cut.run(rows: input[0] * input[1], of: max(before, after)) { planes in
      body(planes.count, planes.lowerBound * before, planes.lowerBound * after)
    }
  }
}
