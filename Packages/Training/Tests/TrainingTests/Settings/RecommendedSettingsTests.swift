import Testing
import Training

struct RecommendedSettingsTests {
  @Test(arguments: ["digits", "mnist", "anything"], ["lenet5", "alexnet-lite", "vgg16_bn", "anything"])
  func areValid(name: String, model: String) throws {
    let choice = RecommendedSettings.forDataset(name, model: model)
    var settings = try MadeUpData.settings()
    settings.epochs = choice.epochs
    settings.batchSize = choice.batchSize
    settings.learningRate = choice.learningRate
    settings.optimizer = choice.optimizer
    settings.schedule = choice.schedule
    settings.labelSmoothing = choice.labelSmoothing
    settings.shift = choice.shift
    try settings.validate()
    #expect(RecommendedSettings.learningRateOfAdam > 0)
  }

  /// The first beginning that fits counts; batch normalisation throughout bears more than ReLU alone.
  @Test func networksThatDivergeGetSmallerRates() {
    let usual = RecommendedSettings.forDataset("digits").learningRate
    #expect(RecommendedSettings.rateFactor(of: "lenet5") == 1)
    #expect(RecommendedSettings.rateFactor(of: "unknown") == 1)
    #expect(RecommendedSettings.rateFactor(of: "lenet5-1998") < RecommendedSettings.rateFactor(of: "lenet28"))
    #expect(RecommendedSettings.rateFactor(of: "vgg16") < RecommendedSettings.rateFactor(of: "resnet18"))
    let rate = RecommendedSettings.forDataset("digits", model: "alexnet-lite").learningRate
    #expect(rate == usual * RecommendedSettings.rateFactor(of: "alexnet-lite"))
    #expect(rate < usual / 5)
    #expect(RecommendedSettings.learningRateOfAdam(for: "lenet5") == RecommendedSettings.learningRateOfAdam)
    #expect(RecommendedSettings.learningRateOfAdam(for: "lenet5-1998") == RecommendedSettings.learningRateOfAdam * 0.1)
  }

  /// Small residual networks learn as in their paper where images are augmented, handwriting at twice the rate; all others as
  /// ever.
  @Test func augmentedTrainingsAreLonger() throws {
    let choice = RecommendedSettings.forDataset("fashion-mnist", model: "resnet20", augmented: true)
    #expect(choice.epochs == 30 && choice.batchSize == 128 && choice.learningRate == 0.1)
    let usual = RecommendedSettings.forDataset("mnist").learningRate
    #expect(RecommendedSettings.forDataset("mnist", augmented: true).learningRate == 2 * usual)
    for (name, model) in [("fashion-mnist", "lenet5"), ("digits", "resnet20"), ("cifar10", "resnet18")] {
      #expect(
        RecommendedSettings.forDataset(name, model: model, augmented: true)
          == RecommendedSettings.forDataset(name, model: model), "\(name), \(model)")
    }
  }

  /// Lengths of capsules are no logits: their labels cannot be smoothed.
  @Test func capsulesHaveALossOfTheirOwn() throws {
    #expect(RecommendedSettings.loss(of: "capsnet-lite") == .capsuleMargin)
    #expect(RecommendedSettings.loss(of: "lenet5") == .crossEntropy)
    #expect(RecommendedSettings.forDataset("digits", model: "capsnet").labelSmoothing == 0)
    var settings = try MadeUpData.settings()
    settings.loss = .capsuleMargin
    settings.labelSmoothing = 0
    try settings.validate()
    settings.labelSmoothing = 0.1
    let error = #expect(throws: SettingsError.self) { try settings.validate() }
    #expect(error?.setting == "labelSmoothing")
  }
}
