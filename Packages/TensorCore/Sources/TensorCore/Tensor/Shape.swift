/// The sizes of a tensor's axes, outermost first: `[N, C, H, W]` for images.
///
/// Rank 0 is a single element; at most ``maximumRank`` axes; an axis may have length zero.
/// The product of the sizes always fits in an `Int`.
public struct Shape: Sendable, Hashable {
  /// The largest number of axes.
  public static let maximumRank = 8

  /// The size of each axis.
  public let sizes: [Int]
  /// The number of elements: the product of the sizes, 1 for rank 0.
  public let count: Int

  /// A shape of the given axis sizes.
  ///
  /// Stops when a size is negative, when there are more than 8 axes or when the element count overflows;
  /// use ``init(checking:)`` for sizes that come from outside.
  public init(_ sizes: [Int]) {
    do {
      self = try Shape(checking: sizes)
    } catch {
      stop("shape", error.description)
    }
  }

  /// A shape of sizes that come from outside (a file, a user).
  ///
  /// - Throws: ``ShapeError`` when a size is negative, there are more than 8 axes or the element count overflows.
  public init(checking sizes: [Int]) throws(ShapeError) {
    guard sizes.count <= Self.maximumRank else {
      throw ShapeError("\(sizes) has \(sizes.count) axes, at most \(Self.maximumRank) are possible")
    }
    var count = 1
    var overflows = false
    for size in sizes {
      guard size >= 0 else { throw ShapeError("\(sizes) has an axis of negative size") }
      let (product, overflow) = count.multipliedReportingOverflow(by: Swift.max(size, 1))
      overflows = overflows || overflow
      count = product
    }
    guard !overflows else { throw ShapeError("\(sizes) has more elements than an Int can count") }
    self.sizes = sizes
    self.count = sizes.contains(0) ? 0 : count
  }

  /// The number of axes.
  public var rank: Int { sizes.count }

  /// For each axis, the distance in elements between neighbours along it, in row-major order.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * sizes[axis + 1]
    }
    return strides
  }
}

/// A sequence of the axis sizes, and no collection: the `count` of one would be the number of axes.
extension Shape: Sequence {
  public func makeIterator() -> IndexingIterator<[Int]> { sizes.makeIterator() }

  /// The size of an axis, counted from 0.
  public subscript(axis: Int) -> Int { sizes[axis] }

  /// The numbers of the axes: `0..<rank`.
  public var indices: Range<Int> { sizes.indices }

  /// The size of the outermost axis; nil for rank 0.
  public var first: Int? { sizes.first }

  /// The size of the innermost axis; nil for rank 0.
  public var last: Int? { sizes.last }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral sizes: Int...) { self.init(sizes) }
}

extension Shape: CustomStringConvertible {
  public var description: String { sizes.description }
}

/// Sizes that cannot be a shape.
public struct ShapeError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = "the shape " + description }
}
