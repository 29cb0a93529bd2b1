import Foundation

/// How fast work is going, with older steps counting less and less.
///
/// Sums of images and seconds fade by `exp(-dt / 5 s)`; their quotient starts right at the first step.
package struct Throughput {
  private static let memory = 5.0
  private var images = 0.0
  private var seconds = 0.0

  package init() {}

  /// Counts a step of `images` images that took `duration` seconds.
  package mutating func add(images count: Int, seconds duration: Double) {
    let fading = exp(-duration / Self.memory)
    images = images * fading + Double(count)
    seconds = seconds * fading + duration
  }

  /// Images per second; 0 before the first step.
  package var rate: Double { seconds > 0 ? images / seconds : 0 }

  /// The seconds that `count` further images take at this rate; nil before the first step.
  package func seconds(for count: Int) -> Double? { rate > 0 ? Double(count) / rate : nil }
}

/// Measures spans of time that follow each other.
struct Stopwatch {
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant

  init() { last = clock.now }

  /// The seconds since the last call, or since the start.
  mutating func lap() -> Double {
    let now = clock.now
    defer { last = now }
    return (now - last) / .seconds(1)
  }
}
