import CKernels

/// The planes that windows along the depth of a volume see: `positions` windows of `taps` planes each.
struct DepthWindows {
  var images: Int
  var channels: Int
  /// The planes of the volume.
  var depth: Int
  /// Elements of a plane.
  var plane: Int
  var positions: Int
  var taps: Int
  var stride: Int
  var dilation: Int
  /// Planes of zeros in front of the volume.
  var before: Int

  /// `[N · positions, C · T, plane]` from volumes `[N, C, D, plane]`: what each window sees, zeros beside the volume.
  func unfolded<Scalar: FloatingScalar>(_ volume: Tensor<Scalar>, as shape: Shape) -> Tensor<Scalar> {
    let result = Tensor<Scalar>(uninitialized: shape)
    let (to, from) = (result.storage.start, volume.storage.start)
    ThreadPool.run(blocks: images * positions) { block in
      let (image, z) = block.quotientAndRemainder(dividingBy: positions)
      withUnsafePointer(to: arguments) {
        nt_gather_patches(
          Scalar.elementType == .double, $0, from + image * channels * depth * plane, channels, z, z + 1,
          to + block * channels * taps * plane)
      }
    }
    return result
  }

  /// The transpose of ``unfolded(_:as:)``: each plane that a window sees is added to where it lies, on top of the channel's
  /// bias. Windows are added in order.
  func folded<Scalar: FloatingScalar>(
    _ windows: Tensor<Scalar>, as shape: Shape, bias: Tensor<Scalar>? = nil
  ) -> Tensor<Scalar> {
    let result = Tensor<Scalar>(uninitialized: shape)
    let (to, from) = (result.storage.start, windows.storage.start)
    ThreadPool.run(blocks: images * channels) { block in
      let (image, channel) = block.quotientAndRemainder(dividingBy: channels)
      let volume = to + block * depth * plane
      volume.update(repeating: bias?.storage.start[channel] ?? 0, count: depth * plane)
      withUnsafePointer(to: arguments) {
        for z in 0..<positions {
          let window = (image * positions + z) * channels + channel
          nt_scatter_patches(
            Scalar.elementType == .double, $0, from + window * taps * plane, 1, z, z + 1, volume)
        }
      }
    }
    return result
  }

  /// The depth as the height of an image whose rows are the planes.
  private var arguments: nt_convolution {
    nt_convolution(
      channels: channels, height: depth, width: plane, filters: 1, out_height: positions, out_width: plane,
      kernel_height: taps, kernel_width: 1, stride_y: stride, stride_x: 1, dilation_y: dilation, dilation_x: 1,
      pad_top: before, pad_left: 0, groups: 1)
  }
}
