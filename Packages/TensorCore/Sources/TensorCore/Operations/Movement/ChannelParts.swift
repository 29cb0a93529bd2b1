/// Parts of the channels of channels-last images: every pixel gives or takes some of its numbers.
extension Tensor {
  /// The channels of all tensors one after the other; one of the tensors, at least, lies channels-last.
  static func channelsSideBySide(_ tensors: [Tensor], _ shape: Shape) -> Tensor {
    let result = Tensor(uninitializedChannelsLast: shape)
    var start = 0
    for tensor in tensors where tensor.shape[1] > 0 {
      result.copyChannels(of: tensor, from: start)
      start += tensor.shape[1]
    }
    return result
  }

  /// Writes the channels of `part` to those of this channels-last tensor from `first` on.
  func copyChannels(of part: Tensor, from first: Int) {
    let part = part.channelsLast()
    Self.copyChannels(part.shape, to: memory.start + first, shape[1], from: part.memory.start, part.shape[1])
    withExtendedLifetime(part) {}
  }

  /// The block of the given shape that begins at `corner`, with 0 for axes that this does not name.
  func pixelSlice(_ block: Shape, corner: [Int]) -> Tensor {
    let result = Tensor(uninitializedChannelsLast: block)
    guard result.count > 0 else { return result }
    let strides = Self.pixelStrides(shape), start = corner + Array(repeating: 0, count: 4 - corner.count)
    let offset = start[0] * strides[0] + start[2] * strides[1] + start[3] * strides[2] + start[1]
    StridedCopy(
      sizes: [block[0], block[2], block[3], block[1]], toStrides: Self.pixelStrides(block), fromStrides: strides
    ).run(to: result.memory.start, from: memory.start + offset)
    withExtendedLifetime(self) {}
    return result
  }

  /// The distances of images, rows, pixels and channels in channels-last memory.
  static func pixelStrides(_ shape: Shape) -> [Int] {
    [shape[1] * shape[2] * shape[3], shape[3] * shape[1], shape[1], 1]
  }

  /// Copies the channels of a block of `shape` between pixels of `toChannels` and of `fromChannels` numbers.
  private static func copyChannels(
    _ shape: Shape, to: UnsafeMutablePointer<Scalar>, _ toChannels: Int, from: UnsafePointer<Scalar>,
    _ fromChannels: Int
  ) {
    StridedCopy(
      sizes: [shape[0] * shape[2] * shape[3], shape[1]], toStrides: [toChannels, 1], fromStrides: [fromChannels, 1]
    ).run(to: to, from: from)
  }
}
