import TensorCore

/// y = Σ a_i b_i of two vectors.
struct Dot: Operation {
  let name = "dot"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0], inputs[1])
    return Recorded(a.dot(b)) { gradient in [gradient * b, gradient * a] }
  }

  func multiplyAdds(inputs: [Shape], output: Shape) -> Int { inputs[0].count }
}

/// Y_ij = a_i b_j of two vectors.
struct Outer: Operation {
  let name = "outer"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0], inputs[1])
    return Recorded(a.outer(b)) { gradient in
      [
        gradient.matmul(b.reshaped([b.count, 1])).reshaped(a.shape),
        a.reshaped([1, a.count]).matmul(gradient).reshaped(b.shape),
      ]
    }
  }
}

extension Variable {
  /// The sum of the products of the elements of two vectors, of shape `[]`.
  public func dot(_ other: Variable) -> Variable { Dot().apply(to: self, other) }
  /// The products of all pairs of elements of two vectors, `[M, N]` from `[M]` and `[N]`.
  public func outer(_ other: Variable) -> Variable { Outer().apply(to: self, other) }
}
