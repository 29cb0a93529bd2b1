import TensorCore

/// A rectangular part: the gradient is surrounded by zeros.
struct Slice: Operation {
  let name = "slice"
  let ranges: [Range<Int>]
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].slice(ranges)) { gradient in
      let padding = shape.sizes.enumerated().map { axis, size in
        axis < ranges.count ? (before: ranges[axis].lowerBound, after: size - ranges[axis].upperBound) : (0, 0)
      }
      return [gradient.padded(padding, with: 0)]
    }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? {
    input.indices.dropFirst(2).map { axis in
      InputWindow(span: 1, before: axis < ranges.count ? -ranges[axis].lowerBound : 0)
    }
  }
}

/// A tensor surrounded by a constant: the gradient loses the margin.
struct Pad: Operation {
  let name = "padded"
  let padding: [(before: Int, after: Int)]
  let value: Double
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].padded(padding, with: Scalar(value))) { gradient in
      [gradient.slice(zip(padding, shape.sizes).map { $0.before..<($0.before + $1) })]
    }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? {
    padding.dropFirst(2).map { InputWindow(span: 1, before: $0.before) }
  }
}

/// Tensors one after the other along an axis: the gradient is cut at the seams.
struct Concatenate: Operation {
  let name = "concatenated"
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let output = Tensor.concatenated(inputs.all, along: axis)
    let sizes = inputs.all.map { $0.shape[axis < 0 ? axis + $0.rank : axis] }
    return Recorded(output) { gradient in gradient.split(sizes: sizes, along: axis) }
  }
}

extension Variable {
  /// The part within the given ranges, one per axis from the first on.
  public func slice(_ ranges: [Range<Int>]) -> Variable { Slice(ranges: ranges).apply(to: self) }

  /// The part within a range of one axis.
  public func slice(axis: Int, range: Range<Int>) -> Variable {
    let place = axis < 0 ? axis + rank : axis
    guard shape.sizes.indices.contains(place) else { stop("slice", "axis \(axis) is not one of \(shape)") }
    return slice(shape.sizes[..<place].map { 0..<$0 } + [range])
  }

  /// Surrounded by a constant: so many elements before and after along each axis.
  public func padded(_ padding: [(before: Int, after: Int)], with value: Double = 0) -> Variable {
    Pad(padding: padding, value: value).apply(to: self)
  }

  /// The variables one after the other along an axis.
  public static func concatenated(_ variables: [Variable], along axis: Int = 0) -> Variable {
    Concatenate(axis: axis).apply(to: variables)
  }

  /// The variables, all of one shape, side by side along a new axis.
  public static func stacked(_ variables: [Variable], along axis: Int = 0) -> Variable {
    let place = axis < 0 ? axis + (variables.first?.rank ?? 0) + 1 : axis
    return concatenated(variables.map { $0.expandingAxis(at: place) }, along: place)
  }

  /// Parts of the given sizes along an axis.
  public func split(sizes: [Int], along axis: Int = 0) -> [Variable] {
    let place = axis < 0 ? axis + rank : axis
    guard shape.sizes.indices.contains(place), sizes.reduce(0, +) == shape[place] else {
      stop("split", "parts of \(sizes) do not make up axis \(axis) of \(shape)")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return slice(axis: place, range: start..<(start + size))
    }
  }
}
