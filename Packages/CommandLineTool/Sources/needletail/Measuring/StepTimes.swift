/// How long the steps of a measurement took.
struct StepTimes: Sendable {
  /// Each step in seconds, in order.
  private(set) var seconds: [Double] = []

  /// The steps that are taken and not counted: memory is set aside in them and the caches are filled.
  private static let warmUpSteps = 2
  /// The fewest steps that are counted, however long they take.
  static let fewestSteps = 3

  /// Repeats `step` for about the given time, after warming up.
  init(repeating step: () throws -> Void, for duration: Double) rethrows {
    for _ in 0..<Self.warmUpSteps { try step() }
    let clock = ContinuousClock()
    let start = clock.now
    while seconds.count < Self.fewestSteps || (clock.now - start).seconds < duration {
      let before = clock.now
      try step()
      seconds.append((clock.now - before).seconds)
    }
  }

  /// Steps that were timed elsewhere, at least one.
  init(_ seconds: [Double]) { self.seconds = seconds }

  /// The number of steps.
  var count: Int { seconds.count }
  /// The shortest.
  var least: Double { seconds.min() ?? 0 }
  /// The one in the middle by length; of an even number, the mean of both.
  var median: Double {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
