import CKernels

/// A tensor `[N, C, …]` seen as N images of C channels, each a plane of positions.
struct ChannelLayout {
  let images: Int
  let channels: Int
  let plane: Int

  /// The images, channels and planes of `[N, C, …]`. Stops below rank 2.
  init(_ shape: Shape, _ name: String) {
    guard shape.rank >= 2 else { stop(name, "needs an input [N, C, …], this one is \(shape)") }
    self.init(images: shape[0], channels: shape[1], plane: shape.sizes[2...].reduce(1, *))
  }

  init(images: Int, channels: Int, plane: Int) {
    (self.images, self.channels, self.plane) = (images, channels, plane)
  }

  /// The values of a channel.
  var count: Int { images * plane }

  /// Calls `body` with ranges of channels, spread over the threads. A line of the cache is not shared out.
  func forEachChannels(_ body: (Range<Int>, nt_channel_view) -> Void) {
    let together = plane == 1 ? 16 : 1
    Cut.run(rows: (channels + together - 1) / together, of: count * together) { groups in
      let range = groups.lowerBound * together..<min(channels, groups.upperBound * together)
      body(range, nt_channel_view(images: images, channels: range.count, plane: plane, stride: channels * plane))
    }
  }

  /// Calls `body` with ranges of planes, spread over the threads.
  func forEachPlanes(_ body: (nt_plane_range) -> Void) {
    Cut.run(rows: images * channels, of: plane) {
      body(nt_plane_range(first: $0.lowerBound, count: $0.count, channels: channels, plane: plane))
    }
  }
}

/// The passes that normalisation consists of. What belongs to a channel is in Double, whatever the scalar.
extension Tensor where Scalar: FloatingScalar {
  /// The mean and variance of each channel, in one pass.
  func channelMoments(_ layout: ChannelLayout) -> (mean: Tensor<Double>, variance: Tensor<Double>) {
    let mean = Tensor<Double>(uninitialized: [layout.channels])
    let variance = Tensor<Double>(uninitialized: [layout.channels])
    layout.forEachChannels { range, view in
      withUnsafePointer(to: view) {
        nt_channel_moments(
          Scalar.code, storage.start + range.lowerBound * layout.plane, $0, mean.storage.start + range.lowerBound,
          variance.storage.start + range.lowerBound)
      }
    }
    withExtendedLifetime(self) {}
    return (mean, variance)
  }

  /// For each channel Σ g and Σ g (x − mean), in one pass; this is g.
  func channelProducts(
    input: Tensor, mean: Tensor<Double>, _ layout: ChannelLayout
  ) -> (sums: Tensor<Double>, products: Tensor<Double>) {
    let sums = Tensor<Double>(uninitialized: [layout.channels])
    let products = Tensor<Double>(uninitialized: [layout.channels])
    layout.forEachChannels { range, view in
      let (start, first) = (range.lowerBound * layout.plane, range.lowerBound)
      withUnsafePointer(to: view) {
        nt_channel_products(
          Scalar.code, storage.start + start, input.storage.start + start, $0, mean.storage.start + first,
          sums.storage.start + first, products.storage.start + first)
      }
    }
    withExtendedLifetime((self, input, mean)) {}
    return (sums, products)
  }

  /// (x − mean) scale + offset, with the channel's numbers.
  func channelAffine(
    mean: Tensor<Double>, scale: Tensor<Double>, offset: Tensor<Double>, _ layout: ChannelLayout
  ) -> Tensor {
    let result = Tensor(uninitialized: shape)
    layout.forEachPlanes {
      nt_channel_affine(
        Scalar.code, storage.start, $0, mean.storage.start, scale.storage.start, offset.storage.start,
        result.storage.start)
    }
    withExtendedLifetime((self, mean, scale, offset)) {}
    return result
  }

  /// g onGradient + (x − mean) onInput + offset, with the channel's numbers; this is g.
  func channelCombined(
    input: Tensor, mean: Tensor<Double>, onGradient: Tensor<Double>, onInput: Tensor<Double>, offset: Tensor<Double>,
    _ layout: ChannelLayout
  ) -> Tensor {
    let result = Tensor(uninitialized: shape)
    layout.forEachPlanes {
      nt_channel_combine(
        Scalar.code, storage.start, input.storage.start, $0, mean.storage.start, onGradient.storage.start,
        onInput.storage.start, offset.storage.start, result.storage.start)
    }
    withExtendedLifetime((self, input, mean, onGradient, onInput, offset)) {}
    return result
  }
}
