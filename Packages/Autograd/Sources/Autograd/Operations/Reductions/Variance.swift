import TensorCore

/// y = Σ (x - x̄)² / (n - correction), dy/dx = 2 (x - x̄) / (n - correction).
struct Variance: Operation {
  let name = "variance"
  let axes: [Int]?
  let keepingAxes: Bool
  let correction: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let axes = axes ?? Array(0..<x.rank)
    let output = x.variance(along: axes, keepingAxes: keepingAxes, correction: correction)
    return Recorded(output) { gradient in
      let deviation = x - x.mean(along: axes, keepingAxes: true)
      let factor = Scalar(2) / Scalar(x.shape.count(along: axes) - correction)
      return [gradient.reshaped(x.shape.reduced(along: axes)) * deviation * factor]
    }
  }
}

extension Variable {
  /// The variance of all elements, of shape `[]`: the mean squared distance from the mean.
  ///
  /// - Parameter correction: taken off the count that the sum is divided by; 1 for the estimate from a sample. Default 0.
  public func variance(correction: Int = 0) -> Variable {
    Variance(axes: nil, keepingAxes: false, correction: correction).apply(to: self)
  }

  /// The variances over the given axes, which disappear or, if kept, have size 1.
  public func variance(along axes: [Int], keepingAxes: Bool = false, correction: Int = 0) -> Variable {
    Variance(axes: axes, keepingAxes: keepingAxes, correction: correction).apply(to: self)
  }
}
