import Foundation

/// Numbers as people read them.
enum Figures {
  /// `0.0834`; `count` digits after the point.
  static func decimal(_ number: Double, _ count: Int = 4) -> String {
    String(format: "%.\(count)f", number)
  }

  /// `12,345`, `123`, `12.3`, `0.00123`: three digits, or all before the point.
  static func significant(_ number: Double) -> String {
    guard number.isFinite, number > 0, number < 1e15 else { return number == 0 ? "0" : "\(number)" }
    guard number < 99.95 else { return grouped(Int(number.rounded())) }
    return decimal(number, 2 - Int(log10(number).rounded(.down)))
  }

  /// `30.9 MB`.
  static func megabytes(_ bytes: Int) -> String { "\(decimal(Double(bytes) * 1e-6, 1)) MB" }

  /// `97.49 %`.
  static func percent(_ fraction: Double, _ count: Int = 2) -> String { "\(decimal(fraction * 100, count)) %" }

  /// `42 s`, `3:05 min`, `1:02:03 h`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    if hours > 0 { return String(format: "%d:%02d:%02d h", hours, minutes, rest) }
    return minutes > 0 ? String(format: "%d:%02d min", minutes, rest) : "\(rest) s"
  }

  /// `25,557,032`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    let parts = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
    return parts.reversed().joined(separator: ",")
  }

  /// `text` with spaces before it up to `width` characters.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// `text` with spaces after it up to `width` characters, or cut to them.
  static func left(_ text: String, _ width: Int) -> String {
    text.count > width
      ? String(text.prefix(max(0, width - 1))) + "…" : text + String(repeating: " ", count: width - text.count)
  }
}
