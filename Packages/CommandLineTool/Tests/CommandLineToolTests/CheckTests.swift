import Foundation
import Testing

/// `check` and `rate`: what is looked at before a training.
struct CheckTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  @Test func aSoundNetworkPasses() throws {
    let result = try place.program.run("check", "--model", "lenet5", "--dataset", "digits")
    #expect(result.status == 0, "\(result.complaint)\(result.output)")
    #expect(result.lines.prefix(3).allSatisfy { $0.hasPrefix("✔ ") })
    #expect(result.lines[0].contains("expected about 2.3"))
    #expect(result.lines[1].contains("16 of 16 images known"))
    #expect(result.output.contains("features.0.weight") && result.output.contains("saturated"))
    #expect(place.names().isEmpty)
  }

  @Test func oneObjectOfNumbers() throws {
    let result = try place.program.run("check", "lenet5", "--dataset", "digits", "--json", "--seed", "3")
    let object = try #require(result.objects.first ?? nil)
    #expect(result.lines.count == 1)
    #expect(object["passes"] as? Bool == true)
    let loss = try #require(object["initialLoss"] as? [String: Any])
    #expect(abs((loss["expected"] as? Double ?? 0) - log(10)) < 1e-9)
    #expect((object["layers"] as? [Any])?.count == 11)
    #expect((object["parameters"] as? [Any])?.count == 10)
    #expect((object["warnings"] as? [Any])?.isEmpty == true)
  }

  /// One step is not enough to learn sixteen digits by heart.
  @Test func aFailedCheckIsCodeOne() throws {
    let result = try place.program.run("check", "lenet5", "--dataset", "digits", "--steps", "1")
    #expect(result.status == 1)
    #expect(result.lines[1].hasPrefix("✘ learning"))
    #expect(result.oneLine?.contains("found it failing learning by heart") == true, "\(result.complaint)")
  }

  @Test func aRateIsFoundAndDrawn() throws {
    let arguments = ["rate", "--model", "lenet5", "--dataset", "digits", "--steps", "60"]
    let json = try place.program.start(arguments + ["--json"]).result()
    #expect(json.status == 0, "\(json.complaint)")
    let object = try #require(json.objects.first ?? nil)
    let rate = try #require(object["suggestion"] as? Double)
    // LeNet-5 learns the digits well at 0.15.
    #expect((0.005...1).contains(rate))
    let points = try #require(object["points"] as? [[String: Any]])
    #expect((20...60).contains(points.count))
    #expect(abs((points[0]["rate"] as? Double ?? 0) - 1e-6) < 1e-12)
    let text = try place.program.start(arguments).result()
    #expect(text.lines.contains { $0.contains("●") })
    #expect(text.lines.last?.contains("try --learning-rate \(String(format: "%.2g", rate))") == true)
    #expect(place.names().isEmpty)
  }

  @Test(
    arguments: [
      (["check", "lenet", "--dataset", "digits"], "did you mean lenet5"), (["check", "lenet5"], "--dataset"),
      (["check", "--dataset", "digits"], "--model: expected one of"), (["rate", "--dataset", "digits"], "--model"),
      (["check", "--model", "lenet5", "lenet28", "--dataset", "digits"], "found 'lenet5' and 'lenet28'"),
      (["check", "lenet5", "--dataset", "digits", "--image-size", "40"], "--image-size is for --dataset folder"),
      (["rate", "lenet5", "--dataset", "digits", "--skip-broken"], "--skip-broken is for --dataset folder"),
      (["check", "lenet5", "--dataset", "digit"], "did you mean digits"),
      (["check", "lenet5", "--dataset", "mnist"], "--data"),
      (["check", "unet", "--dataset", "digits"], "gives an image one class, found 'unet'"),
      (["check", "lenet5", "--dataset", "digits", "--steps", "0"], "whole number from 1"),
      (["check", "lenet5", "--dataset", "digits", "--batch-size", "1"], "whole number from 2"),
      (["rate", "lenet5", "--dataset", "digits", "--from", "1", "--to", "0.1"], "expected a rate above --from"),
      (["rate", "lenet5", "--dataset", "digits", "--learning-rate", "1"], "is what is looked for"),
      (["rate", "lenet5", "--dataset", "digits", "--steps", "3"], "whole number from 10"),
      (["rate", "lenet5", "--dataset", "digits", "--optimizer", "sdg"], "expected one of sgd, adam"),
    ] as [([String], String)])
  func refuses(arguments: [String], words: String) throws {
    let result = try place.program.start(arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
