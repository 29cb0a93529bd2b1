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

  /// The axes before those of `shape`, which have `count` elements together.
  init(leading count: Int, to shape: Shape) {
    self.shape = shape
    self.count = count
    steps = [Step(outer: 1, count: count, inner: shape.count)]
  }

  /// The given axes of `shape`; negative ones count from the end. Stops for one that is not there or given twice.
  init(_ axes: [Int], of shape: Shape, keepingAxes: Bool, _ name: StaticString) {
    var reduced = [Bool](repeating: false, count: shape.rank)
    for axis in axes {
      let index = axis < 0 ? axis + shape.rank : axis
      guard index >= 0, index < shape.rank, !reduced[index] else {
        // Stops, and says which axis it is; the name becomes a string only here, since small sums feel it.
        _ = shape.axes(axes, of: "\(name)")
        break
      }
      reduced[index] = true
    }
    var sizes: [Int] = []
    var count = 1
    for (size, isReduced) in zip(shape, reduced) {
      if isReduced { count *= size }
      if !isReduced || keepingAxes { sizes.append(isReduced ? 1 : size) }
    }
    self.shape = Shape(sizes)
    self.count = count
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
