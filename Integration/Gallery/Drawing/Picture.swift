/// Something that can be drawn: a chart, a sheet of images, a graph, or several of them side by side.
public protocol Picture {
  /// Width and height in pixels of a screen; text is made for a width of about 600.
  var size: PictureSize { get }
  /// The elements of the drawing, as SVG, between (0, 0) and ``size``.
  var content: String { get }
}

/// Width and height in pixels.
public struct PictureSize: Sendable, Equatable {
  public let width: Double
  public let height: Double

  public init(_ width: Double, _ height: Double) {
    self.width = width
    self.height = height
  }
}

extension Picture {
  /// The whole file. It is light or dark as the reader's system is, and needs nothing else.
  public var svg: String {
    let (width, height) = (number(size.width), number(size.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
      <style>\(Style.css)</style>
      <rect class="paper" width="\(width)" height="\(height)"/>
      \(content)
      </svg>

      """
  }
}

/// Pictures side by side in rows of equal columns, under a common title.
public struct Panels: Picture {
  private let title: String?
  private let pictures: [any Picture]
  private let columns: Int
  private let gap = 8.0

  /// - Parameters:
  ///   - title: above all of them. Default none.
  ///   - columns: how many stand in a row.
  ///   - pictures: row after row.
  public init(_ title: String? = nil, columns: Int, _ pictures: [any Picture]) {
    self.title = title
    self.columns = max(1, min(columns, pictures.count))
    self.pictures = pictures
  }

  private var columnWidth: Double { pictures.map(\.size.width).max() ?? 0 }
  private var top: Double { title == nil ? 0 : 30 }

  private var rows: [ArraySlice<any Picture>] {
    stride(from: 0, to: pictures.count, by: columns).map { pictures[$0..<min($0 + columns, pictures.count)] }
  }

  public var size: PictureSize {
    let heights = rows.map { row in row.map(\.size.height).max() ?? 0 }
    return PictureSize(
      columnWidth * Double(columns) + gap * Double(columns - 1),
      top + heights.reduce(0, +) + gap * Double(max(rows.count - 1, 0)))
  }

  public var content: String {
    var parts = title.map { [text($0, x: size.width / 2, y: 20, "title middle")] } ?? []
    var y = top
    for row in rows {
      for (column, picture) in row.enumerated() {
        let x = Double(column) * (columnWidth + gap) + (columnWidth - picture.size.width) / 2
        parts.append("<g transform=\"translate(\(number(x)) \(number(y)))\">\n\(picture.content)\n</g>")
      }
      y += (row.map(\.size.height).max() ?? 0) + gap
    }
    return parts.joined(separator: "\n")
  }
}
