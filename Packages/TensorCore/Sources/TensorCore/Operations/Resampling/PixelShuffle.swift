extension Tensor {
  /// Channels laid out as a finer image: with r = `factor`,
  ///
  ///     output[n, c, y·r + i, x·r + j] = self[n, c·r² + i·r + j, y, x]
  ///
  /// Shi and others 2016, "Real-time single image and video super-resolution using an efficient sub-pixel convolutional
  /// neural network".
  ///
  /// - Returns: `[N, C, H·r, W·r]` for self `[N, C·r², H, W]`. Stops where the channels do not divide. Cost: a copy.
  public func pixelShuffled(by factor: Int) -> Tensor {
    guard rank == 4, factor >= 1, shape[1].isMultiple(of: factor * factor) else {
      stop("pixel shuffle", "by \(factor) needs [N, C·\(factor)², H, W], the input is \(shape)")
    }
    let (images, channels, height, width) = (shape[0], shape[1] / (factor * factor), shape[2], shape[3])
    return reshaped([images, channels, factor, factor, height, width])
      .permuted([0, 1, 4, 2, 5, 3])
      .reshaped([images, channels, height * factor, width * factor])
  }

  /// Each block of r × r elements laid out as channels: the inverse of ``pixelShuffled(by:)``.
  ///
  /// - Returns: `[N, C·r², H, W]` for self `[N, C, H·r, W·r]`. Stops where height and width do not divide. Cost: a copy.
  public func pixelUnshuffled(by factor: Int) -> Tensor {
    guard rank == 4, factor >= 1, shape[2].isMultiple(of: factor), shape[3].isMultiple(of: factor) else {
      stop("pixel unshuffle", "by \(factor) needs [N, C, H·\(factor), W·\(factor)], the input is \(shape)")
    }
    let (images, channels, height, width) = (shape[0], shape[1], shape[2] / factor, shape[3] / factor)
    return reshaped([images, channels, height, factor, width, factor])
      .permuted([0, 1, 3, 5, 2, 4])
      .reshaped([images, channels * factor * factor, height, width])
  }
}
