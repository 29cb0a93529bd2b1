import ArgumentParser
import TensorCore

/// The sizes of a tensor's axes: `16x64x56x56`.
struct Sizes: Equatable, CustomStringConvertible {
  let shape: Shape

  init(_ shape: Shape) { self.shape = shape }

  /// Reads an argument. No axis is longer, and no tensor larger, than an operation can be measured with.
  init(_ text: String) throws {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }.filter(Limits.axis.contains)
    let count = numbers.reduce(1.0) { $0 * Double($1) }
    guard numbers.count == parts.count, parts.count <= 4, count <= Double(Limits.axis.upperBound) else {
      throw ValidationError(
        "expected up to four sizes as 16x64x56x56, with at most \(Limits.axis.upperBound) elements in all")
    }
    shape = Shape(numbers)
  }

  var description: String { shape.map(String.init).joined(separator: "x") }
}
