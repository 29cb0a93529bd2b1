import Drawing
import Foundation

// gallery [--output FOLDER] [TOPIC…]: draws all topics, or those named, and the page that shows all that were drawn so far.

let allTopics = chapters.flatMap(\.topics)
// Names in British spelling are understood, too.
var wanted = CommandLine.arguments.dropFirst().map {
  $0.replacing("initialisation", with: "initialization").replacing("optimisers", with: "optimizers")
}
var output = ".build/gallery"
if let place = wanted.firstIndex(of: "--output"), place + 1 < wanted.count {
  output = wanted[place + 1]
  wanted.removeSubrange(place...(place + 1))
}
if let unknown = wanted.first(where: { name in !allTopics.contains { $0.name == name } }) {
  tell("there is no topic '\(unknown)'; there are:")
  for topic in allTopics { tell("  \(topic.name): \(topic.title)") }
  exit(64)
}
let folder = URL(filePath: output)
let chosen = wanted.isEmpty ? allTopics : allTopics.filter { wanted.contains($0.name) }
var failureCount = 0
for topic in chosen {
  failureCount += draw(topic, in: folder) ? 0 : 1
}
let page = try Index(chapters: chapters, folder: folder).write()
tell("\(chosen.count - failureCount) of \(chosen.count) topics; open \(page.path)")
exit(failureCount == 0 ? 0 : 1)
