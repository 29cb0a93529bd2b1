import TensorCore

/// y = Σ x² over some axes, dy/dx = 2x.
struct SumOfSquares: Operation {
  let name = "sumOfSquares"
  let axes: [Int]?
  let keepingAxes: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let axes = axes ?? Array(0..<x.rank)
    let output = x.sumOfSquares(along: axes, keepingAxes: keepingAxes)
    return Recorded(output) { gradient in [x * (gradient.reshaped(x.shape.reduced(along: axes)) * 2)] }
  }
}

/// z = (x - y)², dz/dx = 2 (x - y) = -dz/dy.
struct SquaredDifference: Operation {
  let name = "squaredDifference"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, y) = (inputs[0], inputs[1])
    return Recorded(Tensor.squaredDifference(x, y)) { gradient in
      let slope = gradient * (x - y) * 2
      return [slope.sum(to: x.shape), -slope.sum(to: y.shape)]
    }
  }
}

extension Variable {
  /// The sum of the squares of all elements, of shape `[]`.
  public func sumOfSquares() -> Variable { SumOfSquares(axes: nil, keepingAxes: false).apply(to: self) }

  /// The sums of squares over the given axes, which disappear or, if kept, have size 1.
  public func sumOfSquares(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    SumOfSquares(axes: axes, keepingAxes: keepingAxes).apply(to: self)
  }

  /// (x - y)² of the elements of two variables, with broadcasting.
  public static func squaredDifference(_ x: Variable, _ y: Variable) -> Variable { SquaredDifference().apply(to: x, y) }
}
