/// The eigenvalues and eigenvectors of a symmetric matrix, the largest value first.
///
/// By Jacobi's rotations, row by row until nothing is left off the diagonal (Golub and Van Loan, "Matrix computations",
/// section 8.5): a few sweeps of `O(n³)` each, exact to rounding.
struct SymmetricEigenvectors {
  /// The eigenvalues, falling.
  let values: [Double]
  /// The eigenvectors in the same order, of length 1, the largest element of each positive.
  let vectors: [[Double]]

  /// Of the matrix `[size, size]`, row by row; only its symmetric part counts.
  init(_ matrix: [Double], size: Int) {
    var a = matrix
    // Row k is the k-th vector.
    var v = (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0.0 }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        for i in 0..<size {
          for j in 0..<i {
            let mean = (a[i * size + j] + a[j * size + i]) / 2
            (a[i * size + j], a[j * size + i]) = (mean, mean)
          }
        }
        let scale = a.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<60 where !Self.sweep(a, v, size, smallest: scale * 1e-30) { break }
      }
    }
    let order = (0..<size).sorted { a[$0 * size + $0] > a[$1 * size + $1] }
    values = order.map { a[$0 * size + $0] }
    vectors = order.map { row in
      let vector = Array(v[(row * size)..<((row + 1) * size)])
      let largest = vector.max { abs($0) < abs($1) } ?? 1
      return largest < 0 ? vector.map { -$0 } : vector
    }
  }

  /// Turns every pair of axes once; false when no pair needed it.
  private static func sweep(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ size: Int, smallest: Double
  ) -> Bool {
    var hasTurned = false
    for p in 0..<size {
      for q in p + 1..<max(size, p + 1) {
        let off = a[p * size + q]
        guard off * off > smallest else { continue }
        hasTurned = true
        let theta = (a[q * size + q] - a[p * size + p]) / (2 * off)
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        turn(a, size, p, q, c, t * c)
        for k in 0..<size {
          let (vp, vq) = (v[p * size + k], v[q * size + k])
          v[p * size + k] = c * vp - t * c * vq
          v[q * size + k] = t * c * vp + c * vq
        }
      }
    }
    return hasTurned
  }

  /// Rows and columns p and q of a symmetric matrix.
  private static func turn(
    _ a: UnsafeMutableBufferPointer<Double>, _ size: Int, _ p: Int, _ q: Int, _ c: Double, _ s: Double
  ) {
    for k in 0..<size {
      let (ap, aq) = (a[p * size + k], a[q * size + k])
      a[p * size + k] = c * ap - s * aq
      a[q * size + k] = s * ap + c * aq
    }
    for k in 0..<size {
      let (ap, aq) = (a[k * size + p], a[k * size + q])
      a[k * size + p] = c * ap - s * aq
      a[k * size + q] = s * ap + c * aq
    }
  }
}
