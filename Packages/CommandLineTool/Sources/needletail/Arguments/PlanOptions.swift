import ArgumentParser
import Optimizers
import Training

/// What a new run does beside taking steps: see `TrainingPlan`.
struct PlanOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The share of the training images that is held out to choose by. (default: none but the data set's own)",
    transform: Numbers.fraction)
  var validation: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("End after so many epochs in a row without better validation.", valueName: "epochs"),
    transform: Numbers.whole(in: Limits.epochs))
  var earlyStopping: Int?

  @Option(
    parsing: .unconditional,
    help: "By how much validation must be better for --early-stopping. (default: 0)", transform: Numbers.notNegative)
  var minimumChange: Double?

  @Option(help: "What of validation counts, for --early-stopping and --schedule plateau. (default: loss)")
  var watch: WatchedFigure?

  @Option(help: "The weights that become model.safetensors. (default: best with --early-stopping, else last)")
  var keep: KeptWeights?

  @Option(
    parsing: .unconditional,
    help: "Parts that a step's images are calculated in, one after the other, to need less memory. (default: 1)",
    transform: Numbers.whole(in: Limits.batchSize))
  var accumulation: Int?

  @Option(
    parsing: .unconditional, help: "The largest norm of all gradients together. (default: none)",
    transform: Numbers.positive)
  var clipNorm: Double?

  @Option(
    parsing: .unconditional, help: "The largest size of a gradient's element. (default: none)",
    transform: Numbers.positive)
  var clipValue: Double?

  @Flag(help: "Change weights before gradients are looked at for NaN: less memory, and weights may be lost to one.")
  var uncheckedGradients = false

  @Option(
    help: "Measure and save an average of the weights: over the steps, or over the ends of epochs. (default: none)")
  var average: Average?

  @Option(
    parsing: .unconditional, help: "How much of an exponential average stays in each step. (default: 0.999)",
    transform: Numbers.fraction)
  var averageDecay: Double?

  @Option(
    parsing: .unconditional, help: "The epoch in which the average begins. (default: 1)",
    transform: Numbers.whole(in: Limits.epochs))
  var averageFrom: Int?

  @Option(
    help: ArgumentHelp(
      "Layers that do not learn, by the names of their parameters, with commas between; in some epochs: conv1:1-5.",
      valueName: "layers"),
    transform: LayerChoices.frozen)
  var freeze: [FrozenLayers]?

  @Option(
    help: ArgumentHelp(
      "Layers whose learning rate is multiplied by a factor, with commas between: conv1=0.1,fc3=2.", valueName: "layers"
    ),
    transform: LayerChoices.rates)
  var layerRate: [LayerRate]?

  @Option(
    parsing: .unconditional, help: "The most steps. (default: those of all epochs)",
    transform: Numbers.whole(in: Limits.steps))
  var stepBudget: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most time for training, without what it was stopped for. (default: any)", valueName: "seconds"),
    transform: Numbers.positive)
  var timeBudget: Double?

  @Option(
    help: ArgumentHelp(
      "What images are measured by beside loss and accuracy, with commas between: \(Metrics.names). (default: nothing)",
      valueName: "names"),
    transform: LayerChoices.metrics)
  var metrics: [String]?

  /// Over what weights are averaged.
  enum Average: String, CaseIterable, ExpressibleByArgument { case exponential, equal }

  func validate() throws {
    if clipNorm != nil && clipValue != nil { throw ValidationError("--clip-norm and --clip-value exclude each other") }
    if minimumChange != nil && earlyStopping == nil {
      throw ValidationError("--minimum-change is for --early-stopping")
    }
    if averageDecay != nil && average != .exponential {
      throw ValidationError("--average-decay is for --average exponential")
    }
    if averageFrom != nil && average == nil { throw ValidationError("--average-from is for --average") }
  }

  /// The plan.
  var plan: TrainingPlan {
    TrainingPlan(
      earlyStopping: earlyStopping.map {
        EarlyStopping(patience: $0, minimumChange: minimumChange ?? 0, watching: watch ?? .loss)
      },
      accumulation: accumulation ?? 1,
      clipping: clipNorm.map { .norm($0) } ?? clipValue.map { .value($0) },
      average: average.map { AveragePlan(rule($0), from: averageFrom ?? 1) },
      frozen: freeze ?? [], layerRates: layerRate ?? [], stepBudget: stepBudget, timeBudget: timeBudget,
      checksGradients: !uncheckedGradients)
  }

  private func rule(_ average: Average) -> WeightAverage.Rule {
    average == .equal ? .equal : .exponential(decay: averageDecay ?? 0.999)
  }
}

extension WatchedFigure: @retroactive ExpressibleByArgument {}
extension KeptWeights: @retroactive ExpressibleByArgument {}

/// Reads names of layers and metrics from arguments.
enum LayerChoices {
  /// `conv1,conv2:1-5`.
  static func frozen(_ text: String) throws -> [FrozenLayers] {
    try parts(text, "layers, as conv1 or conv1:1-5 for epochs").map { part in
      let pieces = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard pieces.count == 2 else { return FrozenLayers(part) }
      let numbers = pieces[1].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = numbers[0], let last = numbers.count == 1 ? first : numbers[1], numbers.count <= 2,
        first <= last, Limits.epochs.contains(first), Limits.epochs.contains(last)
      else { throw ValidationError("expected epochs after the layer, as conv1:1-5") }
      return FrozenLayers(String(pieces[0]), epochs: first...last)
    }
  }

  /// `conv1=0.1,fc3=2`.
  static func rates(_ text: String) throws -> [LayerRate] {
    try parts(text, "layers with factors, as conv1=0.1").map { part in
      let pieces = part.split(separator: "=", omittingEmptySubsequences: false)
      guard pieces.count == 2, let factor = Double(pieces[1]), factor.isFinite, factor >= 0 else {
        throw ValidationError("expected layers with factors of at least 0, as conv1=0.1")
      }
      return LayerRate(String(pieces[0]), factor: factor)
    }
  }

  /// `top-5,perplexity`.
  static func metrics(_ text: String) throws -> [String] {
    let names = try parts(text, "names of metrics")
    for name in names {
      do throws(SettingsError) {
        _ = try Metrics.named(name)
      } catch {
        throw ValidationError("expected \(error.expected)")
      }
    }
    return names
  }

  private static func parts(_ text: String, _ expected: String) throws -> [String] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw ValidationError("expected \(expected)") }
    return parts
  }
}
