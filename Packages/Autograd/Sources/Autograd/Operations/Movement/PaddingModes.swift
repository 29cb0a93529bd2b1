import TensorCore

/// A tensor surrounded by its own elements: the gradient of what stands around goes to where that came from.
struct PadByMode: Operation {
  let name = "padded"
  let padding: [(before: Int, after: Int)]
  let mode: PaddingMode
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0].padded(padding, mode: mode)) { gradient in [gradient.paddedGradient(padding, mode: mode)] }
  }

  func inputWindows(on input: Shape) -> [InputWindow]? {
    padding.dropFirst(2).map { InputWindow(span: 1, before: $0.before) }
  }
}

extension Variable {
  /// Surrounded by zeros or by its own elements: so many before and after along each axis.
  public func padded(_ padding: [(before: Int, after: Int)], mode: PaddingMode) -> Variable {
    PadByMode(padding: padding, mode: mode).apply(to: self)
  }
}
