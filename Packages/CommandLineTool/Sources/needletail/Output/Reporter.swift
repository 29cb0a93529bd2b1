import Training

/// Shows a training as it goes.
protocol Reporter: AnyObject {
  /// A remark before the start.
  func say(_ text: String)
  /// The run is about to begin or to go on.
  func start(_ run: TrainingRun)
  /// Something happened in the run.
  func report(_ event: TrainingEvent)
  /// The run has ended.
  func end(_ run: TrainingRun, _ outcome: TrainingRun.Outcome)
  /// There was nothing left to do.
  func alreadyFinished(_ folder: RunFolder, _ record: RunRecord)
}

/// Says nothing.
final class QuietReporter: Reporter {
  func say(_ text: String) {}
  func start(_ run: TrainingRun) {}
  func report(_ event: TrainingEvent) {}
  func end(_ run: TrainingRun, _ outcome: TrainingRun.Outcome) {}
  func alreadyFinished(_ folder: RunFolder, _ record: RunRecord) {}
}

/// Lets something through at most once in a span of time.
struct Throttle {
  private let interval: Duration
  private var last: ContinuousClock.Instant?

  init(seconds: Double) { interval = .seconds(seconds) }

  /// Whether the span has passed since it was last true.
  mutating func isDue() -> Bool {
    let now = ContinuousClock.now
    if let last, now - last < interval { return false }
    last = now
    return true
  }
}
