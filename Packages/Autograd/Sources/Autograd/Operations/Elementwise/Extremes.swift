import TensorCore

/// y = |x|; the derivative at 0 is 0.
struct Absolute: Operation {
  let name = "abs"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.abs()) { gradient in [gradient.absGradient(input: x)] }
  }
}

/// y = x kept within bounds; the derivative is 1 within them, the bounds included, and 0 beyond.
struct Clamp: Operation {
  let name = "clamped"
  let bounds: ClosedRange<Double>
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let bounds = Scalar(bounds.lowerBound)...Scalar(bounds.upperBound)
    return Recorded(x.clamped(to: bounds)) { gradient in [gradient.clampedGradient(input: x, to: bounds)] }
  }
}

/// z = the larger or the smaller of x and y; where they are equal each gets half of the gradient.
struct Extreme: Operation {
  let isMaximum: Bool
  var name: String { isMaximum ? "maximum" : "minimum" }

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, y) = (inputs[0], inputs[1])
    let output = isMaximum ? Tensor.maximum(x, y) : Tensor.minimum(x, y)
    return Recorded(output) { gradient in
      let wins = isMaximum ? x .> y : x .< y
      let share = wins.select(Tensor(1), (x .== y).select(Tensor(Scalar(0.5)), Tensor(0)))
      return [(gradient * share).sum(to: x.shape), (gradient * (1 - share)).sum(to: y.shape)]
    }
  }
}

/// z = x where the mask is true, y elsewhere.
struct Select: Operation {
  let name = "select"
  let mask: Tensor<Bool>
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, y) = (inputs[0].shape, inputs[1].shape)
    return Recorded(mask.select(inputs[0], inputs[1])) { gradient in
      [mask.select(gradient, Tensor(0)).sum(to: x), mask.select(Tensor(0), gradient).sum(to: y)]
    }
  }
}

extension Variable {
  /// The size of each element without its sign. The derivative at 0 is 0.
  public func abs() -> Variable { Absolute().apply(to: self) }
  /// Each element, moved to the nearest of the bounds if it lies beyond. Beyond them the derivative is 0.
  public func clamped(to bounds: ClosedRange<Double>) -> Variable { Clamp(bounds: bounds).apply(to: self) }
  /// The larger of the elements of two variables, with broadcasting. Equal elements share the gradient.
  public static func maximum(_ x: Variable, _ y: Variable) -> Variable { Extreme(isMaximum: true).apply(to: x, y) }
  /// The smaller of the elements of two variables, with broadcasting. Equal elements share the gradient.
  public static func minimum(_ x: Variable, _ y: Variable) -> Variable { Extreme(isMaximum: false).apply(to: x, y) }
}

extension Tensor where Scalar == Bool {
  /// The elements of `x` where the mask is true and those of `y` elsewhere, with broadcasting.
  public func select(_ x: Variable, _ y: Variable) -> Variable { Select(mask: self).apply(to: x, y) }
}
