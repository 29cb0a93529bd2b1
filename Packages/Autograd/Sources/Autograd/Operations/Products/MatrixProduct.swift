import TensorCore

/// Y = AB for `[…, M, K]` by `[…, K, N]`, each as it is or with its last two axes swapped.
///
/// dA = dY Bᵀ and dB = Aᵀ dY; a transposed factor takes the transposed gradient. Sums over broadcast leading axes.
struct MatrixProduct: Operation {
  let name = "matmul"
  let transposingLeft: Bool
  let transposingRight: Bool

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0], inputs[1])
    let (needsLeft, needsRight) = (inputs.needsGradient(0), inputs.needsGradient(1))
    let output = a.matmul(b, transposingLeft: transposingLeft, transposingRight: transposingRight)
    return Recorded(output) { gradient in
      [
        needsLeft ? leftGradient(gradient, b).sum(to: a.shape) : nil,
        needsRight ? rightGradient(gradient, a).sum(to: b.shape) : nil,
      ]
    }
  }

  func multiplyAdds(inputs: [Shape], output: Shape) -> Int {
    output.count * (inputs[0].dropLast(transposingLeft ? 1 : 0).last ?? 0)
  }

  private func leftGradient<Scalar>(_ gradient: Tensor<Scalar>, _ b: Tensor<Scalar>) -> Tensor<Scalar>
  where Scalar: FloatingScalar {
    transposingLeft
      ? b.matmul(gradient, transposingLeft: transposingRight, transposingRight: true)
      : gradient.matmul(b, transposingLeft: false, transposingRight: !transposingRight)
  }

  private func rightGradient<Scalar>(_ gradient: Tensor<Scalar>, _ a: Tensor<Scalar>) -> Tensor<Scalar>
  where Scalar: FloatingScalar {
    transposingRight
      ? gradient.matmul(a, transposingLeft: true, transposingRight: transposingLeft)
      : a.matmul(gradient, transposingLeft: !transposingLeft, transposingRight: false)
  }
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
