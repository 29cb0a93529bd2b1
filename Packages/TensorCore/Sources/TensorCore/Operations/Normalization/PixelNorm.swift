import CKernels

/// The passes of batch normalisation over channels-last Floats. Blocks of pixels have sums of their own, which are added
/// up in order: the same bits with any number of threads.

/// y = (x − center) scale + offset with numbers for each channel.
///
/// The mean is used as center + rest, where center is the mean as a Float: x − center is exact where x is near the mean, and
/// the rest goes into the offset.
struct PixelMap {
  let center: Tensor<Float>
  let scale: Tensor<Float>
  let offset: Tensor<Float>

  init(mean: Tensor<Double>, scale: Tensor<Double>, offset: Tensor<Double>) {
    center = mean.converted(to: Float.self)
    self.scale = scale.converted(to: Float.self)
    self.offset = (offset - mean.rest * scale).converted(to: Float.self)
  }

  func withArguments(_ body: (nt_pixel_map) -> Void) {
    withExtendedLifetime(self) {
      body(nt_pixel_map(center: center.memory.start, scale: scale.memory.start, offset: offset.memory.start))
    }
  }
}

extension Tensor<Double> {
  /// What is lost of the numbers as Floats.
  fileprivate var rest: Tensor<Double> { self - converted(to: Float.self).converted(to: Double.self) }
}

extension ChannelsLast {
  /// Pixels of a block of work, about 256 KiB: sums of a block are little beside it.
  private var step: Int { max(4, (1 << 16) / channels) }
  fileprivate var blocks: Int { (rows + step - 1) / step }

  fileprivate func forEachBlock(_ body: (_ block: Int, _ first: Int, _ pixels: Int) -> Void) {
    ThreadPool.run(blocks: blocks) { block in
      body(block, block * step * channels, min(step, rows - block * step))
    }
  }

  /// Two sums for each channel: what `add` adds to zeros for each block, in order.
  fileprivate func sums(
    _ add: (_ first: Int, _ pixels: Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> (Tensor<Double>, Tensor<Double>) {
    var partial = Tensor<Double>.zeros([blocks, 2, channels])
    partial.withUnsafeMutableBufferPointer { partial in
      guard let start = partial.baseAddress else { return }
      forEachBlock { block, first, pixels in
        let sums = start + block * 2 * channels
        add(first, pixels, sums, sums + channels)
      }
    }
    let total = partial.sum(along: [0])
    return (total.element(at: 0), total.element(at: 1))
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// Mean and variance of each channel of channels-last Floats, added up around the first pixel; nil for other tensors.
  func pixelMoments() -> (mean: Tensor<Double>, variance: Tensor<Double>)? {
    guard let start = channelsLastFloats, let layout = memory.channelsLast else { return nil }
    let (sums, squares) = layout.sums { first, pixels, sums, squares in
      nt_pixel_moments(start + first, pixels, layout.channels, start, sums, squares)
    }
    let shift = Tensor<Double>((0..<layout.channels).map { Double(start[$0]) })
    withExtendedLifetime(self) {}
    let count = Double(layout.rows), distance = sums * (1 / count)
    return (shift + distance, Tensor<Double>.maximum(squares * (1 / count) - distance * distance, 0))
  }

  /// Σ x for each channel of `[N, C, H, W]`, added up in Double: the gradient of a bias.
  func channelSums() -> Tensor {
    guard let start = channelsLastFloats, let layout = memory.channelsLast else { return sum(along: [0, 2, 3]) }
    let zeros = Tensor<Float>.zeros([layout.channels])
    let (sums, _) = layout.sums { first, pixels, sums, squares in
      nt_pixel_moments(start + first, pixels, layout.channels, zeros.memory.start, sums, squares)
    }
    withExtendedLifetime((self, zeros)) {}
    return sums.converted(to: Scalar.self)
  }

  /// The map of each pixel, plus the addend's pixel, and the positive part of it.
  func pixelAffine(_ map: PixelMap, adding addend: Tensor?, rectifying: Bool) -> Tensor {
    let result = Tensor(uninitializedLike: self), addend = addend?.channelsLast()
    guard let from = channelsLastFloats, let layout = memory.channelsLast else { return result }
    let term = addend?.orderedFloats, to = result.orderedFloats
    map.withArguments { map in
      layout.forEachBlock { _, first, pixels in
        nt_pixel_affine(
          from + first, term.map { $0 + first }, pixels, layout.channels, map, rectifying, to + first)
      }
    }
    withExtendedLifetime((self, addend)) {}
    return result
  }
}

/// The way back through a normalisation, and through the ReLU behind it if there is one.
struct PixelGradient<Scalar: FloatingScalar> {
  /// g, channels-last as the others.
  let gradient: Tensor<Scalar>
  let input: Tensor<Scalar>
  let output: Tensor<Scalar>?
  let map: PixelMap
  let rectified: Bool

  private var keep: nt_keep { !rectified ? nt_keep_all : output == nil ? nt_keep_by_map : nt_keep_by_output }

  /// For each channel Σ g and Σ g (x − mean) over the gradients that the ReLU lets through.
  func products(mean: Tensor<Double>) -> (sums: Tensor<Double>, products: Tensor<Double>) {
    guard let layout = input.memory.channelsLast else { return (mean, mean) }
    let (g, x, y) = (gradient.orderedFloats, input.orderedFloats, output?.orderedFloats)
    var totals = (mean, mean)
    map.withArguments { map in
      totals = layout.sums { first, pixels, sums, products in
        nt_pixel_products(
          g + first, x + first, y.map { $0 + first }, pixels, layout.channels, map, keep, sums, products)
      }
    }
    withExtendedLifetime(self) {}
    return (totals.0, totals.1 - mean.rest * totals.0)
  }

  /// g onGradient + (x − mean) onInput + constant for the gradients g that the ReLU lets through; and these, if there was an
  /// addend that needs them.
  func combined(
    mean: Tensor<Double>, onGradient: Tensor<Double>, onInput: Tensor<Double>, _ constant: Tensor<Double>
  ) -> (Tensor<Scalar>, kept: Tensor<Scalar>?) {
    let result = Tensor<Scalar>(uninitializedLike: input)
    let kept = rectified && output != nil ? Tensor<Scalar>(uninitializedLike: input) : nil
    guard let layout = input.memory.channelsLast else { return (result, kept) }
    let a = onGradient.converted(to: Float.self), b = onInput.converted(to: Float.self)
    let c = (constant - mean.rest * onInput).converted(to: Float.self)
    let (g, x, y) = (gradient.orderedFloats, input.orderedFloats, output?.orderedFloats)
    let to = result.orderedFloats, toKept = kept?.orderedFloats
    map.withArguments { map in
      layout.forEachBlock { _, first, pixels in
        nt_pixel_combine(
          g + first, x + first, y.map { $0 + first }, pixels, layout.channels, map, keep, a.memory.start,
          b.memory.start, c.memory.start, to + first, toKept.map { $0 + first })
      }
    }
    withExtendedLifetime((self, a, b, c)) {}
    return (result, kept)
  }
}
