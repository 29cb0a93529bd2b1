import Foundation
import TensorCore
import Testing
import Training

/// `predict` and `evaluate` with averaged answers, on two short trainings.
struct AveragingTests {
  private let place: TemporaryFolder

  init() throws {
    place = try TemporaryFolder()
    for (folder, seed) in [("run", "1"), ("other", "2")] {
      let result = try place.program.start(shortTraining + ["--output", folder, "--seed", seed, "--quiet"]).result()
      #expect(result.status == 0, "\(result.complaint)")
    }
    let digit = Array(try Digits().load().test.pixels.scalars.prefix(64))
    let mirrored: [UInt8] = (0..<64).map { (pixel: Int) -> UInt8 in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 8)
      return digit[row * 8 + 7 - column]
    }
    let pictures: [(String, [UInt8])] = [("digit.pgm", digit), ("mirrored.pgm", mirrored)]
    for (name, pixels) in pictures {
      try place.write(Array("P5\n8 8\n16\n".utf8) + pixels, to: name)
    }
  }

  /// What each class shown gets in the answer to an image.
  private func answer(_ arguments: [String], _ key: String = "probability") throws -> [Int: Double] {
    let result = try place.program.start(["predict"] + arguments + ["--json"]).result()
    #expect(result.status == 0, "\(result.complaint)")
    let guesses = try #require(result.objects.first??["predictions"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: guesses.compactMap { guess in
        guard let label = guess["label"] as? Int, let number = guess[key] as? Double else { return nil }
        return (label, number)
      })
  }

  private func expectMean(_ mean: [Int: Double], of parts: [[Int: Double]]) {
    #expect(mean.count == 5)
    var compared = 0
    for (label, probability) in mean where parts.allSatisfy({ $0[label] != nil }) {
      let expected = parts.reduce(0) { $0 + ($1[label] ?? 0) } / Double(parts.count)
      #expect(abs(probability - expected) < 1e-6)
      compared += 1
    }
    #expect(compared > 0)
  }

  @Test func anEnsembleIsTheMeanOfItsRuns() throws {
    let parts = [try answer(["run", "digit.pgm"]), try answer(["other", "digit.pgm"])]
    #expect(parts[0] != parts[1])
    expectMean(try answer(["run", "--ensemble", "other", "digit.pgm"]), of: parts)
    let text = try place.program.run("predict", "run", "--ensemble", "other", "digit.pgm")
    #expect(text.lines.dropFirst().allSatisfy { $0.contains(" % ± ") })
    let both = try place.program.run("evaluate", "run", "--ensemble", "other", "--json")
    #expect(both.status == 0, "\(both.complaint)")
    let alone = try place.program.run("evaluate", "run", "--ensemble", "run", "--json")
    let record = try RunFolder(place.path + "/run").readRecord()
    let loss = try #require(alone.objects.first??["testLoss"] as? Double)
    #expect(abs(loss - record.testLoss) < 1e-5)
    #expect(both.output != alone.output)
  }

  /// Crops as large as the image are the image, five times as it is and five times mirrored.
  @Test func cropsOfTheWholeAreTheImageAndItsMirrorImage() throws {
    let parts = [try answer(["run", "digit.pgm"]), try answer(["run", "mirrored.pgm"])]
    expectMean(try answer(["run", "--scales", "8", "digit.pgm"]), of: parts)
    let deviations = try answer(["run", "--scales", "8", "digit.pgm"], "deviation")
    for (label, deviation) in deviations {
      guard let first = parts[0][label], let second = parts[1][label] else { continue }
      #expect(abs(deviation - abs(first - second) / 2) < 1e-6)
    }
    let ten = try answer(["run", "--ten-crops", "digit.pgm"])
    #expect(try answer(["run", "--scales", "9", "digit.pgm"]) == ten)
    #expect(try answer(["run", "--scales", "9,12", "digit.pgm"]) != ten)
    let measured = try place.program.run("evaluate", "run", "--ten-crops")
    #expect(measured.status == 0, "\(measured.complaint)")
    #expect(measured.output.contains("Confusion matrix"))
  }

  @Test func refuses() throws {
    let cases: [([String], Int32, String)] = [
      (["predict", "run", "--scales", "7", "digit.pgm"], 64, "--scales: expected short sides in 8...16384"),
      (["predict", "run", "--scales", "9,x", "digit.pgm"], 64, "whole numbers from 1"),
      (["predict", "run", "--dropout-passes", "1", "digit.pgm"], 64, "whole number from 2"),
      (["predict", "run", "--dropout-passes", "9", "digit.pgm"], 64, "expected a network with dropout, found lenet5"),
      (["evaluate", "run", "--dropout-passes", "9"], 64, "expected a network with dropout, found lenet5"),
      (["predict", "run", "--ensemble", "none", "digit.pgm"], 1, "none"),
      (["evaluate", "run", "--ensemble", "none"], 1, "none"),
      (
        ["predict", "--model", "resnet18", "--weights", "w", "--ensemble", "run", "digit.pgm"], 64,
        "--ensemble is for a run's network"
      ),
    ]
    for (arguments, status, words) in cases {
      let result = try place.program.start(arguments).result()
      #expect(result.status == status)
      #expect(result.output.isEmpty)
      #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    }
  }

  @Test func dropoutSaysHowUnsureItIs() throws {
    let training = ["train", "--model", "alexnet-lite", "--dataset", "digits", "--epochs", "1", "--output", "dropped"]
    #expect(try place.program.start(training + ["--quiet"]).result().status == 0)
    let deviations = try answer(["dropped", "--dropout-passes", "20", "digit.pgm"], "deviation")
    #expect(deviations.count == 5)
    #expect(deviations.values.contains { $0 > 0.001 })
    #expect(try answer(["dropped", "digit.pgm"], "deviation").isEmpty)
  }
}
