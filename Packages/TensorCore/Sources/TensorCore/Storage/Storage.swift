import Synchronization

/// The memory of a tensor of any element type: a class without parameters, so that a reference to it needs no metadata that is
/// looked up as the program runs, a quarter of a microsecond a tensor.
package class AnyStorage: @unchecked Sendable {}

/// The memory of one tensor: a block of the pool, freed with the last tensor that refers to it.
///
/// Sendable because it is written only while uniquely referenced (`Tensor` checks) or before it is shared.
package final class Storage<Scalar: TensorScalar>: AnyStorage, @unchecked Sendable {
  package let start: UnsafeMutablePointer<Scalar>
  package let count: Int
  /// How the elements of images lie if not row-major: the one flag of the physical layout.
  let channelsLast: ChannelsLast?
  /// Whether the memory is another storage's.
  private let isLent: Bool
  /// The row-major copy of a channels-last storage, once somebody asked for it. It lives as long as this storage.
  private let converted = AtomicLazyReference<AnyStorage>()

  /// Memory for `count` elements of unspecified content.
  package init(count: Int, channelsLast: ChannelsLast? = nil) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    guard !overflow else { stop("memory", "\(count) elements of \(Scalar.self) do not fit in any memory") }
    self.count = count
    self.channelsLast = channelsLast
    isLent = false
    start = BlockPool.allocate(bytes: bytes).bindMemory(to: Scalar.self, capacity: count)
  }

  /// A part of another storage's row-major memory, which must live longer and be nobody else's meanwhile.
  init(lending start: UnsafeMutablePointer<Scalar>, count: Int) {
    (self.start, self.count, channelsLast, isLent) = (start, count, nil, true)
  }

  deinit {
    guard !isLent else { return }
    BlockPool.release(start, bytes: count * MemoryLayout<Scalar>.stride)
  }

  /// Whether there is a row-major copy, which a change of the elements would leave as it was.
  var isConverted: Bool { converted.load() != nil }

  /// The elements in row-major order: this storage, or a copy that is made once.
  var rowMajor: Storage {
    guard let channelsLast else { return self }
    if let converted = converted.load() { return unsafeDowncast(converted, to: Storage.self) }
    let copy = Storage(count: count)
    channelsLast.copyToRowMajor(from: start, to: copy.start)
    return unsafeDowncast(converted.storeIfNil(copy), to: Storage.self)
  }
}

/// Images `[N, C, H, W]` that lie as `[N, H, W, C]`: the numbers of all channels of a pixel side by side.
package struct ChannelsLast: Hashable, Sendable {
  let images: Int
  let channels: Int
  /// H · W.
  let plane: Int

  /// The layout of images of the given shape; nil unless they are `[N, C, H, W]` with several channels and pixels, since
  /// otherwise both orders are the same.
  init?(_ shape: Shape) {
    guard shape.rank == 4, shape[1] > 1, shape[2] * shape[3] > 1, shape[0] > 0 else { return nil }
    (images, channels, plane) = (shape[0], shape[1], shape[2] * shape[3])
  }

  /// The rows of numbers, one a pixel.
  var rows: Int { images * plane }

  func copyToRowMajor<Scalar: TensorScalar>(from: UnsafePointer<Scalar>, to: UnsafeMutablePointer<Scalar>) {
    StridedCopy(
      sizes: [images, channels, plane], toStrides: [channels * plane, plane, 1],
      fromStrides: [channels * plane, 1, channels]
    ).run(to: to, from: from)
  }

  func copyFromRowMajor<Scalar: TensorScalar>(from: UnsafePointer<Scalar>, to: UnsafeMutablePointer<Scalar>) {
    StridedCopy(
      sizes: [images, plane, channels], toStrides: [channels * plane, channels, 1],
      fromStrides: [channels * plane, 1, plane]
    ).run(to: to, from: from)
  }
}
