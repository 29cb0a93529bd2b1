import Datasets
import Foundation
import Models
import Training

/// What a run would do, without doing it.
struct PlannedRun: Encodable {
  private let settings: RunSettings
  private let parameters: Int
  private let trainingCount: Int
  private let validationCount: Int
  private let testCount: Int
  private let stepsPerEpoch: Int
  private let stepCount: Int
  private let output: String
  private let beginning: String?

  /// The plan of a run with settings that are valid; `output` nil for a new folder, `beginning` for random weights.
  init(_ settings: RunSettings, parameters: Int, _ data: DatasetSplits, output: String?, beginning: String?) {
    self.settings = settings
    self.parameters = parameters
    (trainingCount, testCount) = (data.training.count, data.test.count)
    validationCount = data.validation?.count ?? 0
    stepsPerEpoch = (trainingCount + settings.batchSize - 1) / settings.batchSize
    stepCount = min(stepsPerEpoch * settings.epochs, settings.plan.stepBudget ?? .max)
    self.beginning = beginning
    self.output = output ?? "runs/\(settings.model)-\(settings.dataset)-N"
  }

  func show(asJSON: Bool) {
    if asJSON { JSONLine.print(EventObject(event: "plan", content: self)) } else { Console.print(text) }
  }

  private var text: String {
    let schedule = settings.schedule.makeSchedule(
      learningRate: settings.learningRate, epochs: settings.epochs, stepsPerEpoch: stepsPerEpoch)
    let rates = [0, stepCount / 2, max(0, stepCount - 1)].map { String(format: "%.3g", schedule.rate(at: $0)) }
    let size = settings.preprocessing.outputShape.map(String.init).joined(separator: "x")
    return """
      would train \(settings.model) of \(Figures.grouped(parameters)) parameters on \(settings.dataset): \
      \(Figures.grouped(trainingCount)) training\(validation) and \(Figures.grouped(testCount)) test images as \(size), \
      \(settings.classCount) classes
      \(PlanText.epochs(settings.epochs)) of \(Figures.grouped(stepsPerEpoch)) steps of up to \(settings.batchSize) images, \
      \(Figures.grouped(stepCount)) steps in all
      optimizer \(settings.optimizer.name)\(numbers); schedule \(settings.schedule.name), learning rate \(rates[0]) at first, \
      \(rates[1]) in the middle, \(rates[2]) at the end\(falls)
      label smoothing \(settings.labelSmoothing), shift \(settings.shift), augmentation \
      \(settings.augmentation?.rawValue ?? "none"), seed \(settings.seed), threads \(settings.threads)
      \(([beginning].compactMap { $0 } + PlanText(settings).lines).map { $0 + "\n" }.joined())into \(output)
      """
  }

  private var validation: String { validationCount == 0 ? "" : ", \(Figures.grouped(validationCount)) validation" }

  private var falls: String {
    settings.schedule.plateau(learningRate: settings.learningRate).map {
      ", times \($0.factor) after more than \($0.patience) epochs without better validation"
    } ?? ""
  }

  private var numbers: String {
    let numbers: [(String, Double)] =
      switch settings.optimizer {
      case .sgd(let momentum, let nesterov, let weightDecay):
        [("momentum", momentum), ("weight decay", weightDecay)] + (nesterov ? [("nesterov", 1)] : [])
      case .adam(let beta1, let beta2, let epsilon): [("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)]
      case .adaptive(_, let numbers): numbers.named.map { ($0.name, $0.value) }
      }
    return numbers.map { ", \($0.0) \($0.1)" }.joined()
  }
}
