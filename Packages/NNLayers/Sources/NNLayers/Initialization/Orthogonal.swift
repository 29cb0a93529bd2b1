import TensorCore

extension Initializer {
  /// A random matrix with orthonormal rows (or columns, if there are fewer of them), times `gain`; a weight of more than two
  /// axes counts as `[out, all others]`.
  ///
  /// The Q of the QR decomposition of a Gaussian matrix, with the signs that make R's diagonal positive: every orthogonal
  /// matrix is equally likely. Cost: rows · columns · the smaller of both.
  ///
  /// Saxe, McClelland and Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear networks".
  public static func orthogonal(gain: Float = 1) -> Initializer {
    Initializer { shape, random in
      guard shape.rank >= 2 else { stop("orthogonal", "needs a weight of rank 2 or more, this one is \(shape)") }
      let (rows, columns) = (shape[0], shape.sizes[1...].reduce(1, *))
      let (count, length) = (min(rows, columns), max(rows, columns))
      var vectors = Tensor<Double>.normal([count, length], using: &random).scalars
      orthonormalize(&vectors, count: count, length: length)
      let matrix = Tensor(vectors.map { Float($0) * gain }, shape: [count, length])
      return (rows <= columns ? matrix : matrix.transposed()).reshaped(shape)
    }
  }
}

/// Makes the rows of a `count` by `length` matrix orthonormal, one after the other (Gram and Schmidt).
///
/// Each row is freed of those before it twice: once leaves an error of the size of the matrix's condition, twice is
/// enough (Kahan). Dividing by the norm, which is positive, is what fixes the signs.
private func orthonormalize(_ vectors: inout [Double], count: Int, length: Int) {
  vectors.withUnsafeMutableBufferPointer { vectors in
    for row in 0..<count {
      let start = row * length
      for earlier in (0..<row).map({ $0 * length }) + (0..<row).map({ $0 * length }) {
        var product = 0.0
        for index in 0..<length { product += vectors[start + index] * vectors[earlier + index] }
        for index in 0..<length { vectors[start + index] -= product * vectors[earlier + index] }
      }
      var square = 0.0
      for index in 0..<length { square += vectors[start + index] * vectors[start + index] }
      let scale = 1 / square.squareRoot()
      for index in 0..<length { vectors[start + index] *= scale }
    }
  }
}
