/// The axes of a reduction, checked and brought into the order in which they are worked off.
struct ReducedAxes {
  /// A tensor seen as `[outer, count, inner]`, of which the middle axis is reduced.
  struct Step: Equatable {
    var outer: Int
    var count: Int
    var inner: Int
  }

  /// The shape of the result.
  let shape: Shape
  /// One step for each run of neighbouring reduced axes, the last run first; later steps work on the earlier's result.
  let steps: [Step]
  /// The number of elements that make one of the result.
  let count: Int

  /// All axes of `shape`, to rank 0.
  init(all shape: Shape) {
    self.shape = []
    steps = [Step(outer: 1, count: shape.count, inner: 1)]
    count = shape.count
  }

  /// The given axes of `shape`; negative ones count from the end. Stops for one that is not there or given twice.
  init(_ axes: [Int], of shape: Shape, keepingAxes: Bool, _ name: StaticString) {
    var reduced = [Bool](repeating: false, count: shape.rank)
    for axis in axes {
      let index = shape.axis(axis, "\(name)")
      guard !reduced[index] else { stop("\(name)", "axis \(axis) is given twice in \(axes) for the shape \(shape)") }
      reduced[index] = true
    }
    let kept = (0..<shape.rank).filter { !reduced[$0] }
    let ones = (0..<shape.rank).map { reduced[$0] ? 1 : shape[$0] }
    self.shape = Shape(keepingAxes ? ones : kept.map { shape[$0] })
    count = (0..<shape.rank).reduce(1) { reduced[$1] ? $0 * shape[$1] : $0 }
    steps = Self.steps(shape, reduced)
  }

  private static func steps(_ shape: Shape, _ reduced: [Bool]) -> [Step] {
    var steps: [Step] = []
    var inner = 1
    var end = shape.rank
    while end > 0 {
      var start = end - 1
      while start > 0, reduced[start - 1] == reduced[end - 1] { start -= 1 }
      let count = shape.sizes[start..<end].reduce(1, *)
      if reduced[end - 1] {
        steps.append(Step(outer: shape.sizes[..<start].reduce(1, *), count: count, inner: inner))
      } else {
        inner *= count
      }
      end = start
    }
    return steps
  }
}

extension Shape {
  /// The number of an axis that may be given from the end (-1 is the last). Stops for one that is not there.
  func axis(_ axis: Int, _ operation: @autoclosure () -> String) -> Int {
    guard axis >= -rank, axis < rank else { stop(operation(), "the shape \(self) has no axis \(axis)") }
    return axis < 0 ? axis + rank : axis
  }
}
