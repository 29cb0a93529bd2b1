/// How a window slides over one axis: the arithmetic that convolution and pooling share.
///
/// A window of `size` taps, `dilation` apart, starts `before` elements ahead of the axis and moves by `stride`.
struct SlidingWindow: Sendable, Hashable {
  var size: Int
  var stride: Int
  var dilation: Int
  var before: Int
  var after: Int

  /// What happens where the last step of the window does not end at the end of the padded axis.
  enum Fit {
    /// The rest is not looked at.
    case floor
    /// The window goes on into the void, as long as it starts inside the axis or the padding before it; the first one, too,
    /// by less than a step, as PyTorch counts.
    case ceiling
    /// An error.
    case exact
  }

  /// The number of positions of the window: `(N + before + after - span) / stride + 1`, where the window spans
  /// `dilation (size - 1) + 1` elements.
  ///
  /// - Throws: ``GeometryError`` if the window does not fit, or on overflow.
  func positions(on length: Int, axis: String, fit: Fit) throws(GeometryError) -> Int {
    guard let span = try? Checked.span(size: size, dilation: dilation),
      let padded = try? Checked.sum(length, before, after)
    else { throw GeometryError("the \(axis) of the window or the padded input does not fit in an Int") }
    if case .ceiling = fit, length > 0, span > padded, span - padded < stride { return 1 }
    guard span <= padded else {
      throw GeometryError("a window of \(axis) \(span) does not fit into \(padded)\(paddingNote(length))")
    }
    let room = padded - span
    let rest = room % stride
    switch fit {
    case .floor: return room / stride + 1
    case .exact:
      guard rest == 0 else {
        throw GeometryError(
          "a window of \(axis) \(span) and stride \(stride) leaves \(rest) of \(padded)\(paddingNote(length)) unused")
      }
      return room / stride + 1
    case .ceiling:
      guard rest > 0 else { return room / stride + 1 }
      let startsInside = (room / stride + 1) * stride < length + before
      return room / stride + (startsInside ? 2 : 1)
    }
  }

  private func paddingNote(_ length: Int) -> String {
    before + after > 0 ? " (\(length) and padding \(before) + \(after))" : ""
  }

  /// The window with padding such that there are `ceil(length / stride)` positions: as even as possible on both sides,
  /// the odd element after.
  func paddedToSame(on length: Int) throws(GeometryError) -> SlidingWindow {
    let positions = length / stride + (length % stride > 0 ? 1 : 0)
    guard let span = try? Checked.span(size: size, dilation: dilation) else {
      throw GeometryError("a window of \(size) taps, \(dilation) apart, does not fit in an Int")
    }
    let total = max((positions - 1) * stride - length + span, 0)
    var window = self
    window.before = total / 2
    window.after = total - total / 2
    return window
  }
}

/// Arithmetic that throws where it would overflow.
private enum Checked {
  struct Overflow: Error {}

  static func sum(_ terms: Int...) throws -> Int {
    try terms.reduce(0) { sum, term in
      let (result, overflow) = sum.addingReportingOverflow(term)
      guard !overflow else { throw Overflow() }
      return result
    }
  }

  static func span(size: Int, dilation: Int) throws -> Int {
    let (product, overflow) = dilation.multipliedReportingOverflow(by: size - 1)
    guard !overflow else { throw Overflow() }
    return try sum(product, 1)
  }
}
