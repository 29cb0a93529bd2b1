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

  /// As many channels as `sizes` says, from `first` on.
  func channelSlice(_ sizes: [Int], _ first: Int) -> Tensor {
    let result = Tensor(uninitializedChannelsLast: Shape(sizes))
    guard result.count > 0 else { return result }
    Self.copyChannels(result.shape, to: result.memory.start, sizes[1], from: memory.start + first, shape[1])
    return result
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
