import TensorCore

/// y_i = x_0 + … + x_i along an axis: each x reaches all later sums, so that the gradient is the sum from the end.
struct CumulativeSum: Operation {
  let name = "cumulativeSum"
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0].cumulativeSum(along: axis)) { gradient in
      [gradient.flipped(along: [axis]).cumulativeSum(along: axis).flipped(along: [axis])]
    }
  }
}

extension Variable {
  /// The sums of all elements up to each one along an axis.
  public func cumulativeSum(along axis: Int) -> Variable { CumulativeSum(axis: axis).apply(to: self) }
}
