import CKernels

/// The 36 matrices of transformed tiles or filters, in memory of the pool. Rows hold whole vectors; the distance of the
/// matrices is such that elements of the same place do not fall into the same set of a cache.
struct WinogradMatrices {
  let rowStride: Int
  private let matrixStride: Int
  private let sets: Int
  private let storage: Storage<Float>

  /// - Parameter sets: how many times 36.
  init(rows: Int, columns: Int, sets: Int = 1) {
    let lanes = nt_lane_count()
    rowStride = (columns + lanes - 1) / lanes * lanes
    matrixStride = rows * rowStride + 16
    self.sets = sets
    storage = Storage(count: sets * 36 * matrixStride)
  }

  /// The first element of a matrix; valid while the matrices live.
  func start(_ matrix: Int, set: Int = 0) -> UnsafeMutablePointer<Float> {
    storage.start + (set * 36 + matrix) * matrixStride
  }

  /// What the C kernels read; valid while the matrices live.
  var view: nt_winograd_matrices { view(fromRow: 0) }

  func view(fromRow row: Int) -> nt_winograd_matrices {
    nt_winograd_matrices(
      start: storage.start + row * rowStride, matrix_stride: matrixStride, tile_stride: rowStride)
  }

  /// Adds all sets to the first, in order.
  func addSets() {
    if sets > 1 { storage.addRows(sets) }
  }
}
