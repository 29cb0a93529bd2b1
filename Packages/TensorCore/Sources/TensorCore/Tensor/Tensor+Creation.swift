extension Tensor {
  /// A tensor of rank 0 that holds one element.
  public init(_ scalar: Scalar) {
    self.init(uninitialized: [])
    storage.start.pointee = scalar
  }

  /// A tensor of rank 1.
  public init(_ scalars: [Scalar]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// A tensor of the given shape from its elements in row-major order.
  ///
  /// Stops when the shape needs another number of elements; use ``init(checking:shape:)`` for data from outside.
  public init(_ scalars: [Scalar], shape: Shape) {
    do {
      try self.init(checking: scalars, shape: shape)
    } catch {
      stop("tensor", error.description)
    }
  }

  /// A tensor of the given shape from elements that come from outside, in row-major order.
  ///
  /// - Throws: ``ShapeError`` when the shape needs another number of elements.
  public init(checking scalars: [Scalar], shape: Shape) throws(ShapeError) {
    guard scalars.count == shape.count else {
      throw ShapeError("\(shape) needs \(shape.count) elements, there are \(scalars.count)")
    }
    self.init(uninitialized: shape)
    scalars.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      storage.start.update(from: start, count: source.count)
    }
  }

  /// A tensor with the same value everywhere.
  public init(repeating value: Scalar, shape: Shape) {
    self = Tensor(value).copied(to: shape, strides: Array(repeating: 0, count: shape.rank))
  }

  /// A tensor of zeros (of `false` for Bool).
  public static func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: .zero, shape: shape) }
}

extension Tensor where Scalar: NumericScalar {
  /// A tensor of ones.
  public static func ones(_ shape: Shape) -> Tensor { Tensor(repeating: 1, shape: shape) }

  /// The identity matrix `[count, count]`: ones on the diagonal, zeros elsewhere.
  public static func identity(_ count: Int) -> Tensor {
    guard count >= 0 else { stop("identity", "the size \(count) is negative") }
    return Tensor.ones([count]).diagonalMatrix()
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The values `start`, `start + step`, `start + 2·step`, … before `end`, rank 1.
  ///
  /// Each is calculated from its number, so that errors do not add up. `step` may be negative.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func range(from start: Scalar, to end: Scalar, by step: Scalar = 1) -> Tensor {
    guard step != 0, start.isFinite, end.isFinite, step.isFinite else {
      stop("range", "from \(start) to \(end) by \(step) is no finite range")
    }
    let count = Swift.max(0, Int(((end - start) / step).rounded(.up)))
    return Tensor(shape: [count]) { buffer in
      for index in 0..<count { buffer[index] = start + Scalar(index) * step }
    }
  }

  /// `count` values at equal distances from `start` to `end`, both included, rank 1.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func linearSpace(from start: Scalar, to end: Scalar, count: Int) -> Tensor {
    guard count >= 0 else { stop("linearSpace", "the count \(count) is negative") }
    return Tensor(shape: [count]) { buffer in
      for index in 0..<count {
        let isLast = index > 0 && index == count - 1
        buffer[index] = isLast ? end : start + (end - start) * (Scalar(index) / Scalar(Swift.max(count - 1, 1)))
      }
    }
  }
}

extension Tensor where Scalar: NumericScalar & FixedWidthInteger {
  /// The values `start`, `start + step`, `start + 2·step`, … before `end`, rank 1. `step` may be negative.
  public static func range(from start: Scalar, to end: Scalar, by step: Int = 1) -> Tensor {
    guard step != 0 else { stop("range", "from \(start) to \(end) by 0 is no finite range") }
    return Tensor(stride(from: Int(start), to: Int(end), by: step).map { Scalar($0) })
  }
}
