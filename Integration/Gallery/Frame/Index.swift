import Drawing
import Foundation

/// The page that shows all topics that were made so far, in the order of the chapters.
struct Index {
  let chapters: [Chapter]
  let folder: URL

  static func fragment(of topic: Topic, in folder: URL) -> URL {
    folder.appending(path: topic.name).appending(path: "topic.html")
  }

  /// Writes `index.html`; returns where it is.
  func write() throws -> URL {
    let page = folder.appending(path: "index.html")
    try Data(html.utf8).write(to: page)
    return page
  }

  private var html: String {
    let made = chapters.map { chapter in
      (
        chapter.title,
        chapter.topics.compactMap { topic in
          (try? String(contentsOf: Self.fragment(of: topic, in: folder), encoding: .utf8)).map { (topic, $0) }
        }
      )
    }.filter { !$0.1.isEmpty }
    let contents = made.map { title, topics in
      let links = topics.map { "<a href=\"#\($0.0.name)\">\(escaped($0.0.title))</a>" }.joined(separator: "\n")
      return "<div><b>\(escaped(title))</b>\n\(links)</div>"
    }
    let body = made.map { title, topics in
      "<h2>\(escaped(title))</h2>\n" + topics.map(\.1).joined(separator: "\n")
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Needletail: the gallery</title><style>\(Self.css)</style></head><body>
      <h1>The gallery</h1>
      <p>What lectures on convolutional networks define, derive and report, each as a short program with its picture. Figures
      marked ✔ were checked when the page was made.</p>
      <nav>\(contents.joined(separator: "\n"))</nav>
      \(body.joined(separator: "\n"))
      </body></html>

      """
  }

  private static let css = """
    :root { color-scheme: light dark; --ink: #1d2430; --faint: #5b6470; --line: #d5dae1; --paper: #ffffff; --link: #1f5fbf; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --faint: #a0aab8; --line: #38404c; --paper: #14181e;
      --link: #78aef8; } }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem;
      margin: 2rem auto; padding: 0 1rem; }
    a { color: var(--link); text-decoration: none; } nav { columns: 2 16rem; font-size: 0.92rem; }
    nav div { break-inside: avoid; margin-bottom: 0.8rem; } nav a { display: block; }
    h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); } section { margin-bottom: 3rem; }
    img { display: block; max-width: 100%; height: auto; margin: 0.8rem auto; }
    .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; margin: 0.8rem 0;
      font-variant-numeric: tabular-nums; }
    th, td { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; } .number { text-align: right; }
    .figures { list-style: none; padding: 0; font-size: 0.92rem; } .made { color: var(--faint); font-size: 0.85rem; }
    pre { overflow-x: auto; font-size: 0.8rem; line-height: 1.4; border: 1px solid var(--line); padding: 0.8rem; }
    """
}
