/// What stands around a tensor where a window reaches over its edge.
public enum PaddingMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Zeros: `0 0 | a b c d | 0 0`.
  case zeros
  /// The elements mirrored at the edge element, which is not repeated: `c b | a b c d | c b`.
  case reflect
  /// The edge element: `a a | a b c d | d d`.
  case replicate
  /// The elements from the other end: `c d | a b c d | a b`.
  case circular

  /// How many elements an axis of `length` can be padded with on each side: `reflect` mirrors what is there but the edge,
  /// `circular` repeats what is there; nothing but zeros goes around nothing.
  public func limit(_ length: Int) -> Int {
    switch self {
    case .zeros: Int.max
    case .reflect: max(length - 1, 0)
    case .replicate: length > 0 ? Int.max : 0
    case .circular: length
    }
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Surrounded as the mode says: `padding[i].before` elements before axis `i` and `padding[i].after` after it.
  ///
  /// One pair per axis. Stops for a negative number, or more than ``PaddingMode/limit(_:)``. Cost: a copy per padded axis.
  public func padded(_ padding: [(before: Int, after: Int)], mode: PaddingMode) -> Tensor {
    checkPadding(padding, mode, of: shape)
    guard mode != .zeros else { return padded(padding) }
    var result = self
    for (axis, (before, after)) in padding.enumerated() where before + after > 0 {
      let (front, back) = mode.edges(before: before, after: after, length: shape[axis])
      result = .concatenated([result.edge(front, axis), result, result.edge(back, axis)], along: axis)
    }
    return result
  }

  /// The gradient of ``padded(_:mode:)`` with respect to its input; self is the gradient of the output. What stands
  /// around is added to where it came from.
  public func paddedGradient(_ padding: [(before: Int, after: Int)], mode: PaddingMode) -> Tensor {
    guard padding.count == rank, zip(padding, shape.sizes).allSatisfy({ $0.before + $0.after <= $1 }) else {
      stop("padded gradient", "the gradient \(shape) is too small for \(padding.map { [$0.before, $0.after] })")
    }
    let sizes = zip(shape.sizes, padding).map { $0 - $1.before - $1.after }
    checkPadding(padding, mode, of: Shape(sizes))
    guard mode != .zeros else { return slice(zip(padding, sizes).map { $0.before..<($0.before + $1) }) }
    var result = self
    for (axis, (before, after)) in padding.enumerated().reversed() where before + after > 0 {
      let length = sizes[axis]
      let parts = result.split(sizes: [before, length, after], along: axis)
      let (front, back) = mode.edges(before: before, after: after, length: length)
      result = parts[1]
      result.add(parts[0], fromEdge: front, axis)
      result.add(parts[2], fromEdge: back, axis)
    }
    return result
  }

  private func checkPadding(_ padding: [(before: Int, after: Int)], _ mode: PaddingMode, of shape: Shape) {
    guard padding.count == shape.rank, padding.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      stop(
        "padded",
        "\(shape) needs \(shape.rank) pairs of sizes of at least 0, not \(padding.map { [$0.before, $0.after] })")
    }
    for (axis, pair) in padding.enumerated() where Swift.max(pair.before, pair.after) > mode.limit(shape[axis]) {
      stop(
        "padded",
        "\(mode) can put at most \(mode.limit(shape[axis])) elements beside axis \(axis) of \(shape), not "
          + "\(Swift.max(pair.before, pair.after))")
    }
  }

  private func edge(_ edge: PaddingMode.Edge, _ axis: Int) -> Tensor {
    let part = slice(axis: axis, range: edge.range)
    if edge.isMirrored { return part.flipped(along: [axis]) }
    return edge.count == edge.range.count
      ? part : part.broadcast(to: part.shape.replacing(axis: axis, with: edge.count))
  }

  private mutating func add(_ gradient: Tensor, fromEdge edge: PaddingMode.Edge, _ axis: Int) {
    guard edge.count > 0 else { return }
    var part = slice(axis: axis, range: edge.range)
    if edge.isMirrored {
      part += gradient.flipped(along: [axis])
    } else {
      part += edge.count == edge.range.count ? gradient : gradient.sum(to: part.shape)
    }
    assign(part, axis: axis, range: edge.range)
  }
}

extension PaddingMode {
  /// Where what stands beside an axis comes from.
  fileprivate struct Edge {
    /// The elements.
    var range: Range<Int>
    /// How many they make: as many, or several of one.
    var count: Int
    var isMirrored = false
  }

  /// What stands before and after an axis; not for zeros.
  fileprivate func edges(before: Int, after: Int, length: Int) -> (front: Edge, back: Edge) {
    switch self {
    case .reflect:
      (
        Edge(range: min(1, length)..<(min(1, length) + before), count: before, isMirrored: true),
        Edge(range: max(length - 1 - after, 0)..<max(length - 1, 0), count: after, isMirrored: true)
      )
    case .circular:
      (Edge(range: (length - before)..<length, count: before), Edge(range: 0..<after, count: after))
    case .replicate, .zeros:
      (
        Edge(range: 0..<min(before, 1), count: before),
        Edge(range: (length - min(after, 1))..<length, count: after)
      )
    }
  }
}
