import Foundation

/// The memory that this process has used.
enum PeakMemory {
  #if os(Linux)
    /// The largest resident size so far, in bytes; 0 where the system does not tell it.
    ///
    /// Not `getrusage`, whose figure survives from the program that started this one.
    static var bytes: Int {
      let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
  #else
    /// The largest resident size so far, in bytes.
    static var bytes: Int {
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    }
  #endif
}
