import CKernels

/// Copies a block of elements between two places with different strides. Every movement of a tensor is one of these.
///
/// Strides count elements, those of the source may be zero (repetition) or negative (reversal). Large copies are cut
/// along their longest axis and spread over the threads.
struct StridedCopy {
  var sizes: [Int]
  var toStrides: [Int]
  var fromStrides: [Int]

  /// Bytes that one block of the thread pool copies.
  private static let blockBytes = 1 << 17

  func run<Scalar: TensorScalar>(to: UnsafeMutablePointer<Scalar>, from: UnsafePointer<Scalar>) {
    let bytes = sizes.reduce(MemoryLayout<Scalar>.stride, *)
    guard bytes > 2 * Self.blockBytes, let axis = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) else {
      return copy(sizes, to, from)
    }
    let blocks = min(sizes[axis], (bytes + Self.blockBytes - 1) / Self.blockBytes)
    let length = (sizes[axis] + blocks - 1) / blocks
    ThreadPool.run(blocks: blocks) { block in
      let start = block * length
      var part = sizes
      part[axis] = max(0, min(length, sizes[axis] - start))
      guard part[axis] > 0 else { return }
      copy(part, to + start * toStrides[axis], from + start * fromStrides[axis])
    }
  }

  private func copy<Scalar: TensorScalar>(
    _ sizes: [Int], _ to: UnsafeMutablePointer<Scalar>, _ from: UnsafePointer<Scalar>
  ) {
    nt_copy_strided(to, from, MemoryLayout<Scalar>.size, Int32(sizes.count), sizes, toStrides, fromStrides)
  }
}

extension Tensor {
  /// A new tensor of `shape` whose element at `[i, j, …]` is this one's at `offset + i·strides[0] + j·strides[1] + …`.
  func copied(to shape: Shape, strides: [Int], offset: Int = 0) -> Tensor {
    let result = Tensor(uninitialized: shape)
    guard shape.count > 0 else { return result }
    StridedCopy(sizes: shape.sizes, toStrides: shape.strides, fromStrides: strides)
      .run(to: result.storage.start, from: storage.start + offset)
    return result
  }

  /// Writes `source` into this tensor: its element at `[i, j, …]` goes to `offset + i·strides[0] + j·strides[1] + …`.
  ///
  /// Copies this tensor first if another one shares its memory.
  mutating func write(_ source: Tensor, strides: [Int], offset: Int) {
    guard source.count > 0 else { return }
    makeUnique()
    StridedCopy(sizes: source.shape.sizes, toStrides: strides, fromStrides: source.shape.strides)
      .run(to: storage.start + offset, from: source.storage.start)
  }
}
