import Training

/// Shows a training to a person: a line that renews itself on a terminal, plain lines in a pipe.
final class TextReporter: Reporter {
  private let isLive: Bool
  private var throttle: Throttle

  init(isLive: Bool) {
    self.isLive = isLive
    throttle = Throttle(seconds: isLive ? 0.1 : 10)
  }

  func say(_ text: String) { Console.print(text) }

  func start(_ run: TrainingRun) {
    let (settings, trainer) = (run.description.settings, run.trainer)
    let threads = settings.threads == 1 ? "1 thread" : "\(settings.threads) threads"
    let validation = trainer.validation.map { ", \($0.count) validation" } ?? ""
    Console.print(
      "\(settings.model) on \(settings.dataset): \(trainer.training.count) training\(validation) and "
        + "\(trainer.test?.count ?? 0) test images, \(PlanText.epochs(settings.epochs)) of \(trainer.stepsPerEpoch) steps, "
        + "\(threads), \(Machine.current.instructionSet)")
    if trainer.progress.step > 0 { Console.print("going on after step \(trainer.progress.step)") }
    // The first figure comes after an interval: before it there is nothing to go by.
    _ = throttle.isDue()
  }

  func report(_ event: TrainingEvent) {
    switch event {
    case .step(let step): if throttle.isDue() { progress(ProgressLine.text(step, width: isLive ? room : .max)) }
    case .evaluating(let measured):
      if isLive && throttle.isDue() {
        progress("measuring: \(measured.done) of \(measured.total) \(measured.part) images")
      }
    case .epoch(let epoch): settle(ProgressLine.text(epoch))
    }
  }

  func end(_ run: TrainingRun, _ outcome: TrainingRun.Outcome) {
    switch outcome {
    case .finished(let record, let evaluation):
      PlanText.ending(record, kept: record.settings.keptWeights).forEach { Console.print($0) }
      Console.print("")
      Console.print(
        EvaluationText(evaluation, images: run.trainer.test?.dataset, classNames: record.settings.classNames).text)
      Console.print("\nin \(run.folder.path): \(files(of: run.folder))")
    case .stopped(let step):
      settle("stopped after step \(step) of \(run.trainer.stepCount); the checkpoint is written")
      Console.print("go on with: \(resumeCommand(run.folder.path))")
    }
  }

  func alreadyFinished(_ folder: RunFolder, _ record: RunRecord) {
    Console.print(
      "\(folder.path): this run is finished: \(PlanText.epochs(record.epochs.count)), "
        + "\(Figures.percent(record.testAccuracy)) of the test images recognised")
  }

  private func files(of folder: RunFolder) -> String {
    RunFolder.Name.allCases.filter(folder.has).map(\.rawValue).joined(separator: ", ")
  }

  /// A line that the next one replaces, where that is possible.
  private func progress(_ line: String) {
    isLive ? Console.write("\r\(line.prefix(room))\u{1B}[K") : Console.print(line)
  }

  /// The columns that a line may have; in the last one some terminals begin a new line.
  private var room: Int { max(1, Console.width - 1) }

  /// A line that stays.
  private func settle(_ line: String) {
    Console.print(isLive ? "\r\(line)\u{1B}[K" : line)
  }
}

/// The lines of a run under way.
enum ProgressLine {
  /// The figures of a step: the longest form that has at most `width` characters. Words are shortened first, then speed
  /// and accuracy left out.
  static func text(_ step: StepReport, width: Int = .max) -> String {
    let digits = "\(step.epochCount)".count
    let epoch = "epoch \(Figures.right("\(step.epoch)", digits))/\(step.epochCount)"
    let (batch, speed) = ("\(step.batch)/\(step.batchCount)", Figures.decimal(step.imagesPerSecond, 0))
    let (loss, accuracy) = ("loss \(Figures.decimal(step.epochLoss))", Figures.percent(step.epochAccuracy))
    let left = "\(Figures.duration(step.secondsLeft)) left"
    let forms = [
      [epoch, "step \(batch)", "\(speed) images/s", loss, "accuracy \(accuracy)", left],
      [epoch, batch, "\(speed) img/s", loss, "acc \(accuracy)", left],
      [epoch, batch, loss, "acc \(accuracy)", left], [epoch, batch, loss, left], [epoch, left], [left],
    ].map { $0.joined(separator: "  ") }
    return forms.first { $0.count <= width } ?? left
  }

  static func text(_ epoch: EpochReport) -> String {
    let validation =
      if let loss = epoch.validationLoss, let accuracy = epoch.validationAccuracy {
        "  validation loss \(Figures.decimal(loss))  validation accuracy \(Figures.percent(accuracy))"
      } else { "" }
    let test =
      if let loss = epoch.testLoss, let accuracy = epoch.testAccuracy {
        "  test loss \(Figures.decimal(loss))  test accuracy \(Figures.percent(accuracy))"
      } else { "" }
    return "epoch \(Figures.right("\(epoch.epoch)", 3))  loss \(Figures.decimal(epoch.trainingLoss))  "
      + "accuracy \(Figures.percent(epoch.trainingAccuracy))\(validation)\(test)\(metrics(epoch))  "
      + "\(Figures.decimal(epoch.imagesPerSecond, 0)) images/s"
  }

  /// Further figures, of the validation images where there are any, else of the test images.
  private static func metrics(_ epoch: EpochReport) -> String {
    let figures = epoch.validationMetrics ?? epoch.testMetrics ?? [:]
    return figures.sorted { $0.key < $1.key }.map { "  \($0.key) \(Figures.decimal($0.value))" }.joined()
  }
}
