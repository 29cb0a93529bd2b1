import Foundation
import Testing
import Training

/// `train` with networks of other sizes of input, other losses and other outputs.
struct NetworkInputTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private struct Plan: Decodable { let settings: RunSettings }

  private func settings(_ model: String, _ options: [String] = []) throws -> RunSettings {
    let result = try place.program.start(
      ["train", "--dry-run", "--json", "--model", model, "--dataset", "digits"] + options
    ).result()
    #expect(result.status == 0, "\(model): \(result.complaint)")
    return try JSONDecoder().decode(Plan.self, from: Data(result.output.utf8)).settings
  }

  /// The digits of 8×8 become what a network takes: 32×32 where it takes that, else the size of its paper.
  @Test(
    arguments: [
      ("lenet5", 32), ("resnet20", 32), ("lenet28", 28), ("capsnet", 28), ("capsnet-lite", 32), ("p4cnn", 32),
      ("ciresan-2012", 95), ("ciresan-lite", 21), ("zfnet", 224),
    ] as [(String, Int)])
  func digitsAreResized(model: String, side: Int) throws {
    #expect(try settings(model).preprocessing.outputShape == [1, side, side])
  }

  @Test func capsulesHaveTheirLoss() throws {
    let capsules = try settings("capsnet-lite")
    #expect(capsules.loss == .capsuleMargin && capsules.labelSmoothing == 0)
    #expect(try settings("lenet5").loss == .crossEntropy)
    let refused = try place.program.start(
      ["train", "--model", "capsnet", "--dataset", "digits", "--label-smoothing", "0.1"]
    ).result()
    #expect(refused.status == 64)
    #expect(refused.oneLine?.contains("--label-smoothing: expected 0 with the loss capsule-margin") == true)
  }

  /// The margin loss of ten capsules that are too short begins below (0.9)² + 9 · 0.5 · 0.9² and falls.
  @Test func capsulesLearn() throws {
    let result = try place.program.start([
      "train", "--model", "capsnet-lite", "--dataset", "digits", "--epochs", "2", "--output", "run", "--json",
    ]).result()
    #expect(result.status == 0, "\(result.complaint)")
    let record = try RunFolder(place.path + "/run").readRecord()
    #expect(record.testAccuracy > 0.8, "\(record.testAccuracy)")
    #expect(record.epochs[1].trainingLoss < record.epochs[0].trainingLoss)
    let again = try place.program.run("evaluate", "run", "--json")
    let loss = try #require(again.objects.first??["testLoss"] as? Double)
    // Not every reader of JSON rounds to the nearest number.
    #expect(abs(loss - record.testLoss) < 1e-12)
  }

  @Test func refusesNetworksOfPixels() throws {
    let result = try place.program.run("train", "--model", "unet", "--dataset", "digits")
    #expect(result.status == 64)
    #expect(result.oneLine?.contains("'unet', which gives each pixel one") == true, "\(result.complaint)")
  }
}
