import Foundation

/// Named amounts as bars from left to right, each with its figure.
public struct BarList: Picture {
  /// A bar.
  public struct Bar {
    let name: String
    let amount: Double
    let figure: String
    let color: Color

    /// - Parameters:
    ///   - name: to the left.
    ///   - amount: the length.
    ///   - figure: the amount as it is written.
    ///   - colour: default blue.
    public init(_ name: String, _ amount: Double, _ figure: String, color: Color = .blue) {
      (self.name, self.amount, self.figure, self.color) = (name, amount, figure, color)
    }
  }

  private let title: String
  private let label: String
  private let bars: [Bar]
  private let width: Double

  /// - Parameters:
  ///   - title: above it.
  ///   - label: what the lengths are, with their unit.
  ///   - width: in pixels. Default 600.
  ///   - bars: from the top.
  public init(_ title: String, _ label: String, width: Double = 600, _ bars: [Bar]) {
    (self.title, self.label, self.bars, self.width) = (title, label, bars, width)
  }

  public var size: PictureSize { PictureSize(width, 58 + 22 * Double(bars.count)) }

  public var content: String {
    let left = 16 + (bars.map { Drawing.width(of: $0.name) }.max() ?? 0)
    let figures = 12 + (bars.map { Drawing.width(of: $0.figure) }.max() ?? 0)
    let longest = bars.map(\.amount).max() ?? 1
    let room = width - left - figures
    let parts = bars.enumerated().map { row, bar in
      let y = 32 + 22 * Double(row), length = longest > 0 ? bar.amount / longest * room : 0
      return text(bar.name, x: left - 8, y: y + 13, "end")
        + "<rect class=\"\(bar.color.fill)\" x=\"\(number(left))\" y=\"\(number(y))\" "
        + "width=\"\(number(max(length, 1)))\" height=\"17\"/>"
        + text(bar.figure, x: left + length + 6, y: y + 13, "tick")
    }
    let title = text(title, x: width / 2, y: 18, "title middle")
    let label = text(label, x: left + room / 2, y: size.height - 8, "middle")
    return ([title] + parts + [label]).joined(separator: "\n")
  }
}
