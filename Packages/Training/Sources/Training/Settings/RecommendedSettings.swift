/// What to choose for LeNet-5 on a data set where nothing is said; a fair start for other small networks.
///
/// The numbers for the digits were chosen by cross-validation within the training images: parts of a quarter held out,
/// five times, with a network trained on the rest. Their test images took no part.
public struct RecommendedSettings: Sendable, Hashable {
  /// The number of passes through the training images.
  public let epochs: Int
  /// The number of images in a step.
  public let batchSize: Int
  /// The learning rate before the schedule changes it.
  public let learningRate: Double
  /// The update rule with its numbers.
  public let optimizer: OptimizerSettings
  /// How the learning rate changes.
  public let schedule: ScheduleSettings

  /// The choice for a data set, by its name.
  ///
  /// Few images (`digits`) want small batches and a strong decay of the weights; the 60,000 of the MNIST family, and
  /// sets that are not known, larger batches and a weak one.
  public static func forDataset(_ name: String) -> RecommendedSettings {
    switch name {
    case "digits":
      RecommendedSettings(
        epochs: 30, batchSize: 16, learningRate: 0.1,
        optimizer: .sgd(momentum: 0.8, nesterov: false, weightDecay: 3e-3), schedule: .cosine)
    default:
      RecommendedSettings(
        epochs: 12, batchSize: 64, learningRate: 0.05,
        optimizer: .sgd(momentum: 0.9, nesterov: false, weightDecay: 5e-4), schedule: .cosine)
    }
  }

  /// The rate to begin with where Adam is chosen instead.
  public static let learningRateOfAdam = 0.002
}
