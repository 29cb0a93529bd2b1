/// The physical order of elements: what operations on images use to hand each other channels-last memory.
///
/// Shapes, indices and `scalars` never show it: whoever does not know of it asks for ``Tensor/storage`` and gets rows.
extension Tensor {
  /// The elements in row-major order, for reading.
  var storage: Storage<Scalar> { memory.rowMajor }

  /// Whether the elements lie channels-last.
  package var isChannelsLast: Bool { memory.channelsLast != nil }

  /// Whether the elements can be changed where they lie, in their order: no other tensor refers to them, and nobody has
  /// asked for them in another order.
  var isChangeableInPlace: Bool {
    mutating get { isKnownUniquelyReferenced(&memory) && !memory.isConverted }
  }

  /// A tensor of unspecified content whose elements lie channels-last, if its shape is that of images.
  init(uninitializedChannelsLast shape: Shape) {
    self.init(shape: shape, storage: Storage(count: shape.count, channelsLast: ChannelsLast(shape)))
  }

  /// A tensor of unspecified content whose elements lie as those of `other`, which has the same shape.
  init(uninitializedLike other: Tensor) {
    self.init(shape: other.shape, storage: Storage(count: other.count, channelsLast: other.memory.channelsLast))
  }

  /// The same images channels-last: themselves, or a copy in that order.
  package func channelsLast() -> Tensor {
    guard memory.channelsLast == nil, let layout = ChannelsLast(shape) else { return self }
    let result = Tensor(uninitializedChannelsLast: shape)
    layout.copyFromRowMajor(from: memory.start, to: result.memory.start)
    return result
  }

  /// Two tensors of one shape whose elements lie in the same order: channels-last if one of them does.
  static func aligned(_ a: Tensor, _ b: Tensor) -> (Tensor, Tensor) {
    a.isChannelsLast == b.isChannelsLast ? (a, b) : (a.channelsLast(), b.channelsLast())
  }
}
