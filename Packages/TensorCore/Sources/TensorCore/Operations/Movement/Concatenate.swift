extension Tensor {
  /// The tensors one after the other along an axis; all other sizes must agree. Cost: a copy.
  public static func concatenated(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { stop("concatenated", "there are no tensors") }
    let along = first.shape.axis(axis, of: "concatenated")
    var length = 0
    for tensor in tensors {
      guard tensor.rank == first.rank,
        tensor.shape.replacing(axis: along, with: 0) == first.shape.replacing(axis: along, with: 0)
      else { stop("concatenated", "\(first.shape) and \(tensor.shape) differ outside axis \(axis)") }
      length += tensor.shape[along]
    }
    if along == 1, tensors.contains(where: \.isChannelsLast) {
      return channelsSideBySide(tensors, first.shape.replacing(axis: 1, with: length))
    }
    var result = Tensor(uninitialized: first.shape.replacing(axis: along, with: length))
    let strides = result.shape.strides
    var start = 0
    for tensor in tensors {
      result.write(tensor, strides: strides, offset: start * strides[along])
      start += tensor.shape[along]
    }
    return result
  }

  /// The tensors, all of one shape, side by side along a new axis. Cost: a copy.
  public static func stacked(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { stop("stacked", "there are no tensors") }
    if let other = tensors.first(where: { $0.shape != first.shape }) {
      stop("stacked", "\(first.shape) and \(other.shape) differ")
    }
    return concatenated(tensors.map { $0.expandingAxis(at: axis) }, along: axis)
  }

  /// Parts of the given sizes along an axis; the sizes must add up to the axis. Cost: a copy.
  public func split(sizes: [Int], along axis: Int = 0) -> [Tensor] {
    let along = shape.axis(axis, of: "split")
    guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, +) == shape[along] else {
      stop("split", "the sizes \(sizes) do not add up to axis \(axis) of \(shape)")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return slice(axis: along, range: start..<(start + size))
    }
  }

  /// `count` parts of equal size along an axis. Cost: a copy.
  public func split(count: Int, along axis: Int = 0) -> [Tensor] {
    let length = shape[shape.axis(axis, of: "split")]
    guard count > 0, length.isMultiple(of: count) else {
      stop("split", "axis \(axis) of \(shape) cannot be split in \(count) equal parts")
    }
    return split(sizes: Array(repeating: length / count, count: count), along: axis)
  }
}
