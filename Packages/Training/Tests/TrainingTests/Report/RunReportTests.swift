import Foundation
import Testing
import Training

struct RunReportTests {
  private static func html(epochs: Int = 3) throws -> (text: String, evaluation: Evaluation) {
    let place = try TemporaryFolder()
    let outcome = try startRun(MadeUpData.settings(epochs: epochs), in: RunFolder(place.path))
    guard case .finished(_, let evaluation) = outcome else { throw Unfinished() }
    return (try place.text("report.html"), evaluation)
  }
  private struct Unfinished: Error {}

  @Test func fetchesNothing() throws {
    let html = try Self.html().text
    for foreign in ["http:", "https:", "<link", "<script", "@import", "url("] { #expect(!html.contains(foreign)) }
    let sources = html.texts(between: "src=\"", and: "\"")
    #expect(sources.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
  }

  @Test func showsCurvesMatrixAndWrongAnswers() throws {
    let (html, evaluation) = try Self.html(epochs: 1)
    #expect(html.texts(between: "<svg viewBox=\"0 0 480 300\"", and: "</svg>").count == 3)
    for label in ["loss", "accuracy, %", "learning rate"] { #expect(html.contains(">\(label)</text>"), "\(label)") }
    let rows = html.texts(between: "<tr><th scope=\"row\">", and: "</tr>")
    for (label, counts) in evaluation.confusion.counts.enumerated() {
      let cells = String(rows[label]).texts(between: "<td", and: "</td>").compactMap { $0.split(separator: ">").last }
      #expect(cells.prefix(3).map(String.init) == counts.map(String.init))
    }
    #expect(evaluation.wrongAnswers.count > 0)
    #expect(html.texts(between: "<figure>", and: "</figure>").count == evaluation.wrongAnswers.count)
  }

  @Test func escapesNames() throws {
    let html = try Self.html().text
    #expect(html.contains("&lt;low &amp; &quot;last&quot;&gt;"))
    #expect(!html.contains("<low"))
  }

  @Test func everyElementIsClosed() throws {
    try Self.expectClosed(Self.html().text)
    try Self.expectClosed(ConvolutionalRun().html)
  }

  private static func expectClosed(_ html: String) throws {
    var open: [Substring] = []
    for tag in html.texts(between: "<", and: ">") {
      let name = tag.prefix { $0 != " " && $0 != "\n" }
      if name.hasPrefix("!") || tag.hasSuffix("/") || ["meta", "img", "br"].contains(name) { continue }
      if name.hasPrefix("/") {
        #expect(open.popLast() == name.dropFirst())
      } else {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
  }
}

extension String {
  /// The texts between each `start` and the next `end`.
  fileprivate func texts(between start: String, and end: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let from = rest.range(of: start), let to = rest[from.upperBound...].range(of: end) {
      found.append(rest[from.upperBound..<to.lowerBound])
      rest = rest[to.upperBound...]
    }
    return found
  }
}
