import TensorCore

/// Y = A X with a sparse constant A: dX = Aᵀ dY.
struct SparseProduct: Operation {
  let name = "sparse matmul"
  let matrix: SparseMatrix
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(matrix.matmul(inputs[0])) { gradient in [matrix.matmulGradient(gradient)] }
  }

  func multiplyAdds(inputs: [Shape], output: Shape) -> Int { matrix.entryCount * (output.last ?? 0) }
}

extension SparseMatrix {
  /// The product A X with a variable `[columns, F]`: `[rows, F]`. The matrix itself is a constant.
  public func matmul(_ x: Variable) -> Variable { SparseProduct(matrix: self).apply(to: x) }
}
