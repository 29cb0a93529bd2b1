import Datasets

/// What to choose for a network on a data set where nothing is said: found for LeNet-5, with a learning rate that other networks
/// bear.
///
/// The numbers for the digits were found by cross-validation within the training images: each quarter was held out once, with
/// three seeds, and a network trained on the rest. Their test images took no part. Without shifts and smoothing the held-out
/// images were recognised to 98.0 %, with smoothing to 98.6 %, with both to 99.4 %.
public struct RecommendedSettings: Sendable, Hashable {
  /// The number of passes through the training images.
  public let epochs: Int
  /// The number of images in a step.
  public let batchSize: Int
  /// The learning rate of SGD before the schedule changes it.
  public let learningRate: Double
  /// How much of the last step goes on.
  public let momentum: Double
  /// How strongly weights shrink.
  public let weightDecay: Double
  /// How the learning rate changes.
  public let schedule: ScheduleSettings
  /// The part of each label that is spread over all classes.
  public let labelSmoothing: Double
  /// The most pixels that a training image is shifted by along each axis.
  public let shift: Int

  /// The update rule with its numbers.
  public var optimizer: OptimizerSettings { .sgd(momentum: momentum, nesterov: false, weightDecay: weightDecay) }

  /// The choice for a data set and a network, by their names.
  ///
  /// Few images (`digits`) want small batches, and all that keeps a network from learning them by heart: shifts, smoothed
  /// labels, a strong decay of the weights. The 60,000 of the MNIST family, and sets that are not known, do without. A folder's
  /// images are taken to be few and large.
  ///
  /// The learning rate is LeNet-5's times ``rateFactor(of:)``.
  ///
  /// Distorted handwriting bears twice the rate: of 10,000 of MNIST's training images that were held out LeNet-5 then got 0.66 and
  /// 0.65 % wrong with two seeds, before that 0.67 and 0.77 %.
  ///
  /// Small residual networks on small pictures that are augmented learn as in their paper, in fewer epochs: batches of 128, a rate
  /// of 0.1.
  ///
  /// - Parameters:
  ///   - name: the data set.
  ///   - model: the network. Default: LeNet-5.
  ///   - augmented: whether images are changed as ``augmentation(forDataset:)`` says. Default false.
  public static func forDataset(
    _ name: String, model: String = "lenet5", augmented: Bool = false
  ) -> RecommendedSettings {
    let factor = rateFactor(of: model)
    if augmented, augmentation(forDataset: name) == .mirroredCrops, isSmallResidual(model) {
      return RecommendedSettings(
        epochs: 30, batchSize: 128, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, schedule: .cosine,
        labelSmoothing: 0, shift: 0)
    }
    let isDistorted = augmented && augmentation(forDataset: name) == .handwriting
    return switch name {
    case "digits":
      RecommendedSettings(
        epochs: 30, batchSize: 32, learningRate: 0.15 * factor, momentum: 0.9, weightDecay: 3e-3, schedule: .cosine,
        labelSmoothing: loss(of: model) == .crossEntropy ? 0.1 : 0, shift: 2)
    case ImageFolder.name:
      RecommendedSettings(
        epochs: 20, batchSize: 16, learningRate: 0.03 * factor, momentum: 0.9, weightDecay: 5e-4, schedule: .cosine,
        labelSmoothing: 0, shift: 0)
    default:
      RecommendedSettings(
        epochs: 12, batchSize: 64, learningRate: (isDistorted ? 0.1 : 0.05) * factor, momentum: 0.9, weightDecay: 5e-4,
        schedule: .cosine,
        labelSmoothing: 0, shift: 0)
    }
  }

  /// Whether it is one of the residual networks for 32×32 images, or a plain counterpart.
  private static func isSmallResidual(_ model: String) -> Bool {
    ["resnet", "plain", "preact_resnet"].contains { prefix in
      ["20", "32", "44", "56", "110", "164"].contains { model == prefix + $0 }
    }
  }

  /// What is changed at random in a data set's training images, by its name, where that is asked for; nil where shifts are all
  /// (`digits`).
  ///
  /// Characters are distorted, since their mirror images would be others; small pictures are mirrored and moved; folders are
  /// taken to hold photographs.
  public static func augmentation(forDataset name: String) -> AugmentationRecipe? {
    switch name {
    case "digits": nil
    case "fashion-mnist": .mirroredCrops
    case ImageFolder.name: .photographs
    default: name.hasPrefix("cifar") ? .mirroredCrops : .handwriting
    }
  }

  /// What a network is trained by: the margin loss for capsule networks, whose outputs are lengths, cross-entropy for all others.
  public static func loss(of model: String) -> TrainingLoss {
    model.hasPrefix("capsnet") ? .capsuleMargin : .crossEntropy
  }

  /// How much of LeNet-5's learning rate a network bears; 1 for names that are not known.
  ///
  /// Deep networks diverge at the rate that LeNet-5 with its bounded tanh learns best with: those with batch normalisation
  /// throughout learn well at a third of it, those with wide layers of ReLU alone at a tenth. Outputs that are squared
  /// distances have steep slopes.
  public static func rateFactor(of model: String) -> Double {
    rateFactors.first { model.hasPrefix($0.prefix) }?.factor ?? 1
  }

  private static let normalized = 1.0 / 3

  /// By the beginning of the name; the first that fits counts.
  private static let rateFactors: [(prefix: String, factor: Double)] = [
    ("lenet5-1998", 0.02), ("lenet28", 0.2), ("nin", 0.1), ("alexnet", 0.1), ("zfnet", 0.1), ("vgg", 0.1),
    ("googlenet-2014", 0.03), ("googlenet", normalized), ("resnet", normalized), ("resnext", normalized),
    ("wide_resnet", normalized), ("preact_resnet", normalized), ("plain", normalized),
  ]

  /// The rate to begin with where Adam is chosen instead, for LeNet-5.
  public static let learningRateOfAdam = 0.002

  /// The rate to begin with where Adam is chosen instead: ``learningRateOfAdam`` times ``rateFactor(of:)``, but not less than
  /// a tenth, since Adam's steps do not grow with the slope.
  public static func learningRateOfAdam(for model: String) -> Double {
    learningRateOfAdam * max(rateFactor(of: model), 0.1)
  }
}
