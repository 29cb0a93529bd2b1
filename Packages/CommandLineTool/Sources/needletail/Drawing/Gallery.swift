/// Pictures side by side, each in characters: half blocks of grey on a terminal, shades elsewhere.
struct Gallery {
  private static let gap = 3
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

  let pictures: [Picture]
  /// The columns there are.
  let width: Int
  /// Whether control sequences for colours are understood.
  let hasColor: Bool

  var text: String {
    var lines: [String] = []
    let cell = min(width, pictures.map(cellWidth).max() ?? 1)
    let perRow = max(1, (width + Self.gap) / (cell + Self.gap))
    for start in stride(from: 0, to: pictures.count, by: perRow) {
      lines += row(Array(pictures[start..<min(start + perRow, pictures.count)]), cell) + [""]
    }
    return lines.dropLast().joined(separator: "\n")
  }

  private func row(_ pictures: [Picture], _ cell: Int) -> [String] {
    let drawings = pictures.map(drawing)
    let height = drawings.map(\.count).max() ?? 0
    let captionHeight = pictures.map(\.caption.count).max() ?? 0
    let gap = String(repeating: " ", count: Self.gap)
    let image = (0..<height).map { line in
      zip(pictures, drawings).map { picture, drawing in
        // Control sequences take no column: the padding is counted from the picture.
        (line < drawing.count ? drawing[line] : String(repeating: " ", count: columns(picture)))
          + String(repeating: " ", count: max(0, cell - columns(picture)))
      }.joined(separator: gap)
    }
    let captions = (0..<captionHeight).map { line in
      pictures.map { Figures.left(line < $0.caption.count ? $0.caption[line] : "", cell) }.joined(separator: gap)
    }
    return image + captions
  }

  private func cellWidth(_ picture: Picture) -> Int {
    max(columns(picture), picture.caption.map(\.count).max() ?? 0)
  }

  /// Small images are drawn with two columns a pixel where each has a line of its own.
  private func isWide(_ picture: Picture) -> Bool { !hasColor && picture.rows.count <= 16 }

  private func columns(_ picture: Picture) -> Int { (picture.rows.first?.count ?? 0) * (isWide(picture) ? 2 : 1) }

  private func drawing(_ picture: Picture) -> [String] {
    if isWide(picture) {
      return picture.rows.map { row in row.map { String(repeating: shade($0), count: 2) }.joined() }
    }
    return stride(from: 0, to: picture.rows.count, by: 2).map { index in
      let upper = picture.rows[index]
      let lower = index + 1 < picture.rows.count ? picture.rows[index + 1] : upper.map { _ in 0 }
      return hasColor
        ? zip(upper, lower).map(halfBlock).joined() + "\u{1B}[0m"
        : String(zip(upper, lower).map { shade(($0 + $1) / 2) })
    }
  }

  private func shade(_ intensity: Float) -> Character {
    let last = Float(Self.shades.count - 1)
    return Self.shades[Int((min(max(intensity, 0), 1) * last).rounded())]
  }

  /// Two pixels, one above the other, in the terminal's 24 greys.
  private func halfBlock(_ upper: Float, _ lower: Float) -> String {
    func gray(_ intensity: Float) -> Int { 232 + Int((min(max(intensity, 0), 1) * 23).rounded()) }
    return "\u{1B}[38;5;\(gray(upper));48;5;\(gray(lower))m▀"
  }
}
