import TensorCore

/// y[…, j, …] = x[…, indices[…, j, …], …]: the gradient is added up where elements were taken.
struct Gather: Operation {
  let name = "gather"
  let indices: Tensor<Int64>
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].gather(indices, along: axis)) { gradient in
      [gradient.gatherGradient(indices, along: axis, inputShape: shape)]
    }
  }
}

/// x with values added where indices say: the gradient passes to x and is gathered for the values.
struct ScatterAdd: Operation {
  let name = "scatterAdd"
  let indices: Tensor<Int64>
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    var output = inputs[0]
    output.scatterAdd(inputs[1], at: indices, along: axis)
    return Recorded(output) { gradient in [gradient, gradient.gather(indices, along: axis)] }
  }
}

/// Whole slices along an axis, by a list of indices: the gradient is added up where slices were taken.
struct Take: Operation {
  let name = "take"
  let indices: Tensor<Int64>
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].take(indices, along: axis)) { gradient in
      [gradient.takeGradient(indices, along: axis, inputShape: shape)]
    }
  }
}

extension Variable {
  /// For each element of `indices`, the element of this variable with that index along `axis` and the same others.
  public func gather(_ indices: Tensor<Int64>, along axis: Int) -> Variable {
    Gather(indices: indices, axis: axis).apply(to: self)
  }

  /// This variable with `values` added at the places that ``gather(_:along:)`` would read with the same indices.
  public func scatterAdding(_ values: Variable, at indices: Tensor<Int64>, along axis: Int) -> Variable {
    ScatterAdd(indices: indices, axis: axis).apply(to: self, values)
  }

  /// The slices along `axis` that `indices`, of rank 1, names.
  public func take(_ indices: Tensor<Int64>, along axis: Int = 0) -> Variable {
    Take(indices: indices, axis: axis).apply(to: self)
  }
}
