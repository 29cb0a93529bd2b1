import Foundation
import Synchronization
import TensorCore

/// What the program writes to, and what is on its other end.
enum Console {
  /// A line on standard output.
  static func print(_ text: String) { write(text + "\n") }

  /// Text on standard output, at once. What a full disk or closed pipe does not take is lost; the run goes on.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Foundation.write(STDOUT_FILENO, rest.baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return failure.store(errno, ordering: .relaxed) }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  /// The number of the system's error when standard output took something no longer.
  private static let failure = Atomic<Int32>(0)

  /// Throws when something that was to be seen is lost. A reader who has gone has seen enough: that is no error.
  static func check() throws(FileError) {
    let code = failure.load(ordering: .relaxed)
    guard code != 0, code != EPIPE else { return }
    throw .system(file: "standard output", action: "write", reason: String(cString: strerror(code)))
  }

  /// Makes a closed pipe an error of writing instead of the end, and gives streams that are closed something to be, lest
  /// the next file that is opened become standard output.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
  }

  /// A line on standard error.
  static func complain(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("needletail: \(line)\n".utf8))
  }

  /// Whether standard output is a terminal that understands control sequences.
  static let isTerminal = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// Whether colours are wanted there: not where `NO_COLOR` says otherwise (no-color.org).
  static let hasColor = isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty

  /// The columns of the terminal; 80 where there is none.
  static var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
