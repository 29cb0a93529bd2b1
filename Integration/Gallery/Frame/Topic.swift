/// A slide: a program that draws pictures and says what they show.
struct Topic: Sendable {
  /// The name for the program's arguments and for files.
  let name: String
  /// The heading.
  let title: String
  /// The file of the program, which the page shows.
  let source: String
  /// Draws; what the lectures give as a number is expected by ``Page/expect(_:_:near:within:places:)``.
  let draw: @Sendable (Page) throws -> Void

  init(
    _ name: String, _ title: String, source: String = #filePath, draw: @escaping @Sendable (Page) throws -> Void
  ) {
    (self.name, self.title, self.source, self.draw) = (name, title, source, draw)
  }
}

/// Topics that belong together.
struct Chapter: Sendable {
  let title: String
  let topics: [Topic]

  init(_ title: String, _ topics: [Topic]) { (self.title, self.topics) = (title, topics) }
}
