import Foundation
import Testing
import Training

/// `--augment`.
struct AugmentTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private struct Plan: Decodable { let settings: RunSettings }

  private func settings(_ options: [String]) throws -> RunSettings {
    let result = try place.program.start(
      ["train", "--dry-run", "--json", "--model", "lenet5", "--dataset", "digits"] + options
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    return try JSONDecoder().decode(Plan.self, from: Data(result.output.utf8)).settings
  }

  /// The digits are shifted, with and without.
  @Test func digitsAreShifted() throws {
    #expect(try settings([]).augmentation == nil && settings([]).shift == 2)
    #expect(try settings(["--augment"]).augmentation == nil && settings(["--augment"]).shift == 2)
  }

  @Test func everyDataSetHasASuitableOne() {
    let expected: [(String, String?)] = [
      ("digits", nil), ("mnist", "handwriting"), ("kmnist", "handwriting"), ("emnist-letters", "handwriting"),
      ("fashion-mnist", "mirrored-crops"), ("cifar-10", "mirrored-crops"), ("cifar-100", "mirrored-crops"),
      ("folder", "photographs"),
    ]
    for (name, recipe) in expected {
      #expect(RecommendedSettings.augmentation(forDataset: name)?.rawValue == recipe, "\(name)")
    }
  }

  /// A run's own settings are kept.
  @Test func isNotForResumption() throws {
    let result = try place.program.run("train", "--resume", "x", "--augment")
    #expect(result.status == 64)
    #expect(result.oneLine?.contains("without --augment") == true)
  }
}
