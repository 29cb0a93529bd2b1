import Training

/// What a run does beside taking steps, in lines for people.
struct PlanText {
  private let settings: RunSettings
  private var plan: TrainingPlan { settings.plan }

  init(_ settings: RunSettings) { self.settings = settings }

  /// A line for each kind of thing that was asked for.
  var lines: [String] { [ending, gradients, layers, weights, metrics].compactMap { $0 } }

  private var ending: String? {
    let stopping = plan.earlyStopping.map {
      "\(Self.epochs($0.patience)) without a better validation \($0.watching.rawValue)"
        + ($0.minimumChange > 0 ? " (by more than \($0.minimumChange))" : "")
    }
    let budgets = [
      plan.stepBudget.map { "\(Figures.grouped($0)) steps" }, plan.timeBudget.map { Figures.duration($0) },
    ]
    return Self.line("ends early after", [stopping] + budgets, separator: " or ")
  }

  private var gradients: String? {
    let clipping =
      switch plan.clipping {
      case .norm(let largest)?: "norm at most \(largest)"
      case .value(let largest)?: "elements at most \(largest)"
      case nil: nil as String?
      }
    let parts = plan.accumulation > 1 ? "accumulated over \(plan.accumulation) parts of a step's images" : nil
    return Self.line("gradients:", [parts, clipping, plan.checksGradients ? nil : "not looked at for NaN"])
  }

  private var layers: String? {
    let frozen = plan.frozen.map { layers in
      let (first, last) = (layers.epochs.lowerBound, layers.epochs.upperBound)
      return "\(layers.name) frozen" + (last == .max ? "" : " in epochs \(first) to \(last)")
    }
    return Self.line("layers:", frozen + plan.layerRates.map { "\($0.name) at \($0.factor) times the rate" })
  }

  private var weights: String? {
    let average = plan.average.map { average in
      let kind =
        switch average.rule {
        case .equal: "mean over the ends of epochs"
        case .exponential(let decay, _): "exponential average with decay \(decay)"
        }
      return "\(kind) from epoch \(average.firstEpoch) on"
    }
    let kept = settings.keptWeights == .best ? "the best epoch's are kept" : nil
    return Self.line("weights:", [average, kept])
  }

  private var metrics: String? { Self.line("measured further:", settings.metrics) }

  private static func line(_ title: String, _ parts: [String?], separator: String = ", ") -> String? {
    let parts = parts.compactMap { $0 }
    return parts.isEmpty ? nil : "\(title) \(parts.joined(separator: separator))"
  }

  static func epochs(_ count: Int) -> String { count == 1 ? "1 epoch" : "\(count) epochs" }

  /// What a finished run has to say about its end.
  static func ending(_ record: RunRecord, kept: KeptWeights) -> [String] {
    let why: String? =
      switch record.ending {
      case .earlyStopping?:
        "ended early: no better validation \(record.settings.watched.rawValue) in "
          + epochs(record.settings.plan.earlyStopping?.patience ?? 0)
      case .stepBudget?: "ended after \(record.step) steps, its budget"
      case .timeBudget?: "ended after \(Figures.duration(record.seconds)), its budget of time"
      case nil: nil
      }
    let best = record.bestEpoch.map {
      "best epoch by validation \(record.settings.watched.rawValue): \($0)"
        + (kept == .best ? "; its weights are kept" : "")
    }
    return [why, best].compactMap { $0 }
  }
}
