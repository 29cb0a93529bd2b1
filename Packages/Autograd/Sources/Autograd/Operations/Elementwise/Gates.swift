import TensorCore

extension Variable {
  /// The largest of each group of `pieces` neighbouring channels: `[N, C·pieces, …]` gives `[N, C, …]`.
  ///
  /// Goodfellow and others 2013, "Maxout networks". Stops unless the channels divide.
  public func maxout(pieces: Int) -> Variable {
    guard rank >= 2, pieces >= 1, shape[1] % pieces == 0 else {
      stop("maxout", "the channels of \(shape) do not divide by \(pieces)")
    }
    let rest = Array(shape.sizes.dropFirst(2))
    return reshaped(Shape([shape[0], shape[1] / pieces, pieces] + rest)).max(along: [2])
  }

  /// a σ(b), where a and b are the halves along an axis. Dauphin and others 2016. Stops for an odd size.
  public func glu(along axis: Int = -1) -> Variable {
    let place = shape.axis(axis, of: "glu")
    guard shape[place] % 2 == 0 else { stop("glu", "axis \(axis) of \(shape) has no halves") }
    let half = shape[place] / 2
    return slice(axis: place, range: 0..<half) * slice(axis: place, range: half..<2 * half).sigmoid()
  }
}
