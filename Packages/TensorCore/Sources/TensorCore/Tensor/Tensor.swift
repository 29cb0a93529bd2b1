/// An array of numbers with a shape: a value type, as an `Array` is.
///
/// Copies share memory until one of them is changed. Elements are in row-major order: the last axis is the fastest.
/// `reshaped` is free; `permuted` and slices copy.
///
/// ```swift
/// let images = Tensor<Float>.zeros([64, 1, 32, 32])  // [N, C, H, W]
/// var weight: Tensor<Float> = [[1, 2], [3, 4]]
/// weight[0, 1] = 5
/// ```
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The sizes of the axes, outermost first.
  public let shape: Shape
  /// The elements, in row-major order or channels-last: see `Tensor+Layout.swift`.
  var memory: Storage<Scalar>

  init(shape: Shape, storage: Storage<Scalar>) {
    self.shape = shape
    memory = storage
  }

  /// A tensor whose elements `initialize` writes, all of them, in row-major order.
  ///
  /// The buffer's content is unspecified before. Cost: one block of the pool.
  @inlinable
  public init(
    shape: Shape, initializingWith initialize: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) rethrows {
    self.init(uninitialized: shape)
    try initialize(uniqueBuffer)
  }

  /// A tensor of unspecified content.
  @usableFromInline
  init(uninitialized shape: Shape) {
    self.init(shape: shape, storage: Storage(count: shape.count))
  }

  /// The elements, for writing. Only right while nothing else refers to the storage.
  @usableFromInline
  var uniqueBuffer: UnsafeMutableBufferPointer<Scalar> {
    UnsafeMutableBufferPointer(start: memory.start, count: shape.count)
  }

  @usableFromInline
  var buffer: UnsafeBufferPointer<Scalar> { UnsafeBufferPointer(start: storage.start, count: shape.count) }

  @usableFromInline
  mutating func makeUnique() {
    if memory.channelsLast == nil, isKnownUniquelyReferenced(&memory) { return }
    let copy = Storage<Scalar>(count: shape.count)
    if let layout = memory.channelsLast {
      layout.copyToRowMajor(from: memory.start, to: copy.start)
    } else {
      copy.start.update(from: memory.start, count: shape.count)
    }
    memory = copy
  }

  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The number of elements.
  public var count: Int { shape.count }

  /// Calls `body` with the elements in row-major order. The pointer is valid during the call only.
  @inlinable
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(buffer) }
  }

  /// Calls `body` with the elements in row-major order, for reading and writing.
  ///
  /// Copies the elements first if another tensor shares them.
  @inlinable
  public mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    makeUnique()
    return try body(uniqueBuffer)
  }

  /// The elements in row-major order.
  public var scalars: [Scalar] { withUnsafeBufferPointer(Array.init) }
}
