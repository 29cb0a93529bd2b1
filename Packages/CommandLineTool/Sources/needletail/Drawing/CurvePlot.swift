import Foundation

/// A curve over learning rates, drawn with characters: the rates in powers, the values as they are.
struct CurvePlot {
  private let points: [(rate: Double, value: Double)]
  private let marked: Double?
  private let width: Int
  private let height: Int
  private static let labelWidth = 8

  /// - Parameters:
  ///   - points: rates, above 0 and rising, with their values; those that are not finite are left out.
  ///   - marked: a rate that is marked.
  ///   - width: the columns of the whole.
  ///   - height: the lines of the curve.
  init(_ points: [(rate: Double, value: Double)], marked: Double?, width: Int, height: Int) {
    self.points = points.filter(\.value.isFinite)
    self.marked = marked
    self.width = max(20, width - Self.labelWidth - 1)
    self.height = max(2, height)
  }

  var text: String {
    guard let first = points.first, let last = points.last, first.rate < last.rate else { return "" }
    let values = points.map(\.value)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let span = max(high - low, .leastNormalMagnitude)
    func column(_ rate: Double) -> Int {
      Int((log(rate / first.rate) / log(last.rate / first.rate) * Double(width - 1)).rounded())
    }
    var lines = [[Character]](repeating: [Character](repeating: " ", count: width), count: height)
    if let marked { for line in lines.indices { lines[line][column(marked)] = "┊" } }
    for point in points {
      let line = Int(((high - point.value) / span * Double(height - 1)).rounded())
      lines[line][column(point.rate)] = point.rate == marked ? "●" : "·"
    }
    let labels = lines.indices.map { line in
      Figures.decimal(high - span * Double(line) / Double(height - 1), 3)
    }
    let rows = zip(labels, lines).map { label, line in
      Self.trimmed(Figures.right(label, Self.labelWidth) + "│" + String(line))
    }
    return (rows + axis(first.rate, last.rate)).joined(separator: "\n")
  }

  /// The axis with its ends.
  private func axis(_ first: Double, _ last: Double) -> [String] {
    let margin = String(repeating: " ", count: Self.labelWidth)
    let (start, end) = (Figures.rate(first), "\(Figures.rate(last)) learning rate")
    return [
      margin + "└" + String(repeating: "─", count: width),
      margin + " " + start + Figures.right(end, width - start.count),
    ]
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension Figures {
  /// `0.0123`, `1.2e-05`: as options take it.
  static func rate(_ number: Double) -> String { String(format: "%.2g", number) }
}
