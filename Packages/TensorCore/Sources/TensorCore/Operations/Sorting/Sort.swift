extension Tensor where Scalar: NumericScalar {
  /// The elements in ascending (or descending) order along an axis, and where each was.
  ///
  /// Equal elements keep their order, in both directions. NaN counts as larger than every number, as in PyTorch: it
  /// comes last ascending and first descending. -0 equals 0. Cost: O(n log n) per line.
  public func sorted(along axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor<Int64>) {
    let axis = shape.axis(axis, of: "sorted")
    let indices = order(along: axis, descending: descending, keeping: shape[axis])
    return (gather(indices, along: axis), indices)
  }

  /// The places of the elements in sorted order along an axis: the indices of ``sorted(along:descending:)``.
  public func argsort(along axis: Int = -1, descending: Bool = false) -> Tensor<Int64> {
    let axis = shape.axis(axis, of: "argsort")
    return order(along: axis, descending: descending, keeping: shape[axis])
  }

  /// The `count` largest elements along an axis, the largest first, and where each was; of equal ones the earlier.
  ///
  /// NaN counts as larger than every number. Cost: one pass for few elements, a sort for more than a sixteenth.
  public func topK(_ count: Int, along axis: Int = -1) -> (values: Tensor, indices: Tensor<Int64>) {
    let axis = shape.axis(axis, of: "topK")
    guard count >= 0, count <= shape[axis] else {
      stop("topK", "there are no \(count) elements along axis \(axis) of \(shape)")
    }
    let indices = order(along: axis, descending: true, keeping: count)
    return (gather(indices, along: axis), indices)
  }

  /// The places of the first `kept` elements in sorted order along an axis.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Int32)
  @specialized(where Scalar == Int64)
  @specialized(where Scalar == UInt8)
  private func order(along axis: Int, descending: Bool, keeping kept: Int) -> Tensor<Int64> {
    let (outer, length, inner) = shape.around(axis: axis)
    let result = Tensor<Int64>(uninitialized: shape.replacing(axis: axis, with: kept))
    let (from, to) = (storage.start, result.storage.start)
    let flip: UInt64 = descending ? .max : 0
    let isFew = kept <= length / 16
    withExtendedLifetime(self) {
      Cut.run(rows: outer * inner, of: length) { lines in
        var entries: [SortEntry] = []
        for line in lines {
          let (block, column) = line.quotientAndRemainder(dividingBy: inner)
          let source = from + (block * length * inner + column)
          let target = to + (block * kept * inner + column)
          entries.removeAll(keepingCapacity: true)
          for place in 0..<length {
            let entry = SortEntry(key: sortKey(source[place * inner]) ^ flip, place: place)
            if isFew { entries.insert(entry, keeping: kept) } else { entries.append(entry) }
          }
          if !isFew { entries.sort() }
          for rank in 0..<kept { target[rank * inner] = Int64(entries[rank].place) }
        }
      }
    }
    return result
  }
}

/// An element's key and where it was, which decides between equal keys.
private struct SortEntry: Comparable {
  let key: UInt64
  let place: Int

  static func < (left: SortEntry, right: SortEntry) -> Bool {
    left.key != right.key ? left.key < right.key : left.place < right.place
  }
}

extension [SortEntry] {
  /// Puts an entry that is one of the first `count` in its place among these, which are in order.
  fileprivate mutating func insert(_ entry: SortEntry, keeping count: Int) {
    if self.count == count {
      guard let last, entry < last else { return }
      removeLast()
    }
    var place = self.count
    while place > 0, entry < self[place - 1] { place -= 1 }
    insert(entry, at: place)
  }
}

/// A whole number that is ordered as the elements are, equal for equal elements, and largest for NaN.
@inline(__always)
private func sortKey<Scalar: NumericScalar>(_ element: Scalar) -> UInt64 {
  switch Scalar.elementType {
  case .float: sortKey(Double(unsafeBitCast(element, to: Float.self)))
  case .double: sortKey(unsafeBitCast(element, to: Double.self))
  case .int32: UInt64(bitPattern: Int64(unsafeBitCast(element, to: Int32.self))) ^ 1 << 63
  case .int64: UInt64(bitPattern: unsafeBitCast(element, to: Int64.self)) ^ 1 << 63
  case .uint8, .bool: UInt64(unsafeBitCast(element, to: UInt8.self))
  }
}

/// Positive numbers are ordered as their bits; of negative ones all bits are turned round.
@inline(__always)
private func sortKey(_ number: Double) -> UInt64 {
  if number.isNaN { return .max }
  let bits = (number + 0).bitPattern  // -0 + 0 is 0
  return number < 0 ? ~bits : bits | 1 << 63
}
