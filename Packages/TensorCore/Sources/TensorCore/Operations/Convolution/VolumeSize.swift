/// A depth, a height and a width; an integer literal means all three: `kernel: 3`.
public struct VolumeSize: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The planes.
  public var depth: Int
  /// The rows of a plane.
  public var height: Int
  /// The columns of a plane.
  public var width: Int

  /// A depth, a height and a width.
  public init(depth: Int, height: Int, width: Int) {
    self.depth = depth
    self.height = height
    self.width = width
  }

  /// The same size all three ways.
  public init(_ side: Int) { self.init(depth: side, height: side, width: side) }
  public init(integerLiteral side: Int) { self.init(side) }

  /// The height and width.
  public var plane: PlaneSize { PlaneSize(height: height, width: width) }

  public var description: String { "\(depth)×\(height)×\(width)" }
}
