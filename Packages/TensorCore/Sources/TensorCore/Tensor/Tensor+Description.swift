import Foundation

extension Tensor: CustomStringConvertible {
  /// The elements in nested brackets and aligned columns, the type and the shape.
  ///
  /// Of more than 1000 elements, the first and last three along each longer axis are shown. Four digits after the
  /// point; whole numbers with one; powers of ten where sizes differ by more than a thousand or are extreme.
  public var description: String {
    TensorPrinter(self).text + " (\(Scalar.self), shape \(shape))"
  }
}

/// Lays out the elements of one tensor.
private struct TensorPrinter<Scalar: TensorScalar> {
  private static var mostElements: Int { 1000 }
  private static var edge: Int { 3 }
  private static var lineLength: Int { 80 }

  private let tensor: Tensor<Scalar>
  private let strides: [Int]
  /// For each axis the indices to show; nil stands for the ellipsis.
  private let places: [[Int?]]
  private let format: (Scalar) -> String
  private let width: Int

  init(_ tensor: Tensor<Scalar>) {
    self.tensor = tensor
    strides = tensor.shape.strides
    places = tensor.shape.map { size in
      guard tensor.count > Self.mostElements, size > 2 * Self.edge else { return Array(0..<size) }
      return Array(0..<Self.edge) + [nil] + Array((size - Self.edge)..<size)
    }
    var shown = [0]
    for (places, stride) in zip(places, strides) {
      shown = shown.flatMap { start in places.compactMap { $0.map { start + $0 * stride } } }
    }
    let elements = tensor.withUnsafeBufferPointer { buffer in tensor.count == 0 ? [] : shown.map { buffer[$0] } }
    let format = numberFormat(elements)
    self.format = format
    width = elements.map { format($0).count }.max() ?? 0
  }

  var text: String {
    tensor.rank == 0 ? format(tensor.scalar) : list(axis: 0, start: 0)
  }

  private func list(axis: Int, start: Int) -> String {
    let isLast = axis == tensor.rank - 1
    let items = places[axis].map { index -> String in
      guard let index else { return "…" }
      let place = start + index * strides[axis]
      return isLast ? aligned(place) : list(axis: axis + 1, start: place)
    }
    let indent = String(repeating: " ", count: axis + 1)
    if isLast { return "[" + wrapped(items, indent: indent) + "]" }
    let lines = String(repeating: "\n", count: tensor.rank - axis - 1)
    return "[" + items.joined(separator: "," + lines + indent) + "]"
  }

  private func aligned(_ place: Int) -> String {
    let text = tensor.withUnsafeBufferPointer { format($0[place]) }
    return String(repeating: " ", count: width - text.count) + text
  }

  private func wrapped(_ items: [String], indent: String) -> String {
    let perLine = Swift.max(1, (Self.lineLength - indent.count) / (width + 2))
    let lines = stride(from: 0, to: items.count, by: perLine).map { start in
      items[start..<Swift.min(start + perLine, items.count)].joined(separator: ", ")
    }
    return lines.joined(separator: ",\n" + indent)
  }
}

/// One format for all elements that are shown.
private func numberFormat<Scalar: TensorScalar>(_ elements: [Scalar]) -> (Scalar) -> String {
  guard let numbers = elements as? [any FloatingScalar] else { return \.description }
  let sizes = numbers.map { abs(Double($0)) }.filter { $0.isFinite && $0 > 0 }
  let (smallest, largest) = (sizes.min() ?? 1, sizes.max() ?? 1)
  let areWhole = sizes.allSatisfy { $0 == $0.rounded() }
  let format =
    areWhole && largest < 1e8
    ? "%.1f" : largest / smallest > 1000 || largest >= 1e8 || smallest < 1e-4 ? "%.4e" : "%.4f"
  return { element in
    guard let number = (element as? any FloatingScalar).map({ Double($0) }), number.isFinite else {
      return element.description
    }
    return String(format: format, number)
  }
}
