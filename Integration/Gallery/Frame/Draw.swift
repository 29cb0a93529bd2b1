import Drawing
import Foundation
import Training

/// Draws a topic and says how it went; whether all came as expected.
func draw(_ topic: Topic, in folder: URL) -> Bool {
  let clock = ContinuousClock()
  let start = clock.now
  var failures: [String]
  do {
    let page = try Page(folder: folder.appending(path: topic.name))
    try topic.draw(page)
    let seconds = (clock.now - start) / .seconds(1)
    try Data(page.html(topic, seconds: seconds).utf8).write(to: Index.fragment(of: topic, in: folder))
    failures = page.failures
  } catch {
    failures = ["\(error)"]
  }
  BlockPool.trim()
  tell("\(failures.isEmpty ? "✔" : "✘") \(topic.name) \(decimal((clock.now - start) / .seconds(1), 1)) s")
  for failure in failures { tell("    \(failure)") }
  return failures.isEmpty
}

/// Prints a line at once, also into a file.
func tell(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
