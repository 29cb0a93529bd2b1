import Training

/// A confusion matrix in characters; of many classes, the most frequent confusions.
struct ConfusionText {
  private static let mostColumns = 20
  private let confusion: ConfusionMatrix
  private let classNames: [String]

  init(_ confusion: ConfusionMatrix, classNames: [String]) {
    self.confusion = confusion
    self.classNames = classNames
  }

  var text: String { confusion.classCount <= Self.mostColumns ? table : list }

  /// Rows are what images are, columns what they were taken for.
  private var table: String {
    let labels = classNames.enumerated().map { $1 == "\($0)" ? $1 : "\($0) \($1)" }
    let nameWidth = min(18, labels.map(\.count).max() ?? 0)
    let cellWidth = (confusion.counts.joined().map { "\($0)".count }.max() ?? 1) + 1
    func line(_ title: String, _ cells: [String], _ last: String) -> String {
      Figures.left(title, nameWidth) + " " + cells.map { Figures.right($0, cellWidth) }.joined() + "  "
        + Figures.right(last, 8)
    }
    let header = line("", classNames.indices.map { "\($0)" }, "right")
    let rows = classNames.indices.map { label in
      let cells = confusion.counts[label].map { $0 == 0 ? "·" : "\($0)" }
      return line(labels[label], cells, confusion.recall(of: label).map { Figures.percent($0, 1) } ?? "–")
    }
    return (["Confusion matrix: rows are what images show, columns what they were taken for", "", header] + rows)
      .joined(separator: "\n")
  }

  private var list: String {
    let lines = confusion.confusions(limit: 10).map {
      "\(Figures.right("\($0.count)", 6)) × \(classNames[$0.label]) taken for \(classNames[$0.prediction])"
    }
    return (["Most frequent confusions", ""] + lines).joined(separator: "\n")
  }
}
