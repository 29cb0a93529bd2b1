import Testing

extension ExitTest.Result? {
  /// Whether the stopped process wrote `text` to standard error.
  func says(_ text: String) -> Bool {
    String(decoding: self?.standardErrorContent ?? [], as: UTF8.self).contains(text)
  }
}
