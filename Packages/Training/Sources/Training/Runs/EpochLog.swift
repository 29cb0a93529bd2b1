/// `log.csv`: a line of figures for each epoch.
enum EpochLog {
  static let header =
    "epoch,step,learning_rate,training_loss,training_accuracy,test_loss,test_accuracy,seconds,images_per_second"

  /// The whole file. Numbers are written so that reading them gives the same bits.
  static func text(_ history: [EpochReport]) -> String {
    let lines = history.map { epoch in
      [
        "\(epoch.epoch)", "\(epoch.step)", "\(epoch.learningRate)", "\(epoch.trainingLoss)",
        "\(epoch.trainingAccuracy)", epoch.testLoss.map { "\($0)" } ?? "", epoch.testAccuracy.map { "\($0)" } ?? "",
        "\(epoch.seconds)", "\(epoch.imagesPerSecond)",
      ].joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
