import ArgumentParser
import Training

/// How a new run's learning rate changes.
struct ScheduleOptions: ParsableArguments {
  enum Course: String, CaseIterable, ExpressibleByArgument {
    case constant, step, milestones, exponential, linear, polynomial, cosine, restarts, plateau
    case oneCycle = "one-cycle"
    case inverseSquareRoot = "inverse-square-root"
    case inverseTime = "inverse-time"
  }

  @Option(
    help: """
      How the learning rate changes; step divides it by 10 after each third of the run, plateau when validation no \
      longer gets better. (default: cosine)
      """)
  var schedule: Course?

  @Option(
    parsing: .unconditional,
    help: "The epochs between two steps, or to the first restart. (default: a third of the run)",
    transform: Numbers.whole(in: Limits.epochs))
  var scheduleEpochs: Int?

  @Option(
    parsing: .unconditional,
    help: """
      What steps, milestones and plateaus multiply the rate by, or exponential in each epoch. (default: 0.1; 0.9)
      """,
    transform: Numbers.positive)
  var scheduleFactor: Double?

  @Option(
    parsing: .unconditional, help: "How polynomial falls. (default: 2)", transform: Numbers.positive)
  var schedulePower: Double?

  @Option(
    parsing: .unconditional, help: "The epochs without better validation that plateau bears. (default: 3)",
    transform: Numbers.whole(in: 0...Limits.epochs.upperBound))
  var schedulePatience: Int?

  @Option(
    parsing: .unconditional,
    help: "By what share of the best validation must be better for plateau. (default: 0.0001)",
    transform: Numbers.fraction)
  var scheduleThreshold: Double?

  @Option(
    parsing: .unconditional, help: "The epochs after a fall of the rate that plateau does not count. (default: 0)",
    transform: Numbers.whole(in: 0...Limits.epochs.upperBound))
  var scheduleCooldown: Int?

  @Option(
    parsing: .unconditional, help: "k of inverse-time, in epochs: the rate is divided by 1 + k t. (default: 1)",
    transform: Numbers.notNegative)
  var scheduleDecay: Double?

  @Option(
    parsing: .unconditional, help: "By how much each restart is later than the one before. (default: 1)",
    transform: Numbers.whole(in: 1...100))
  var scheduleGrowth: Int?

  @Option(
    help: ArgumentHelp("The ends of the epochs after which milestones multiply, as 30,60.", valueName: "epochs"),
    transform: Numbers.list(in: Limits.epochs))
  var milestones: [Int]?

  @Option(
    parsing: .unconditional, help: "What the rate falls to, where it falls to something. (default: 0)",
    transform: Numbers.notNegative)
  var finalRate: Double?

  @Option(
    parsing: .unconditional, help: "In how many epochs the rate rises from 0 first. (default: none)",
    transform: Numbers.whole(in: Limits.epochs))
  var warmupEpochs: Int?

  func validate() throws {
    let course = schedule ?? .cosine
    let options = course.options
    if let other = given.first(where: { !options.contains($0) }) {
      throw ValidationError("\(other) does not go with --schedule \(course.rawValue)")
    }
    if course == .milestones && milestones == nil {
      throw ValidationError("--schedule milestones needs --milestones, the epochs")
    }
  }

  /// The schedule of a run of so many epochs; plateaus are those of `figure`.
  func settings(epochs: Int, watching figure: WatchedFigure) -> ScheduleSettings {
    guard let warmupEpochs else { return course(epochs: epochs, figure) }
    return .warmup(epochs: warmupEpochs, then: course(epochs: max(1, epochs - warmupEpochs), figure))
  }

  private func course(epochs: Int, _ figure: WatchedFigure) -> ScheduleSettings {
    let (interval, final) = (scheduleEpochs ?? (epochs + 2) / 3, finalRate ?? 0)
    return switch schedule ?? .cosine {
    case .constant: .constant
    case .step: .step(epochs: interval, factor: scheduleFactor ?? 0.1)
    case .milestones: .milestones(epochs: milestones ?? [], factor: scheduleFactor ?? 0.1)
    case .exponential: .exponential(factor: scheduleFactor ?? 0.9)
    case .linear: .polynomial(power: 1, finalRate: final)
    case .polynomial: .polynomial(power: schedulePower ?? 2, finalRate: final)
    case .cosine: .cosine(finalRate: final)
    case .restarts: .restarts(epochs: interval, growth: scheduleGrowth ?? 1, finalRate: final)
    case .oneCycle: .oneCycle
    case .inverseSquareRoot: .inverseSquareRoot
    case .inverseTime: .inverseTime(decay: scheduleDecay ?? 1)
    case .plateau:
      .plateau(
        factor: scheduleFactor ?? 0.1, patience: schedulePatience ?? 3, watching: figure, finalRate: final,
        threshold: scheduleThreshold, cooldown: scheduleCooldown)
    }
  }
}

extension ScheduleOptions.Course {
  /// The options that go with it.
  fileprivate var options: Set<String> {
    let own: [String] =
      switch self {
      case .constant, .oneCycle, .inverseSquareRoot: []
      case .step: ["--schedule-epochs", "--schedule-factor"]
      case .milestones: ["--milestones", "--schedule-factor"]
      case .exponential: ["--schedule-factor"]
      case .linear, .cosine: ["--final-rate"]
      case .polynomial: ["--schedule-power", "--final-rate"]
      case .restarts: ["--schedule-epochs", "--schedule-growth", "--final-rate"]
      case .inverseTime: ["--schedule-decay"]
      case .plateau:
        ["--schedule-factor", "--schedule-patience", "--schedule-threshold", "--schedule-cooldown", "--final-rate"]
      }
    return Set(own + ["--schedule", "--warmup-epochs"])
  }
}
