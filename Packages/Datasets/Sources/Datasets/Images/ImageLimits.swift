import TensorCore

/// What a file may ask for, whatever its format.
enum ImageLimits {
  /// The longest side of an image.
  static let side = 1 << 20
  /// The most pixels of an image: 8192 × 8192.
  static let area = 1 << 26

  /// The size that a header gives.
  ///
  /// - Throws: when a side or the area is 0 or above the limits.
  static func size(height: Int, width: Int, name: String) throws(FileError) -> ImageSize {
    guard (1...side).contains(height), (1...side).contains(width) else {
      throw .malformed(file: name, expected: "a height and width in 1...\(side)", found: "\(height) and \(width)")
    }
    guard height * width <= area else {
      throw .malformed(file: name, expected: "at most \(area) pixels", found: "\(height) x \(width) pixels")
    }
    return ImageSize(height: height, width: width)
  }
}
