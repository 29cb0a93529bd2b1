import Foundation
import TensorCore

/// What there is to say of a tensor: its type, its shape, and its values in short.
struct TensorFacts: Encodable {
  let name: String
  let type: String
  let shape: [Int]
  /// Of the elements that are finite; nil where there are none.
  let least: Double?
  let greatest: Double?
  let mean: Double?
  /// How many elements are NaN or infinite.
  let notFinite: Int

  /// `read` gives the elements, if they are numbers that can be compared, as complex ones are not.
  init(_ name: String, _ type: StoredElementType?, _ shape: Shape, _ read: () throws -> StoredTensor) rethrows {
    self.name = name
    self.type = type?.title ?? ""
    self.shape = shape.sizes
    var (least, greatest, sum, count) = (Double.infinity, -Double.infinity, 0.0, 0)
    let all =
      try type?.elementType == nil
      ? 0
      : read().forEach { value in
        guard value.isFinite else { return }
        (least, greatest, sum, count) = (min(least, value), max(greatest, value), sum + value, count + 1)
      }
    self.least = count > 0 ? least : nil
    self.greatest = count > 0 ? greatest : nil
    mean = count > 0 ? sum / Double(count) : nil
    notFinite = all - count
  }

  var count: Int { shape.reduce(1, *) }

  /// The columns of a table.
  var cells: [String] {
    func number(_ value: Double?) -> String { value.map { String(format: "%.4g", $0) } ?? "" }
    return [
      name, type, Shape(shape).description, Figures.grouped(count), number(least), number(mean), number(greatest),
      notFinite > 0 ? Figures.grouped(notFinite) : "",
    ]
  }
}

extension StoredTensor {
  /// Calls `body` with each element as a number; returns how many there are.
  fileprivate func forEach(_ body: (Double) -> Void) -> Int {
    switch self {
    case .float(let tensor): tensor.withUnsafeBufferPointer { $0.forEach { body(Double($0)) } }
    case .double(let tensor): tensor.withUnsafeBufferPointer { $0.forEach(body) }
    case .int32(let tensor): tensor.withUnsafeBufferPointer { $0.forEach { body(Double($0)) } }
    case .int64(let tensor): tensor.withUnsafeBufferPointer { $0.forEach { body(Double($0)) } }
    case .uint8(let tensor): tensor.withUnsafeBufferPointer { $0.forEach { body(Double($0)) } }
    case .bool(let tensor): tensor.withUnsafeBufferPointer { $0.forEach { body($0 ? 1 : 0) } }
    }
    return shape.count
  }
}
