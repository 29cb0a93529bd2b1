/// What a file says of its colours.
struct JPEGColors {
  /// Whether it has JFIF's segment.
  var isJFIF = false
  /// The number in Adobe's segment, if there is one.
  var adobeTransform: UInt8?

  /// Whether the components are brightness and two differences of colour, by libjpeg's rules.
  func areDifferences(_ components: [JPEGComponent]) -> Bool {
    if components.count == 4 { return adobeTransform.map { $0 != 0 } ?? false }
    if isJFIF { return true }
    if let adobeTransform { return adobeTransform != 0 }
    return components.map(\.identifier) != Array("RGB".utf8)
  }
}

/// From inks to red, green and blue, row by row; as libjpeg and Pillow do, with 16 binary places.
enum JPEGColorRow {
  /// Red, green and blue from inks, stored inverted as Adobe does; with brightness and differences for the first three or not.
  static func inks(
    _ rows: [UnsafePointer<UInt8>], areDifferences: Bool, _ target: UnsafeMutablePointer<UInt8>, _ area: Int,
    _ count: Int
  ) {
    for x in 0..<count {
      var first = (r: Int32(rows[0][x]), g: Int32(rows[1][x]), b: Int32(rows[2][x]))
      if areDifferences {
        // The differences give the negative of the stored inks.
        let light = rgb(first.r, first.g &- 128, first.b &- 128)
        first = (255 &- light.r, 255 &- light.g, 255 &- light.b)
      }
      let black = Int32(rows[3][x])
      target[x] = UInt8(truncatingIfNeeded: paper(first.r, black))
      target[area + x] = UInt8(truncatingIfNeeded: paper(first.g, black))
      target[2 * area + x] = UInt8(truncatingIfNeeded: paper(first.b, black))
    }
  }

  @inline(__always)
  private static func rgb(_ y: Int32, _ cb: Int32, _ cr: Int32) -> (r: Int32, g: Int32, b: Int32) {
    let half: Int32 = 1 << 15
    return (
      held(y &+ (91_881 &* cr &+ half) &>> 16), held(y &+ (-22_554 &* cb &- 46_802 &* cr &+ half) &>> 16),
      held(y &+ (116_130 &* cb &+ half) &>> 16)
    )
  }

  @inline(__always)
  private static func held(_ value: Int32) -> Int32 { min(max(value, 0), 255) }

  /// What is left of white under an ink and black, both stored inverted: `k - (255 - ink) k / 255`, rounded.
  @inline(__always)
  private static func paper(_ ink: Int32, _ black: Int32) -> Int32 {
    let product = (255 &- ink) &* black &+ 128
    return held(black &- (product &>> 8 &+ product) &>> 8)
  }
}
