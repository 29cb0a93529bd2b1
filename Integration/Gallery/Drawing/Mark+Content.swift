/// How marks are drawn.
extension Mark {
  private var shade: Color { color ?? .blue }

  /// The numbers that the lower axis must reach.
  var reachX: [Double] {
    guard case .bars(let width) = kind, let low = x.min(), let high = x.max() else { return x }
    return [low - width / 2, high + width / 2]
  }

  /// The numbers that the left axis must reach.
  var reachY: [Double] {
    switch kind {
    case .bars: y + [0]
    case .band(let upper): y + upper
    default: y
    }
  }

  func content(in frame: Frame) -> String {
    switch kind {
    case .line(let isDashed, let isThin):
      return "<path class=\"\(lineClass(isDashed, isThin))\" d=\"\(path(in: frame))\"/>"
    case .points(let radius):
      return zip(x, y).map { x, y in
        "<circle class=\"\(shade.fill) outline\" cx=\"\(number(frame.place(x: x)))\" "
          + "cy=\"\(number(frame.place(y: y)))\" r=\"\(number(radius))\"/>"
      }.joined(separator: "\n")
    case .bars(let width):
      return bars(width, in: frame)
    case .band(let upper):
      let there = zip(x, y).map { "\(number(frame.place(x: $0))),\(number(frame.place(y: $1)))" }
      let back = zip(x, upper).reversed().map { "\(number(frame.place(x: $0))),\(number(frame.place(y: $1)))" }
      return
        "<polygon class=\"\(shade.fill)\" fill-opacity=\"0.2\" points=\"\((there + back).joined(separator: " "))\"/>"
    case .arrow:
      let (x1, y1) = (frame.place(x: x[0]), frame.place(y: y[0]))
      return Arrow.content(fromX: x1, y1, toX: frame.place(x: x[1]), frame.place(y: y[1]), shade)
    case .heat(let cells):
      let (left, right) = (frame.place(x: x[0]), frame.place(x: x[1]))
      let (bottom, top) = (frame.place(y: y[0]), frame.place(y: y[1]))
      return cells.content(x: left, y: top, width: right - left, height: bottom - top)
    case .note(let note):
      return text(note, x: frame.place(x: x[0]), y: frame.place(y: y[0]) + 4, "middle small")
    }
  }

  /// The mark's look in the legend.
  func sample(x: Double, y: Double) -> String {
    switch kind {
    case .line(let isDashed, let isThin):
      return "<path class=\"\(lineClass(isDashed, isThin))\" d=\"M\(number(x)) \(number(y))h17\"/>"
    case .points:
      return "<circle class=\"\(shade.fill) outline\" cx=\"\(number(x + 9))\" cy=\"\(number(y))\" r=\"4\"/>"
    default:
      return "<rect class=\"\(shade.fill)\" x=\"\(number(x + 3))\" y=\"\(number(y - 5))\" width=\"12\" height=\"10\"/>"
    }
  }

  private func lineClass(_ isDashed: Bool, _ isThin: Bool) -> String {
    "curve \(shade.stroke)" + (isThin ? " thin" : "") + (isDashed ? " dashed" : "")
  }

  private func path(in frame: Frame) -> String {
    var path = "", isDown = false
    for (x, y) in zip(x, y) {
      guard x.isFinite, y.isFinite else {
        isDown = false
        continue
      }
      // What is far outside is cut off anyway, and long numbers tell nothing.
      let level = min(max(frame.place(y: y), -10_000), 10_000), place = min(max(frame.place(x: x), -10_000), 10_000)
      path += "\(isDown ? "L" : "M")\(number(place)) \(number(level))"
      isDown = true
    }
    return path
  }

  private func bars(_ width: Double, in frame: Frame) -> String {
    let zero = frame.place(y: max(frame.y.lower, min(0, frame.y.upper)))
    let parts = zip(x, y).compactMap { x, y -> String? in
      guard y != 0, y.isFinite else { return nil }
      let (left, right) = (frame.place(x: x - width / 2), frame.place(x: x + width / 2))
      let level = frame.place(y: y)
      return "M\(number(left)) \(number(zero))V\(number(level))H\(number(right))V\(number(zero))z"
    }
    return "<path class=\"\(shade.fill)\" fill-opacity=\"0.85\" d=\"\(parts.joined())\"/>"
  }
}

/// Lines with a head.
enum Arrow {
  static func content(
    fromX x1: Double, _ y1: Double, toX x2: Double, _ y2: Double, _ color: Color = .gray
  ) -> String {
    let (dx, dy) = (x2 - x1, y2 - y1)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return "" }
    let (ux, uy) = (dx / length, dy / length)
    let (bx, by) = (x2 - ux * 8, y2 - uy * 8)
    let head = [(x2, y2), (bx - uy * 4, by + ux * 4), (bx + uy * 4, by - ux * 4)]
      .map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
    return "<path class=\"curve \(color.stroke)\" d=\"M\(number(x1)) \(number(y1))L\(number(bx)) \(number(by))\"/>"
      + "<polygon class=\"\(color.fill)\" points=\"\(head)\"/>"
  }
}
