import Foundation
import Testing

/// `profile` of a network's training step.
struct ProfileTests {
  private struct Trace: Decodable {
    struct Event: Decodable {
      struct Arguments: Decodable {
        let output: String
        let multiplyAdds: Int
        let bytes: Int
        let algorithm: String
        let shareOfRoof: Double
      }

      let name: String
      let cat: String
      let ph: String
      let ts: Double
      let dur: Double
      let args: Arguments
    }

    let traceEvents: [Event]
  }

  @Test func showsEachOperation() throws {
    let result = try TemporaryFolder().program.run("profile", "resnet20", "--batch-size", "2", "--seconds", "0.01")
    #expect(result.status == 0, "\(result.complaint)")
    let header = try #require(result.lines.first)
    #expect(["layer", "forward", "gradients", "update", "MiB", "roof", "algorithm"].allSatisfy(header.contains))
    let convolution = try #require(result.lines.first { $0.hasPrefix("layer2.0.conv1 ") })
    #expect(convolution.contains("conv2d") && convolution.contains("[2, 32, 16, 16]"))
    // All convolutions in one line, all layers with parameters by name.
    #expect(result.lines.contains { $0.contains("conv2d") && $0.contains("×19") })
    #expect(result.lines.contains { $0.hasPrefix("layer3.2.bn2 ") } && result.lines.contains { $0.hasPrefix("fc ") })
    #expect(result.lines.contains { $0.hasPrefix("total ") })
    #expect(result.lines.last?.hasPrefix("step: median ") == true)
  }

  @Test func strictConvolutionsArePlainSums() throws {
    let arguments = ["profile", "resnet20", "--batch-size", "8", "--seconds", "0.01"]
    let place = try TemporaryFolder()
    let fast = try place.program.start(arguments).result()
    let strict = try place.program.start(arguments + ["--strict"]).result()
    #expect(fast.status == 0 && fast.output.contains("winograd"))
    #expect(strict.status == 0 && !strict.output.contains("winograd") && strict.output.contains("product"))
  }

  /// A prepared network's steps: normalisation, sum and ReLU in the convolution, by the name of its layer.
  @Test func showsThePreparedSteps() throws {
    let result = try TemporaryFolder().program.run(
      "profile", "resnet20", "--mode", "infer", "--batch-size", "4", "--seconds", "0.01")
    #expect(result.status == 0, "\(result.complaint)")
    let header = try #require(result.lines.first)
    #expect(["layer", "forward", "of roof", "MiB", "algorithm"].allSatisfy(header.contains))
    #expect(!header.contains("gradients") && !header.contains("update"))
    let second = try #require(result.lines.first { $0.hasPrefix("layer1.0.conv2 ") })
    #expect(second.contains("conv2d+add+clamp") && second.contains("[4, 16, 32, 32]"))
    #expect(result.lines.contains { $0.hasPrefix("fc ") } && !result.lines.contains { $0.contains("batchNorm") })
    #expect(result.lines.last?.hasPrefix("step: median ") == true)
  }

  /// The products and bytes of the first block, counted by hand: two branches of a concatenation.
  @Test func tracesThePreparedSteps() throws {
    let place = try TemporaryFolder()
    let result = try place.program.run(
      "profile", "googlenet-lite", "--mode", "infer", "--batch-size", "2", "--seconds", "0.01", "--trace", "t.json")
    #expect(result.status == 0, "\(result.complaint)")
    let events = try JSONDecoder().decode(Trace.self, from: Data(place.bytes("t.json"))).traceEvents
    #expect(events.allSatisfy { $0.cat == "forward" } && !events.contains { $0.name.contains("concatenated") })
    // 32 filters of 3×3 over 3 channels, and 32 numbers each for μ, σ², γ and β on 32×32 positions of two images.
    let first = try #require(events.first)
    #expect(first.name.hasSuffix("conv2d+clamp") && first.args.multiplyAdds == 2 * 1024 * 32 * 27)
    #expect(first.args.output == "[2, 32, 32, 32]")
  }

  /// Events of one step follow each other; amounts are those of the first convolution, counted by hand.
  @Test func writesATrace() throws {
    let place = try TemporaryFolder()
    let result = try place.program.run(
      "profile", "lenet5", "--batch-size", "2", "--seconds", "0.01", "--trace", "t.json", "--threads", "1")
    #expect(result.status == 0, "\(result.complaint)")
    let events = try JSONDecoder().decode(Trace.self, from: Data(place.bytes("t.json"))).traceEvents
    #expect(events.allSatisfy { $0.ph == "X" && $0.dur >= 0 && $0.ts >= 0 && $0.args.shareOfRoof >= 0 })
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.ts + $0.dur <= $1.ts + 1e-3 })
    func event(_ name: String, _ pass: String) throws -> Trace.Event {
      let found = events.filter { $0.name == name && $0.cat == pass }
      #expect(found.count == 1, "\(name), \(pass)")
      return try #require(found.first)
    }
    let forward = try event("features.0 conv2d", "forward")
    // An image of 28×28 outputs in 6 maps, each of 25 products; 156 parameters.
    let (input, output) = (2 * 1024, 2 * 6 * 784)
    #expect(forward.args.multiplyAdds == output * 25)
    #expect(forward.args.bytes == 4 * (input + output + 156))
    #expect(forward.args.output == "[2, 6, 28, 28]")
    #expect(!forward.args.algorithm.isEmpty)
    // No gradient is needed for the images.
    let gradients = try event("features.0 conv2d", "gradients")
    #expect(gradients.args.multiplyAdds == output * 25)
    #expect(gradients.args.bytes == 4 * (output + input + 156 + 156))
    #expect(try event("features.3 conv2d", "gradients").args.multiplyAdds == 2 * 2 * 16 * 100 * 150)
    // Value and momentum of 840 weights and 10 biases are read and written, their gradients are read.
    #expect(Set(events.filter { $0.name == "classifier.4 update" }.map(\.args.bytes)) == [20 * 840, 20 * 10])
    #expect(events.filter { $0.cat == "update" }.count == 10)
  }

  @Test(
    arguments: [
      (["resnet21"], 64, "did you mean resnet20"), ([], 64, "model"), (["lenet5", "--batch-size", "0"], 64, "'0'"),
      (["lenet5", "--seconds", "never"], 64, "'never'"),
      (["lenet5", "--seconds", "0.001", "--trace", "no/t.json"], 1, "no/t.json"),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], status: Int32, words: String) throws {
    let result = try TemporaryFolder().program.start(["profile"] + arguments).result()
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
