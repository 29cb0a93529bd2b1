import CKernels

extension SparseMatrix {
  /// The product Y = A X with a dense matrix: `Y[i, j] = Σ A[i, p] X[p, j]` over the entries of row i.
  ///
  /// Shapes: A `[rows, columns]`, X `[columns, F]`, Y `[rows, F]`. The entries are rounded to the type of X. A NaN or an
  /// infinity of X spreads only where an entry multiplies it.
  ///
  /// Cost: F products an entry. Each element is summed in the order of the columns, whatever the number of threads.
  /// Stops when X is not of rank 2 or its rows are not as many as the columns.
  public func matmul<Scalar: FloatingScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    guard x.rank == 2, x.shape[0] == columnCount else {
      stop("sparse matmul", "the matrix [\(rowCount), \(columnCount)] needs [\(columnCount), F], not \(x.shape)")
    }
    let width = x.shape[1]
    let y = Tensor<Scalar>(uninitialized: [rowCount, width])
    let matrix = nt_sparse_rows(
      starts: rows.starts.storage.start, columns: rows.columns.storage.start, values: rows.values.storage.start)
    let (from, to) = (x.storage.start, y.storage.start)
    // The work of a row is that of an average one: how it is cut depends on the sizes alone.
    let work = (entryCount / max(rowCount, 1) + 1) * width
    withUnsafePointer(to: matrix) { matrix in
      Cut.run(rows: rowCount, of: work) {
        nt_sparse_product(Scalar.code, matrix, $0.lowerBound, $0.upperBound, from, width, to)
      }
    }
    withExtendedLifetime((self, x)) {}
    return y
  }

  /// The gradient of ``matmul(_:)`` with respect to X, from the gradient of Y: dX = Aᵀ dY.
  public func matmulGradient<Scalar: FloatingScalar>(_ gradient: Tensor<Scalar>) -> Tensor<Scalar> {
    transposed().matmul(gradient)
  }
}
