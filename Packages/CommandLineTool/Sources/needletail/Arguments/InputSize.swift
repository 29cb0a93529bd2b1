import ArgumentParser
import TensorCore

/// Channels, height and width of an image: `3x224x224`.
struct InputSize: CustomStringConvertible {
  /// `[C, H, W]`.
  let shape: Shape

  init(_ shape: Shape) { self.shape = shape }

  /// Reads an argument; each number is in `Limits.inputSize`.
  init(_ text: String) throws {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }.filter(Limits.inputSize.contains)
    guard parts.count == 3, numbers.count == 3 else {
      let range = Limits.inputSize
      throw ValidationError(
        "expected channels, height and width as 3x224x224, each from \(range.lowerBound) to \(range.upperBound)")
    }
    shape = Shape(numbers)
  }

  var description: String { shape.map(String.init).joined(separator: "x") }
}
