/// A confusion matrix as an HTML table: a row for each class, with shades by share of the row.
struct ConfusionTable {
  /// Above this number of classes a list of the most frequent confusions takes the table's place.
  static let mostClasses = 32

  let confusion: ConfusionMatrix
  let classNames: [String]

  /// The table, or the list.
  var html: String { classNames.count > Self.mostClasses ? list : table }

  private var table: String {
    let names = classNames.map { "<th scope=\"col\"><span>\(escaped($0))</span></th>" }.joined()
    let precisions = classNames.indices.map { "<td>\(share(confusion.precision(of: $0)))</td>" }.joined()
    return """
      <div class="wide"><table class="confusion">
      <thead><tr><th scope="col">true \\ predicted</th>\(names)<th scope="col">recall</th></tr></thead>
      <tbody>
      \(classNames.indices.map(row).joined(separator: "\n"))
      <tr><th scope="row">precision</th>\(precisions)<td></td></tr>
      </tbody></table></div>
      """
  }

  private func row(_ label: Int) -> String {
    let counts = confusion.counts[label]
    let total = max(counts.reduce(0, +), 1)
    let cells = counts.enumerated().map { prediction, count -> String in
      guard count > 0 else { return "<td class=\"none\">0</td>" }
      let color = label == prediction ? "right" : "wrong"
      // At most so strong that the number in it can be read.
      let opacity = decimal(0.1 + 0.45 * Double(count) / Double(total), 2)
      return "<td class=\"\(color)\" style=\"--share:\(opacity)\">\(count)</td>"
    }
    return "<tr><th scope=\"row\">\(escaped(classNames[label]))</th>\(cells.joined())"
      + "<td>\(share(confusion.recall(of: label)))</td></tr>"
  }

  private var list: String {
    let rows = confusion.confusions(limit: 30).map { pair in
      "<tr><td>\(escaped(classNames[pair.label]))</td><td>\(escaped(classNames[pair.prediction]))</td>"
        + "<td>\(pair.count)</td></tr>"
    }
    return """
      <table><thead><tr><th>true</th><th>predicted</th><th>images</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table>
      """
  }

  private func share(_ share: Double?) -> String { share.map { decimal($0 * 100, 1) + " %" } ?? "–" }
}
