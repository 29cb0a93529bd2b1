import TensorCore

/// PNG's filters: a row is stored as differences from the bytes to the left, above, their mean, or the best of these.
enum PNGFilters {
  /// Turns filtered rows back into bytes, in place. Each row of `rowBytes` follows its filter's number.
  ///
  /// - Parameters:
  ///   - lines: all rows of the file.
  ///   - start: where the first of these rows begins.
  ///   - step: how far left of a byte the corresponding one of the next pixel is.
  static func undo(
    _ lines: inout [UInt8], from start: Int, rows: Int, rowBytes: Int, step: Int, name: String
  ) throws(FileError) {
    let wrong = lines.withUnsafeMutableBufferPointer { lines -> UInt8? in
      guard let base = lines.baseAddress else { return nil }
      // Above the first row lies a row of zeros.
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: rowBytes) { zeros -> UInt8? in
        zeros.initialize(repeating: 0)
        guard var above = UnsafePointer(zeros.baseAddress) else { return nil }
        for row in 0..<rows {
          let line = base + start + row * (rowBytes + 1)
          guard undo(line[0], line + 1, above, rowBytes, step) else { return line[0] }
          above = UnsafePointer(line + 1)
        }
        return nil
      }
    }
    guard let wrong else { return }
    throw .malformed(file: name, expected: "a row's filter in 0...4", found: "\(wrong)")
  }

  private static func undo(
    _ filter: UInt8, _ row: UnsafeMutablePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ count: Int, _ step: Int
  ) -> Bool {
    switch filter {
    case 0: break
    case 1: for i in step..<max(step, count) { row[i] &+= row[i - step] }
    case 2: for i in 0..<count { row[i] &+= above[i] }
    case 3:
      for i in 0..<min(step, count) { row[i] &+= above[i] >> 1 }
      for i in step..<max(step, count) {
        row[i] &+= UInt8(truncatingIfNeeded: (Int32(row[i - step]) + Int32(above[i])) >> 1)
      }
    case 4: undoPaeth(row, above, count, step)
    default: return false
    }
    return true
  }

  /// The neighbour nearest to left + above - left above: left before above before left above when they are equal.
  private static func undoPaeth(
    _ row: UnsafeMutablePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ count: Int, _ step: Int
  ) {
    for i in 0..<min(step, count) { row[i] &+= above[i] }
    for i in step..<max(step, count) {
      let (left, up, corner) = (Int32(row[i - step]), Int32(above[i]), Int32(above[i - step]))
      let (toLeft, toUp) = (abs(up - corner), abs(left - corner))
      let toCorner = abs(left + up - 2 * corner)
      let nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
      row[i] &+= UInt8(truncatingIfNeeded: nearest)
    }
  }
}
