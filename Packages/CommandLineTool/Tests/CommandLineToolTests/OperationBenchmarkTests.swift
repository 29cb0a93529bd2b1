import Foundation
import Testing

/// `benchmark --operation`.
struct OperationBenchmarkTests {
  private func measured(_ arguments: String...) throws -> [String: Any] {
    let result = try TemporaryFolder().program.start(
      ["benchmark", "--seconds", "0.02", "--json", "--operation"] + arguments
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.lines.count == 1)
    return try #require(result.objects.first ?? nil)
  }

  /// Rates are the amounts of the definition by the median time; the share is the longer of both least times by it.
  @Test(
    arguments: [
      // 2·8·6·6 outputs of 4·3·3 products each; padding keeps 6×6.
      (["conv2d", "--input", "2x4x6x6", "--weight", "8x4x3x3", "--padding", "1"], 576 * 36, 288 + 288 + 576),
      // 7×7 by steps of 2 in 3×3 windows: 3×3 outputs.
      (["conv2d-input-gradient", "--input", "1x2x7x7", "--weight", "3x2x3x3", "--stride", "2"], 27 * 18, 98 + 54 + 27),
      (["conv2d-weight-gradient", "--input", "1x2x7x7", "--weight", "3x2x3x3"], 75 * 18, 98 + 54 + 75),
      (["matmul", "--input", "20x30", "--weight", "30x40"], 24_000, 600 + 1200 + 800),
      (["matmul-input-gradient", "--input", "20x30", "--weight", "30x40"], 24_000, 600 + 1200 + 800),
      (["matmul-weight-gradient", "--input", "20x30", "--weight", "30x40"], 24_000, 600 + 1200 + 800),
      (["batchnorm-relu", "--input", "2x3x4x5"], 0, 8 * 120), (["adam", "--input", "1000"], 0, 7000),
      (["sgd", "--input", "1000"], 0, 5000),
    ])
  func measures(arguments: [String], multiplyAdds: Int, elements: Int) throws {
    let result = try TemporaryFolder().program.start(
      ["benchmark", "--seconds", "0.02", "--json", "--operation"] + arguments
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    let object = try #require(result.objects.first ?? nil)
    func number(_ key: String) throws -> Double { try #require(object[key] as? Double, "\(key)") }
    let median = try number("medianStepSeconds")
    #expect(
      abs(try number("multiplyAddsPerSecond") * median - Double(multiplyAdds)) < 1e-6 * Double(multiplyAdds) + 1e-9)
    #expect(abs(try number("bytesPerSecond") * median / Double(4 * elements) - 1) < 1e-6)
    let least = max(
      Double(multiplyAdds) / (try number("roofMultiplyAddsPerSecond")),
      Double(4 * elements) / (try number("roofBytesPerSecond")))
    #expect(abs(try number("roofShare") * median / least - 1) < 1e-6)
    #expect(object["operation"] as? String == arguments[0] && object["input"] as? String == arguments[2])
    #expect(try number("steps") >= 3)
  }

  /// A byte read and a Float written for each pixel; images by the median.
  @Test(arguments: ["loader", "loader-crops", "loader-warps"]) func measuresTheLoader(operation: String) throws {
    let object = try measured(operation, "--input", "8x3x12x10")
    let median = try #require(object["medianStepSeconds"] as? Double)
    #expect(abs(try #require(object["imagesPerSecond"] as? Double) * median - 8) < 1e-6)
    #expect(abs(try #require(object["bytesPerSecond"] as? Double) * median - 5 * 8 * 3 * 12 * 10) < 1e-3)
  }

  @Test func measuresDecoding() throws {
    let place = try TemporaryFolder()
    try place.write(Array("P5 4 2 255 ".utf8) + [1, 2, 3, 4, 5, 6, 7, 8], to: "image.pgm")
    let options = ["benchmark", "--seconds", "0.01", "--operation", "decode", "--file"]
    let result = try place.program.start(options + ["image.pgm"]).result()
    #expect(result.status == 0 && result.lines.first?.hasPrefix("decode of image.pgm") == true, "\(result.complaint)")
    #expect(result.output.contains("images/s"))
    let missing = try place.program.start(options + ["none.png"]).result()
    #expect(missing.status == 1 && missing.complaint.contains("none.png: there is no"))
  }

  @Test func namesTheAlgorithm() throws {
    let product = try measured("matmul", "--input", "300x300", "--weight", "300x300")
    #expect((product["algorithm"] as? String)?.hasSuffix("product") == true)
  }

  @Test func saysItInWords() throws {
    let result = try TemporaryFolder().program.run("benchmark", "--operation", "matmul", "--seconds", "0.01")
    #expect(result.status == 0)
    #expect(result.lines.count == 3)
    #expect(result.lines.first?.hasPrefix("matmul of 1024x1024 by 1024x1024") == true)
    #expect(result.output.contains("GFLOP/s") && result.output.contains("of the roof"))
  }

  @Test(
    arguments: [
      (["--operation", "conv3"], "expected one of conv2d, conv2d-input-gradient"),
      (["--operation", "conv2d", "lenet5"], "without a model, found 'lenet5'"),
      (["lenet5", "--input", "1x2"], "--input goes with --operation"),
      (["--operation", "matmul", "--stride", "2"], "--stride does not go with --operation matmul"),
      (["--operation", "adam", "--weight", "3"], "--weight does not go with"),
      (["--operation", "matmul", "--input", "3x4x5"], "--input: expected 2 sizes as 1024x1024, found '3x4x5'"),
      (["--operation", "matmul", "--input", "3x4", "--weight", "5x3"], "expected 4 rows"),
      (["--operation", "matmul-weight-gradient", "--input", "3x4", "--weight", "5x3"], "expected 4 rows"),
      (["--operation", "conv2d", "--input", "1x3x2x2", "--weight", "4x3x3x3"], "--input"),
      (["--operation", "conv2d", "--input", "1x5x8x8", "--weight", "4x3x3x3"], "--input"),
      (["--operation", "matmul", "--input", "3x0"], "'3x0'"),
      (["--operation", "adam", "--input", "2000000000"], "elements"),
      (["--operation", "sgd", "--input", "100000x100000"], "elements"),
      (["--operation", "conv2d", "--stride", "0"], "'0'"),
      (["--operation", "adam", "--batch-size", "4"], "--batch-size"),
      (["--operation", "loader", "--input", "4x2x8x8"], "1 or 3 channels"), (["--operation", "decode"], "--file"),
      (["--operation", "loader", "--file", "x.png"], "--file does not go with"),
      (["--file", "x.png", "lenet5"], "--file"),
    ])
  func refuses(arguments: [String], words: String) throws {
    let result = try TemporaryFolder().program.start(["benchmark"] + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
