/// `log.csv`: a line of figures for each epoch.
enum EpochLog {
  private static let figures = [
    "epoch", "step", "learning_rate", "training_loss", "training_accuracy", "test_loss", "test_accuracy",
  ]
  private static let times = ["seconds", "images_per_second"]

  /// The whole file. Numbers are written so that reading them gives the same bits; figures of validation images and further
  /// metrics have columns where there are any.
  static func text(_ history: [EpochReport]) -> String {
    let extra = columns(history)
    let header = figures + extra.map(\.name) + times
    let lines = history.map { epoch in
      let own: [String] = [
        "\(epoch.epoch)", "\(epoch.step)", "\(epoch.learningRate)", "\(epoch.trainingLoss)",
        "\(epoch.trainingAccuracy)", text(epoch.testLoss), text(epoch.testAccuracy),
      ]
      return own + extra.map { text($0.value(epoch)) } + ["\(epoch.seconds)", "\(epoch.imagesPerSecond)"]
    }
    return ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private typealias Column = (name: String, value: (EpochReport) -> Double?)

  /// The columns that not every training has.
  private static func columns(_ history: [EpochReport]) -> [Column] {
    guard let first = history.first else { return [] }
    let validation: [Column] =
      first.validationLoss == nil
      ? [] : [("validation_loss", \.validationLoss), ("validation_accuracy", \.validationAccuracy)]
    let further: [Column] = (first.validationMetrics ?? [:]).keys.sorted().map { name in
      ("validation_\(column(name))", { $0.validationMetrics?[name] })
    }
    let test: [Column] = (first.testMetrics ?? [:]).keys.sorted().map { name in
      ("test_\(column(name))", { $0.testMetrics?[name] })
    }
    return validation + further + test
  }

  /// `top_5` for `top-5`.
  private static func column(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
