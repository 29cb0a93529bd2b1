/// Rows of cells coloured by their numbers, the upper row first. Equal neighbours are drawn as one.
struct HeatCells {
  enum Kind {
    /// Whole numbers, each a class with its colour.
    case classes
    /// The stronger the further from 0, in one colour above and another below.
    case signed(Color, Color)
  }

  let rows: [[Double]]
  let kind: Kind
  var most: Double?

  private static let levels = 16.0

  /// The cells within a rectangle.
  func content(x: Double, y: Double, width: Double, height: Double) -> String {
    guard let columns = rows.first?.count, columns > 0 else { return "" }
    let (cellWidth, cellHeight) = (width / Double(columns), height / Double(rows.count))
    let top = most ?? rows.joined().map(abs).filter(\.isFinite).max() ?? 1
    var paths: [String: String] = [:]
    for (row, values) in rows.enumerated() {
      var start = 0
      while start < columns {
        let style = style(values[start], top)
        var end = start + 1
        while end < columns, self.style(values[end], top) == style { end += 1 }
        if let style {
          let left = number(x + Double(start) * cellWidth), above = number(y + Double(row) * cellHeight)
          paths[style, default: ""] +=
            "M\(left) \(above)h\(number(Double(end - start) * cellWidth))v\(number(cellHeight))"
            + "h\(number(-Double(end - start) * cellWidth))z"
        }
        start = end
      }
    }
    return paths.sorted { $0.key < $1.key }.map { "<path \($0.key) d=\"\($0.value)\"/>" }.joined(separator: "\n")
  }

  /// The attributes of a cell; nil for an empty one.
  private func style(_ value: Double, _ top: Double) -> String? {
    switch kind {
    case .classes:
      return "class=\"cells \(Color.number(Int(value)).fill)\" fill-opacity=\"0.3\""
    case .signed(let above, let below):
      let level = (min(abs(value) / max(top, .leastNormalMagnitude), 1) * Self.levels).rounded()
      guard level > 0 else { return nil }
      return "class=\"cells \((value > 0 ? above : below).fill)\" fill-opacity=\"\(decimal(level / Self.levels, 3))\""
    }
  }
}

/// A map of numbers as an image: the upper row first, the stronger the larger.
public struct HeatMap: Picture {
  private let title: String
  private let cells: HeatCells
  private let side: Double
  private let note: String?

  /// - Parameters:
  ///   - title: above it.
  ///   - rows: the numbers, the upper row first.
  ///   - note: below it. Default nothing.
  ///   - width: in pixels. Default 180.
  ///   - most: the number of full colour. Default the largest.
  public init(
    _ title: String, _ rows: [[Double]], note: String? = nil, width: Double = 180, most: Double? = nil,
    color: Color = .blue, below: Color = .orange
  ) {
    self.title = title
    self.note = note
    side = width
    cells = HeatCells(rows: rows, kind: .signed(color, below), most: most)
  }

  private var height: Double { side * Double(cells.rows.count) / Double(max(cells.rows.first?.count ?? 1, 1)) }
  public var size: PictureSize { PictureSize(side + 12, height + (note == nil ? 30 : 48)) }

  public var content: String {
    let middle = size.width / 2
    let frame =
      "<rect class=\"axis\" x=\"6\" y=\"24\" width=\"\(number(side))\" height=\"\(number(height))\"/>"
    let note = note.map { "\n" + text($0, x: middle, y: height + 40, "tick small middle") } ?? ""
    return text(title, x: middle, y: 16, "middle") + "\n" + cells.content(x: 6, y: 24, width: side, height: height)
      + "\n" + frame + note
  }
}
