import TensorCore

/// Y = AB for `[…, M, K]` by `[…, K, N]`, each as it is or with its last two axes swapped.
///
/// dA = dY Bᵀ and dB = Aᵀ dY; a transposed factor takes the transposed gradient. Sums over broadcast leading axes. A vector on
/// the left is a matrix of one row, one on the right a matrix of one column.
struct MatrixProduct: Operation {
  let name = "matmul"
  let transposingLeft: Bool
  let transposingRight: Bool

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (left, right) = (inputs[0], inputs[1])
    let (needsLeft, needsRight) = (inputs.needsGradient(0), inputs.needsGradient(1))
    let output = left.matmul(right, transposingLeft: transposingLeft, transposingRight: transposingRight)
    let isPlain = left.rank == 2 && right.rank == 2
    return Recorded(
      output,
      rule: { gradient in
        guard !isPlain else {
          return [
            needsLeft ? .whole(leftGradient(gradient, right)) : nil,
            needsRight ? .product(rightProduct(gradient, left)) : nil,
          ]
        }
        let (a, b) = (left.asRow, right.asColumn)
        let gradient = gradient.reshaped(matrixShape(output.shape, left.shape, right.shape))
        return [
          needsLeft ? .whole(leftGradient(gradient, b).sum(to: a.shape).reshaped(left.shape)) : nil,
          needsRight ? .whole(rightGradient(gradient, a).sum(to: b.shape).reshaped(right.shape)) : nil,
        ]
      })
  }

  func multiplyAdds(inputs: [Shape], output: Shape) -> Int {
    output.count * (inputs[0].dropLast(transposingLeft ? 1 : 0).last ?? 0)
  }

  /// The product's shape with the axes of length 1 that vectors among the factors leave out.
  private func matrixShape(_ output: Shape, _ left: Shape, _ right: Shape) -> Shape {
    var sizes = output.sizes
    if left.rank == 1 { sizes.insert(1, at: right.rank == 1 ? sizes.count : sizes.count - 1) }
    if right.rank == 1 { sizes.append(1) }
    return Shape(sizes)
  }

  private func leftGradient<Scalar>(_ gradient: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar>
  where Scalar: FloatingScalar {
    transposingLeft
      ? b.matmul(gradient, transposingLeft: transposingRight, transposingRight: true)
      : gradient.matmul(b, transposingLeft: false, transposingRight: !transposingRight)
  }

  /// ``rightGradient(_:_:)`` of two matrices, to be multiplied out by whoever takes it.
  private func rightProduct<Scalar>(_ gradient: Tensor<Scalar>, _ a: Tensor<Scalar>) -> ProductGradient<Scalar>
  where Scalar: FloatingScalar {
    transposingRight
      ? ProductGradient(gradient, a, transposingLeft: true, transposingRight: transposingLeft)
      : ProductGradient(a, gradient, transposingLeft: !transposingLeft, transposingRight: false)
  }

  private func rightGradient<Scalar>(_ gradient: Tensor<Scalar>, _ a: Tensor<Scalar>) -> Tensor<Scalar>
  where Scalar: FloatingScalar {
    transposingRight
      ? gradient.matmul(a, transposingLeft: true, transposingRight: transposingLeft)
      : a.matmul(gradient, transposingLeft: !transposingLeft, transposingRight: false)
  }
}

extension Tensor {
  /// A vector as a matrix of one row.
  fileprivate var asRow: Tensor { rank == 1 ? reshaped([1, shape[0]]) : self }
  /// A vector as a matrix of one column.
  fileprivate var asColumn: Tensor { rank == 1 ? reshaped([shape[0], 1]) : self }
}

extension Variable {
  /// The matrix product over the last two axes; leading axes are batches and broadcast.
  ///
  /// - Parameters:
  ///   - other: the right factor.
  ///   - transposingLeft: whether this variable's last two axes are swapped first. Default false.
  ///   - transposingRight: whether `other`'s last two axes are swapped first. Default false.
  public func matmul(
    _ other: Variable, transposingLeft: Bool = false, transposingRight: Bool = false
  ) -> Variable {
    MatrixProduct(transposingLeft: transposingLeft, transposingRight: transposingRight).apply(to: self, other)
  }
}
