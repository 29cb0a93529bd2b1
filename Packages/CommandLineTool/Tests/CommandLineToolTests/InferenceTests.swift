import Foundation
import TensorCore
import Testing
import Training

/// `evaluate`, `predict` and `run` on one short training.
struct InferenceTests {
  private let place: TemporaryFolder
  private let record: RunRecord

  init() throws {
    place = try TemporaryFolder()
    let result = try place.program.start(shortTraining + ["--quiet"]).result()
    #expect(result.status == 0)
    record = try RunFolder(place.path + "/run").readRecord()
  }

  /// A digit as a PGM file of 17 grey levels, as the data set has it.
  private func pgm(_ pixels: ArraySlice<UInt8>) -> [UInt8] { Array("P5\n8 8\n16\n".utf8) + pixels }

  @Test func evaluateRepeatsTheRecord() throws {
    let result = try place.program.run("evaluate", "run", "--json")
    #expect(result.status == 0)
    // As text: not every reader of JSON rounds to the nearest number.
    #expect(result.output.contains(#""testAccuracy":\#(record.testAccuracy)"#))
    #expect(result.output.contains(#""testLoss":\#(record.testLoss)"#))
    let text = try place.program.run("evaluate", "run")
    #expect(text.output.contains("Confusion matrix"))
  }

  @Test func predictRunAndEvaluateAgree() throws {
    let test = try Digits().load().test
    let pixels = test.pixels.scalars
    let names = (0..<test.count).map { "digit-\($0).pgm" }
    for (index, name) in names.enumerated() { try place.write(pgm(pixels[(index * 64)..<(index * 64 + 64)]), to: name) }
    let predicted = try place.program.start(["predict", "run", "--json"] + names).result()
    #expect(predicted.status == 0)
    let guesses = predicted.objects.map { ($0?["predictions"] as? [[String: Any]]) ?? [] }
    #expect(guesses.allSatisfy { $0.count == 5 })
    let labels = guesses.map { $0.first?["label"] as? Int ?? -1 }
    let correct = zip(labels, test.labels.scalars).count { $0 == Int($1) }
    #expect(Double(correct) / Double(test.count) == record.testAccuracy)

    let images = PreparedImages(test, record.settings.preprocessing).images(at: Array(0..<test.count))
    try NpyFile.write(images, to: place.path + "/images.npy")
    let ran = try place.program.start(
      ["run", "--model", "lenet5", "--weights", "run/model.safetensors", "--input", "images.npy"]
        + ["--output", "out.npy"]
    ).result()
    #expect(ran.status == 0)
    let logits = try NpyFile.read(path: place.path + "/out.npy", as: Float.self)
    #expect(logits.shape == [test.count, 10])
    #expect(logits.argmax(along: 1).scalars.map { Int($0) } == labels)
    for (index, guess) in guesses.enumerated() {
      let row = logits.scalars[(index * 10)..<(index * 10 + 10)].map { exp(Double($0)) }
      let probability = row[labels[index]] / row.reduce(0, +)
      #expect(abs((guess[0]["probability"] as? Double ?? 0) - probability) < 1e-5)
    }
  }

  @Test func runConvertsAndTakesNoImages() throws {
    let images = Tensor<Double>([Double](repeating: 0.25, count: 2 * 1024), shape: [2, 1, 32, 32])
    try NpyFile.write(images, to: place.path + "/double.npy")
    try NpyFile.write(Tensor<Float>([], shape: [0, 1, 32, 32]), to: place.path + "/none.npy")
    for (name, count) in [("double", 2), ("none", 0)] {
      let result = try place.program.start(
        ["run", "--model", "lenet5", "--weights", "run/model.safetensors", "--input", "\(name).npy"]
          + ["--output", "out.npy"]
      ).result()
      #expect(result.status == 0, "\(result.complaint)")
      #expect(try NpyFile.read(path: place.path + "/out.npy").shape == [count, 10])
    }
  }

  @Test func invertTakesTheNegative() throws {
    let test = try Digits().load().test
    let pixels = test.pixels.scalars.prefix(64)
    try place.write(pgm(pixels), to: "bright.pgm")
    try place.write(pgm(ArraySlice(pixels.map { 16 - $0 })), to: "dark.pgm")
    let bright = try place.program.run("predict", "run", "bright.pgm")
    let dark = try place.program.run("predict", "run", "--invert", "dark.pgm")
    let plain = try place.program.run("predict", "run", "dark.pgm")
    #expect(bright.status == 0)
    #expect(bright.lines.count == 6)
    #expect(dark.lines.dropFirst() == bright.lines.dropFirst())
    #expect(plain.lines.dropFirst() != bright.lines.dropFirst())
  }

  @Test func otherSizesAndColorsAreFitted() throws {
    let pixels = (0..<(20 * 10 * 3)).map { UInt8($0 % 251) }
    try place.write(Array("P6\n20 10\n255\n".utf8) + pixels, to: "wide.ppm")
    let result = try place.program.run("predict", "run", "wide.ppm")
    #expect(result.status == 0)
    #expect(result.lines.count == 6)
  }

  @Test func brokenFilesAreRefusedInOneLine() throws {
    let weights = try place.bytes("run/model.safetensors")
    try place.write(Array(weights.dropLast(7)), to: "short.safetensors")
    try place.write(Array("P5\n8 8\n16\n".utf8) + [1, 2, 3], to: "short.pgm")
    try place.write([0xFF, 0xD8, 0xFF], to: "photo.jpg")
    try NpyFile.write(Tensor<Float>(repeating: 0, shape: [2, 3, 32, 32]), to: place.path + "/colour.npy")
    try NpyFile.write(Tensor<Int64>([1, 2]), to: place.path + "/whole.npy")
    try NpyFile.write(Tensor<Float>(repeating: 0, shape: [1, 1, 32, 32]), to: place.path + "/good.npy")
    try place.write([7], to: "out.npy")
    func run(_ weights: String, _ input: String, _ output: String = "out.npy") -> [String] {
      ["run", "--model", "lenet5", "--weights", weights, "--input", input, "--output", output]
    }
    let good = "run/model.safetensors"
    let cases: [(arguments: [String], name: String)] = [
      (run("short.safetensors", "good.npy"), "short.safetensors"),
      (run("no.safetensors", "good.npy"), "no.safetensors"),
      (run(good, "colour.npy"), "[2, 3, 32, 32]"), (run(good, "whole.npy"), "whole.npy"),
      (run(good, "no.npy"), "no.npy"), (run(good, "good.npy", "out.npy/below"), "out.npy/below"),
      (run("run/checkpoint.safetensors", "good.npy"), "features.0.weight"), (run("run", "good.npy"), "run"),
      (["predict", "run", "short.pgm"], "short.pgm"), (["predict", "run", "photo.jpg"], "photo.jpg"),
      (["predict", "run", "no.pgm"], "no.pgm"), (["predict", "nowhere", "short.pgm"], "nowhere"),
      (["evaluate", "nowhere"], "nowhere"),
      (["evaluate", "run", "--dataset", "mnist", "--data", "nowhere"], "nowhere"),
    ]
    for (arguments, name) in cases {
      let result = try place.program.start(arguments).result()
      #expect(result.status == 1, "\(arguments)")
      #expect(result.output.isEmpty)
      #expect(result.oneLine?.contains(name) == true, "\(result.complaint)")
    }
    #expect(try place.bytes("out.npy") == [7])
    #expect(try place.program.start(run(good, "good.npy") + ["--model", "vgg"]).result().status == 64)
  }
}
