import Foundation
import Models
import TensorCore
import Testing

/// `benchmark` of networks.
struct BenchmarkTests {
  private func measured(_ arguments: [String], environment: [String: String] = [:]) throws -> [String: Any] {
    var program = try TemporaryFolder().program
    program.environment = environment
    let result = try program.start(["benchmark"] + arguments + ["--json"]).result()
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.lines.count == 1)
    return try #require(result.objects.first ?? nil)
  }

  @Test(arguments: ["train", "infer"])
  func measuresSteps(mode: String) throws {
    let start = ContinuousClock.now
    let result = try measured(
      ["lenet5", "--batch-size", "8", "--mode", mode, "--threads", "2", "--seconds", "0.3"])
    let passed = ContinuousClock.now - start
    let rate = try #require(result["imagesPerSecond"] as? Double)
    let median = try #require(result["medianStepSeconds"] as? Double)
    let least = try #require(result["minStepSeconds"] as? Double)
    let steps = try #require(result["steps"] as? Int)
    #expect(abs(rate * median / 8 - 1) < 1e-9)
    #expect(least > 0 && least <= median)
    #expect(steps >= 3)
    // What is counted has happened, and lasted as long as was asked for.
    #expect(least * Double(steps) < Double(passed.components.seconds) + 1)
    #expect(passed > .seconds(0.3))
    #expect(result["threads"] as? Int == 2)
    #expect(result["instructionSet"] as? String == KernelForm.best.rawValue)
    #expect(result["model"] as? String == "lenet5" && result["mode"] as? String == mode)
    #expect(result["batchSize"] as? Int == 8)
  }

  /// Images that come from the loader are waited for a part of the time, a small one: steps take longer than batches.
  @Test(arguments: ["plain", "crops", "warps"])
  func measuresWaiting(loader: String) throws {
    let result = try measured(
      ["--model", "lenet5", "--batch-size", "16", "--loader", loader, "--threads", "2", "--seconds", "0.3"])
    let share = try #require(result["waitShare"] as? Double)
    #expect((0..<0.5).contains(share), "\(share)")
    #expect(result["loader"] as? String == loader && result["mode"] as? String == "train")
    #expect(try measured(["lenet5", "--batch-size", "2", "--seconds", "0.01"])["waitShare"] == nil)
    let text = try TemporaryFolder().program.run(
      "benchmark", "--model", "lenet5", "--batch-size", "2", "--loader", loader, "--seconds", "0.01")
    #expect(text.lines.count == 4 && text.lines.last?.hasPrefix("waiting for the loader's images: ") == true)
  }

  @Test func takesThreeStepsAtLeast() throws {
    let result = try measured(
      ["resnet18", "--batch-size", "1", "--mode", "infer", "--seconds", "1e-9"],
      environment: ["NEEDLETAIL_ISA": "portable", "NEEDLETAIL_THREADS": "1"])
    #expect(result["steps"] as? Int == 3)
    #expect(result["instructionSet"] as? String == "portable")
    #expect(result["threads"] as? Int == 1)
  }

  /// Memory holds the weights at least, in training the momentum beside them; a larger batch takes more. A prepared network
  /// keeps its weights in the order of the kernels, which may be larger.
  @Test func countsMemory() throws {
    func memory(_ mode: String, _ batchSize: Int) throws -> Int {
      let result = try measured(
        ["resnet18", "--batch-size", "\(batchSize)", "--mode", mode, "--seconds", "0.001"])
      return try #require(result["peakMemoryBytes"] as? Int)
    }
    let weights = try #require(ModelCatalog.entry(named: "resnet18")).facts.parameters * 4
    let (inference, training, larger) = (try memory("infer", 1), try memory("train", 1), try memory("train", 4))
    #expect(inference > weights)
    #expect(training > 2 * weights)
    // An image's outputs are at least 2·10⁶ numbers of which the gradients follow.
    #expect(larger > training + 3 * 8_000_000)
    #expect(larger < 2_000_000_000)
  }

  @Test func saysItInWords() throws {
    let result = try TemporaryFolder().program.run("benchmark", "lenet28", "--batch-size", "2", "--seconds", "0.01")
    #expect(result.status == 0)
    #expect(result.lines.count == 3)
    #expect(result.lines.first?.hasPrefix("lenet28, train, batch 2: ") == true)
    #expect(result.output.contains("images/s") && result.output.contains("median") && result.output.contains("MiB"))
  }

  @Test(
    arguments: [
      (["resnet19"], "did you mean resnet18"), ([], "model"), (["lenet5", "--batch-size", "0"], "whole number from 1"),
      (["lenet5", "--mode", "test"], "of train, infer"), (["lenet5", "--seconds", "0"], "seconds above 0"),
      (["lenet5", "--seconds", "-1"], "'-1'"), (["lenet5", "--seconds", "inf"], "'inf'"),
      (["lenet5", "--threads", "0"], "whole number from 1"), (["lenet5", "--batch-size", "4.5"], "'4.5'"),
      (["lenet5", "resnet18"], "resnet18"), (["--model", "lenet5", "resnet18"], "found 'lenet5' and 'resnet18'"),
      (["--model", "lenet5", "--loader", "crop"], "expected one of plain, crops, warps"),
      (["--model", "lenet5", "--loader", "crops", "--mode", "infer"], "--loader is for --mode train"),
      (["--model", "unet", "--loader", "plain"], "gives an image one class, found 'unet'"),
      (["--operation", "sgd", "--loader", "plain"], "which are for networks"),
    ])
  func refuses(arguments: [String], words: String) throws {
    let result = try TemporaryFolder().program.start(["benchmark"] + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
