/// The height and width of an image, in pixels.
public struct ImageSize: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int

  /// A size of `height` rows and `width` columns.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// The number of pixels.
  var area: Int { height * width }

  public var description: String { "\(height)x\(width)" }
}
