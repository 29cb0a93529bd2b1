import Foundation

/// Curves, points, bars and surfaces over two labelled axes.
///
/// ```swift
/// let chart = Chart("Loss by epoch", x: Axis("epoch"), y: Axis("loss, nat"), [.line("training", y: losses)])
/// ```
public struct Chart: Picture {
  private let title: String
  private let x: Axis
  private let y: Axis
  private let marks: [Mark]
  public let size: PictureSize

  /// - Parameters:
  ///   - title: above it.
  ///   - x: the lower axis.
  ///   - y: the left one.
  ///   - width: in pixels. Default 600.
  ///   - height: in pixels. Default 340.
  ///   - marks: what is drawn, the first at the back.
  public init(
    _ title: String, x: Axis, y: Axis, width: Double = 600, height: Double = 340, _ marks: [Mark]
  ) {
    (self.title, self.x, self.y) = (title, x, y)
    size = PictureSize(width, height)
    var next = 0
    self.marks = marks.map { mark in
      var mark = mark
      if mark.color == nil {
        mark.color = .number(next)
        next += 1
      }
      return mark
    }
  }

  public var content: String {
    let legend = Legend(marks, width: size.width)
    let horizontal = Scale(x, covering: marks.flatMap(\.reachX))
    let vertical = Scale(y, covering: marks.flatMap(\.reachY))
    let left = 30 + (vertical.ticks.map { width(of: $0.text) }.max() ?? 0)
    let top = (title.isEmpty ? 6 : 28) + legend.height
    let frame = Frame(
      left: left, top: top, right: size.width - 14, bottom: size.height - 44, x: horizontal, y: vertical)
    let axes = [
      text(title, x: size.width / 2, y: 18, size.width < 300 ? "middle" : "title middle"),
      legend.content(y: title.isEmpty ? 14 : 38),
      frame.grid, text(x.label, x: (left + size.width - 14) / 2, y: size.height - 8, "middle"),
      "<g transform=\"translate(15 \(number((top + frame.bottom) / 2))) rotate(-90)\">"
        + text(y.label, x: 0, y: 0, "middle") + "</g>",
    ]
    let clip = "c\(abs(frame.clipKey.hashValueStable))"
    let inner = marks.map { $0.content(in: frame) }.joined(separator: "\n")
    return
      (axes + [
        "<clipPath id=\"\(clip)\">\(frame.clip)</clipPath><g clip-path=\"url(#\(clip))\">\n\(inner)\n</g>", frame.axes,
      ]).joined(separator: "\n")
  }
}

/// Where the inside of a chart lies, and how numbers become places.
struct Frame {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double
  let x: Scale
  let y: Scale

  func place(x value: Double) -> Double { left + (right - left) * x.share(value) }
  func place(y value: Double) -> Double { bottom - (bottom - top) * y.share(value) }

  /// Charts of equal insides may share a name.
  var clipKey: String { "\(number(left)) \(number(top)) \(number(right)) \(number(bottom))" }

  var clip: String {
    "<rect x=\"\(number(left))\" y=\"\(number(top))\" width=\"\(number(right - left))\" "
      + "height=\"\(number(bottom - top))\"/>"
  }

  var grid: String {
    let lines = y.ticks.map { "M\(number(left)) \(number(place(y: $0.value)))H\(number(right))" }.joined()
    let upright = x.ticks.map { "M\(number(place(x: $0.value))) \(number(top))V\(number(bottom))" }.joined()
    return "<path class=\"grid\" d=\"\(lines)\(upright)\"/>"
  }

  var axes: String {
    let line = "<path class=\"axis\" d=\"M\(number(left)) \(number(top))V\(number(bottom))H\(number(right))\"/>"
    let upright = y.ticks.map { text($0.text, x: left - 6, y: place(y: $0.value) + 4, "tick end") }
    let level = fitting(x.ticks).map { text($0.text, x: place(x: $0.value), y: bottom + 17, "tick middle") }
    return ([line] + upright + level).joined(separator: "\n")
  }

  /// Every second tick, or fewer, where the texts would touch.
  private func fitting(_ ticks: [(value: Double, text: String)]) -> [(value: Double, text: String)] {
    let widest = (ticks.map { width(of: $0.text) }.max() ?? 0) + 6
    let room = max((right - left) / Double(max(ticks.count, 1)), 1)
    let every = max(1, Int((widest / room).rounded(.up)))
    return ticks.enumerated().filter { $0.offset % every == 0 }.map(\.element)
  }
}

/// The names of the marks with their colours, in rows.
private struct Legend {
  private let rows: [[(Mark, x: Double)]]

  init(_ marks: [Mark], width chartWidth: Double) {
    var rows: [[(Mark, x: Double)]] = []
    var x = chartWidth
    for mark in marks {
      guard let name = mark.name else { continue }
      let length = 32 + width(of: name)
      if x + length > chartWidth - 10 {
        rows.append([])
        x = 20
      }
      rows[rows.count - 1].append((mark, x))
      x += length
    }
    self.rows = rows
  }

  var height: Double { rows.isEmpty ? 0 : Double(rows.count) * 17 + 4 }

  func content(y: Double) -> String {
    rows.enumerated().flatMap { row, marks in
      marks.map { mark, x in
        let level = y + Double(row) * 17
        return mark.sample(x: x, y: level - 4) + text(mark.name ?? "", x: x + 22, y: level, "")
      }
    }.joined(separator: "\n")
  }
}

extension String {
  /// The same number for the same text in every run.
  fileprivate var hashValueStable: Int { utf8.reduce(5381) { ($0 &* 33 &+ Int($1)) & 0xFFFF_FFFF } }
}
