import Testing
import Training

struct RecommendedSettingsTests {
  @Test(arguments: ["digits", "mnist", "anything"])
  func areValid(name: String) throws {
    let choice = RecommendedSettings.forDataset(name)
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
}
