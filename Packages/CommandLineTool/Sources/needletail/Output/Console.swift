import Foundation

/// What the program writes to, and what is on its other end.
enum Console {
  /// A line on standard output.
  static func print(_ text: String) { write(text + "\n") }

  /// Text on standard output, at once. What a full disk or closed pipe does not take is lost; the run goes on.
  static func write(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// A line on standard error.
  static func complain(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("needletail: \(line)\n".utf8))
  }

  /// Whether standard output is a terminal that understands control sequences.
  static let isTerminal = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// The columns of the terminal; 80 where there is none.
  static var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
