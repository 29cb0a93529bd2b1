import TensorCore

/// y = Σ x over some axes, all by default: the gradient is spread over what was added.
struct Sum: Operation {
  let name = "sum"
  let axes: [Int]?
  let keepingAxes: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let axes = axes ?? Array(0..<x.rank)
    let output = x.sum(along: axes, keepingAxes: keepingAxes)
    let shape = x.shape
    let kept = shape.reduced(along: axes)
    return Recorded(output) { gradient in
      [gradient.reshaped(kept).broadcast(to: shape)]
    }
  }
}

extension Shape {
  /// This shape with the given axes of size 1.
  func reduced(along axes: [Int]) -> Shape {
    var sizes = sizes
    for axis in axes { sizes[axis < 0 ? axis + rank : axis] = 1 }
    return Shape(sizes)
  }

  /// The product of the sizes of the given axes.
  func count(along axes: [Int]) -> Int {
    axes.reduce(1) { $0 * sizes[$1 < 0 ? $1 + rank : $1] }
  }
}

extension Variable {
  /// The sum of all elements, of shape `[]`.
  public func sum() -> Variable { Sum(axes: nil, keepingAxes: false).apply(to: self) }

  /// The sums over the given axes, which disappear or, if kept, have size 1.
  public func sum(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    Sum(axes: axes, keepingAxes: keepingAxes).apply(to: self)
  }

  /// The mean of all elements, of shape `[]`.
  public func mean() -> Variable { sum() / Double(shape.count) }

  /// The means over the given axes, which disappear or, if kept, have size 1.
  public func mean(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    sum(along: axes, keepingAxes: keepingAxes) / Double(shape.count(along: axes))
  }
}
