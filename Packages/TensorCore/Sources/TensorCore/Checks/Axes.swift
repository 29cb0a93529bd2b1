extension Shape {
  /// The axis that `axis` means: itself, or counted from the end when negative (-1 is the last).
  ///
  /// Stops with the name of the operation when the shape has no such axis.
  public func axis(_ axis: Int, of operation: String) -> Int {
    guard axis >= -rank, axis < rank else {
      stop(operation, "axis \(axis) does not exist in \(self), which has \(rank) axes")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The axes that `axes` mean, each at most once; negative ones count from the end.
  ///
  /// Stops with the name of the operation when an axis does not exist or comes twice.
  public func axes(_ axes: [Int], of operation: String) -> [Int] {
    let resolved = axes.map { axis($0, of: operation) }
    guard Set(resolved).count == resolved.count else {
      stop(operation, "the axes \(axes) of \(self) name one axis twice")
    }
    return resolved
  }

  /// The shape with one axis' size replaced.
  func replacing(axis: Int, with size: Int) -> Shape {
    var sizes = sizes
    sizes[axis] = size
    return Shape(sizes)
  }

  /// The shape seen as three axes: those before `axis`, `axis` itself, those after.
  func around(axis: Int) -> (outer: Int, length: Int, inner: Int) {
    (sizes[..<axis].reduce(1, *), sizes[axis], sizes[(axis + 1)...].reduce(1, *))
  }
}
