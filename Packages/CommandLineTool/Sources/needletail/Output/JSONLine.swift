import Training

/// One JSON object in a line of standard output.
enum JSONLine {
  static func print(_ value: some Encodable) {
    guard let line = try? JSONText.encode(value, file: "standard output") else { return }
    Console.print(line)
  }
}

/// An object that says what it is in `event`, with the members of `content`.
struct EventObject<Content: Encodable>: Encodable {
  let event: String
  let content: Content

  private enum Key: String, CodingKey { case event }

  func encode(to encoder: any Encoder) throws {
    try content.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(event, forKey: .event)
  }
}
