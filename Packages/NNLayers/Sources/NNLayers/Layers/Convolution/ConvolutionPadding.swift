import Autograd
import TensorCore

/// Padding with other than zeros, as a convolution layer applies it before it convolves.
extension Variable {
  /// `[N, C, H, W]` with the padding of the geometry around, unless that is zeros; and the geometry that is left to do.
  func padded(
    for geometry: ConvolutionGeometry, mode: PaddingMode, _ layer: String
  ) -> (input: Variable, geometry: ConvolutionGeometry) {
    guard mode != .zeros else { return (self, geometry) }
    guard let sides = try? geometry.sides(for: PlaneSize(height: shape[2], width: shape[3])) else {
      stop(layer, "the padding \(geometry.padding) does not go around an input of \(shape)")
    }
    let padding = [(before: 0, after: 0), (0, 0), (sides.top, sides.bottom), (sides.left, sides.right)]
    return (padded(padding, mode: mode), geometry.unpadded)
  }

  /// The same for `[N, C, D, H, W]`.
  func padded(
    for geometry: VolumeConvolutionGeometry, mode: PaddingMode, _ layer: String
  ) -> (input: Variable, geometry: VolumeConvolutionGeometry) {
    guard mode != .zeros else { return (self, geometry) }
    guard let depth = try? geometry.depth.sides(for: PlaneSize(height: shape[2], width: 1)),
      let sides = try? geometry.planes.sides(for: PlaneSize(height: shape[3], width: shape[4]))
    else {
      stop(layer, "the padding \(geometry.padding) does not go around an input of \(shape)")
    }
    let padding = [
      (before: 0, after: 0), (0, 0), (depth.top, depth.bottom), (sides.top, sides.bottom), (sides.left, sides.right),
    ]
    return (padded(padding, mode: mode), geometry.unpadded)
  }
}

extension ConvolutionGeometry {
  /// The size of the output; nil where the kernel, or the padding, does not fit.
  func outputSize(for input: PlaneSize, mode: PaddingMode) -> PlaneSize? {
    guard let sides = try? sides(for: input),
      max(sides.top, sides.bottom) <= mode.limit(input.height), max(sides.left, sides.right) <= mode.limit(input.width)
    else { return nil }
    return try? outputSize(for: input)
  }
}

extension VolumeConvolutionGeometry {
  /// Whether kernel and padding fit an input `[N, C, D, H, W]`.
  func holds(_ input: Shape, _ mode: PaddingMode) -> Bool {
    depth.outputSize(for: PlaneSize(height: input[2], width: 1), mode: mode) != nil
      && planes.outputSize(for: PlaneSize(height: input[3], width: input[4]), mode: mode) != nil
  }
}

/// The padding of a line; an integer literal means both ends.
public enum LinePadding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// That many elements before and after.
  case sides(before: Int, after: Int)
  /// As many as make the output `ceil(input / stride)` long; the odd one after.
  case same

  /// No padding: only where the whole window lies inside.
  public static let valid: LinePadding = 0

  public init(integerLiteral side: Int) { self = .sides(before: side, after: side) }

  /// The padding of an image of one row.
  var plane: PlanePadding {
    switch self {
    case .same: .same
    case .sides(let before, let after): .sides(top: 0, bottom: 0, left: before, right: after)
    }
  }
}
