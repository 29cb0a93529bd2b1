import TensorCore

/// The largest or smallest elements over some axes: the gradient is shared out among all that are equal to it.
struct Extremum: Operation {
  let isMaximum: Bool
  let axes: [Int]?
  let keepingAxes: Bool
  var name: String { isMaximum ? "max" : "min" }

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let axes = axes ?? Array(0..<x.rank)
    let kept = isMaximum ? x.max(along: axes, keepingAxes: true) : x.min(along: axes, keepingAxes: true)
    let output = keepingAxes ? kept : kept.reshaped(x.shape.removing(axes))
    return Recorded(output) { gradient in
      let hits = (x .== kept).select(Tensor<Scalar>(1), Tensor(0))
      let share = gradient.reshaped(kept.shape) / hits.sum(along: axes, keepingAxes: true)
      return [hits * share]
    }
  }
}

extension Shape {
  /// This shape without the given axes.
  func removing(_ axes: [Int]) -> Shape {
    let removed = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    return Shape(sizes.enumerated().filter { !removed.contains($0.offset) }.map(\.element))
  }
}

extension Variable {
  /// The largest element, of shape `[]`. Equal elements share the gradient.
  public func max() -> Variable { Extremum(isMaximum: true, axes: nil, keepingAxes: false).apply(to: self) }
  /// The smallest element, of shape `[]`. Equal elements share the gradient.
  public func min() -> Variable { Extremum(isMaximum: false, axes: nil, keepingAxes: false).apply(to: self) }

  /// The largest elements over the given axes, which disappear or, if kept, have size 1.
  public func max(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    Extremum(isMaximum: true, axes: axes, keepingAxes: keepingAxes).apply(to: self)
  }

  /// The smallest elements over the given axes, which disappear or, if kept, have size 1.
  public func min(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    Extremum(isMaximum: false, axes: axes, keepingAxes: keepingAxes).apply(to: self)
  }
}
