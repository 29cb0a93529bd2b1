import Foundation

#if os(Linux)
  /// A terminal for a program to write to.
  final class Terminal {
    /// The end that the program gets.
    let output: FileHandle
    private let screen: Int32

    // Linux's `TIOCSPTLCK` and `TIOCGPTN`, which are too complicated as macros for Swift to see.
    private static let unlock = UInt(0x4004_5431)
    private static let getNumber = UInt(0x8004_5430)

    init(columns: UInt16) throws {
      screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
      var (lock, number) = (Int32(0), Int32(0))
      guard screen >= 0, ioctl(screen, Self.unlock, &lock) == 0, ioctl(screen, Self.getNumber, &number) == 0 else {
        throw POSIXError(.ENXIO)
      }
      let descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      guard descriptor >= 0, ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENXIO) }
    }

    deinit { close(screen) }

    /// All that the program writes until it ends.
    func text(of running: RunningProgram) -> String {
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let hasEnded = !running.process.isRunning
        let count = read(screen, &buffer, buffer.count)
        if count > 0 {
          text += buffer[..<count]
        } else if hasEnded {
          return String(decoding: text, as: UTF8.self)
        } else {
          usleep(2_000)
        }
      }
    }
  }
#endif
