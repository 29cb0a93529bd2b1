import Foundation

/// A small table of numbers in square cells, some of them coloured: an image, a filter, a matrix.
public struct NumberGrid: Picture {
  private let title: String
  private let rows: [[String]]
  private let colors: [[Color?]]
  private let cell: Double

  /// - Parameters:
  ///   - title: above it.
  ///   - rows: what the cells say, the upper row first.
  ///   - cell: the side of a cell in pixels. Default 30.
  ///   - colour: of the cell in a row and column; nil for none. Default none.
  public init(
    _ title: String, _ rows: [[String]], cell: Double = 30,
    color: (_ row: Int, _ column: Int) -> Color? = { _, _ in nil }
  ) {
    (self.title, self.rows, self.cell) = (title, rows, cell)
    colors = rows.enumerated().map { row, cells in cells.indices.map { color(row, $0) } }
  }

  /// Numbers with as many decimals as they need, at most two.
  public init(
    _ title: String, _ rows: [[Double]], cell: Double = 30,
    color: (_ row: Int, _ column: Int) -> Color? = { _, _ in nil }
  ) {
    self.init(title, rows.map { $0.map { String(format: "%.3g", $0) } }, cell: cell, color: color)
  }

  private var columns: Int { rows.map(\.count).max() ?? 0 }
  private var wide: Double { max(Double(columns) * cell + 8, width(of: title) + 8) }
  public var size: PictureSize { PictureSize(wide, Double(rows.count) * cell + 28) }

  public var content: String {
    let left = (wide - Double(columns) * cell) / 2
    let style = cell < 24 ? "small middle" : "middle"
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, word -> String in
        let (x, y) = (left + Double(column) * cell, 22 + Double(row) * cell)
        let place = "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(cell))\" height=\"\(number(cell))\""
        let shade = colors[row][column].map { "<rect class=\"\($0.fill)\" fill-opacity=\"0.35\" \(place)/>" } ?? ""
        return "<rect class=\"cell\" \(place)/>" + shade + text(word, x: x + cell / 2, y: y + cell / 2 + 4, style)
      }
    }
    return ([text(title, x: wide / 2, y: 15, "middle")] + cells).joined(separator: "\n")
  }
}

/// A word or sign between pictures that stand side by side: `*`, `=`, `→`.
public struct Sign: Picture {
  private let sign: String
  public let size: PictureSize

  public init(_ sign: String, height: Double) {
    self.sign = sign
    size = PictureSize(width(of: sign) + 12, height)
  }

  public var content: String { text(sign, x: size.width / 2, y: size.height / 2 + 14, "large middle") }
}

/// Pictures in one line, each as wide as it is, their upper edges level.
public struct Line: Picture {
  private let title: String?
  private let pictures: [any Picture]
  private let gap: Double

  /// - Parameters:
  ///   - title: above all of them. Default none.
  ///   - gap: between two, in pixels. Default 10.
  ///   - pictures: from left to right.
  public init(_ title: String? = nil, gap: Double = 10, _ pictures: [any Picture]) {
    (self.title, self.gap, self.pictures) = (title, gap, pictures)
  }

  private var top: Double { title == nil ? 0 : 30 }
  private var across: Double { pictures.map(\.size.width).reduce(0, +) + gap * Double(max(pictures.count - 1, 0)) }
  public var size: PictureSize {
    PictureSize(max(across, width(of: title ?? "") * 1.25), top + (pictures.map(\.size.height).max() ?? 0))
  }

  public var content: String {
    var parts = title.map { [text($0, x: size.width / 2, y: 20, "title middle")] } ?? []
    var x = (size.width - across) / 2
    for picture in pictures {
      parts.append("<g transform=\"translate(\(number(x)) \(number(top)))\">\n\(picture.content)\n</g>")
      x += picture.size.width + gap
    }
    return parts.joined(separator: "\n")
  }
}
