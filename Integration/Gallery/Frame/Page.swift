import Drawing
import Foundation

/// What a topic shows: paragraphs, pictures and figures, in the order in which they come.
final class Page {
  /// Where the pictures go.
  let folder: URL
  private(set) var parts: [String] = []
  /// What was expected and did not come.
  private(set) var failures: [String] = []
  private var figures: [String] = []

  init(folder: URL) throws {
    self.folder = folder
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A paragraph: what one sees, and why.
  func say(_ paragraph: String) { parts.append("<p>\(escaped(paragraph))</p>") }

  /// Writes a picture and shows it.
  ///
  /// - Parameters:
  ///   - picture: what is drawn.
  ///   - name: of the file, without its ending.
  ///   - alternative: what it shows, for those who do not see it.
  func show(_ picture: any Picture, _ name: String, _ alternative: String) throws {
    try Data(picture.svg.utf8).write(to: folder.appending(path: "\(name).svg"))
    let width = Int(picture.size.width.rounded(.up))
    parts.append(
      "<img src=\"\(folder.lastPathComponent)/\(name).svg\" alt=\"\(escaped(alternative))\" style=\"width:\(width)px\">"
    )
  }

  /// A table of texts; cells that are numbers stand to the right.
  func table(_ header: [String], _ rows: [[String]]) {
    func row(_ cells: [String], _ tag: String) -> String {
      cells.map { cell in
        let isNumber = cell.first?.isNumber == true || cell.hasPrefix("-")
        return "<\(tag)\(isNumber ? " class=\"number\"" : "")>\(escaped(cell))</\(tag)>"
      }.joined()
    }
    let body = rows.map { "<tr>\(row($0, "td"))</tr>" }.joined(separator: "\n")
    parts.append(
      "<div class=\"wide\"><table><thead><tr>\(row(header, "th"))</tr></thead><tbody>\n\(body)\n</tbody></table></div>")
  }

  /// A figure that must be near another; shown side by side, and the program fails where they differ by more.
  func expect(_ quantity: String, _ found: Double, near wanted: Double, within tolerance: Double, places: Int = 2) {
    let isMet = abs(found - wanted) <= tolerance
    let range = tolerance > 0 ? " ± \(decimal(tolerance, places + 1))" : ""
    add(quantity, "\(decimal(found, places)), expected \(decimal(wanted, places))\(range)", isMet)
  }

  /// A claim that must hold; the program fails where it does not.
  func expect(_ claim: String, _ holds: Bool, _ figures: String = "") { add(claim, figures, holds) }

  private func add(_ claim: String, _ text: String, _ isMet: Bool) {
    let mark = isMet ? "✔" : "✘"
    figures.append("<li>\(mark) \(escaped(claim))\(text.isEmpty ? "" : ": \(escaped(text))")</li>")
    if !isMet { failures.append("\(claim): \(text)") }
  }

  /// The topic as a part of the index page.
  func html(_ topic: Topic, seconds: Double) -> String {
    let numbers = figures.isEmpty ? "" : "<ul class=\"figures\">\n\(figures.joined(separator: "\n"))\n</ul>"
    return """
      <section id="\(topic.name)">
      <h3>\(escaped(topic.title))</h3>
      \(parts.joined(separator: "\n"))
      \(numbers)
      \(program(topic))
      <p class="made">Made in \(decimal(seconds, 1)) s by <code>make gallery ARGUMENTS=\(topic.name)</code></p>
      </section>

      """
  }

  private func program(_ topic: Topic) -> String {
    guard let text = try? String(contentsOfFile: topic.source, encoding: .utf8) else { return "" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    return "<details><summary>The program, \(lines) lines</summary><pre>\(escaped(text))</pre></details>"
  }
}
