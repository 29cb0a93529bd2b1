import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// `predict --model`: photographs, with weights from a file.
struct PhotographTests {
  private let place: TemporaryFolder
  private static let mean: [Double] = [0.485, 0.456, 0.406]
  private static let deviation: [Double] = [0.229, 0.224, 0.225]

  init() throws {
    place = try TemporaryFolder()
    let network = seeded(2) { ResNet(.resnet18, classCount: 7) }
    try network.stateDictionary().write(to: place.path + "/w.safetensors")
    let names = ["tench", "goldfish", "white shark", "tiger shark", "hammerhead", "ray", "cock"]
    try place.write(Array((names.joined(separator: "\n") + "\n").utf8), to: "names.txt")
  }

  private let usual = ["--model", "resnet18", "--weights", "w.safetensors"]

  /// Writes an image of 256 rows, of which nothing is resized, and what the network sees of it by `run`.
  private func write(_ name: String, width: Int, _ value: (_ row: Int, _ column: Int, _ channel: Int) -> UInt8) throws {
    var pixels: [UInt8] = []
    for row in 0..<256 {
      for column in 0..<width { for channel in 0..<3 { pixels.append(value(row, column, channel)) } }
    }
    try place.write(Array("P6\n\(width) 256\n255\n".utf8) + pixels, to: name)
    let left = (width - 224) / 2
    var seen: [Float] = []
    for channel in 0..<3 {
      for row in 16..<240 {
        for column in left..<(left + 224) {
          let intensity = Double(value(row, column, channel)) / 255
          seen.append(Float((intensity - Self.mean[channel]) / Self.deviation[channel]))
        }
      }
    }
    try NpyFile.write(Tensor(seen, shape: [1, 3, 224, 224]), to: place.path + "/seen.npy")
  }

  /// The answer is the softmax of what `run` gives for the 224×224 in the middle, normalised by a plain loop.
  @Test func showsTheMiddleNormalized() throws {
    try write("photo.ppm", width: 300) { UInt8(($0 * 7 + $1 * 3 + $2 * 50 + $0 * $1 / 40) % 256) }
    let result = try place.program.start(
      ["predict", "photo.ppm", "--labels", "names.txt", "--json"] + usual
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    let guesses = try #require(result.objects.first??["predictions"] as? [[String: Any]])
    #expect(guesses.count == 5)
    _ = try place.program.start(["run", "--input", "seen.npy", "--output", "y.npy"] + usual).result()
    let logits = try NpyFile.read(path: place.path + "/y.npy", as: Float.self).scalars.map(Double.init)
    let sum = logits.reduce(0) { $0 + exp($1) }
    let order = logits.indices.sorted { logits[$0] > logits[$1] }
    #expect(guesses.map { $0["label"] as? Int } == order.prefix(5).map { $0 })
    for (guess, label) in zip(guesses, order) {
      #expect(abs((guess["probability"] as? Double ?? 0) - exp(logits[label]) / sum) < 1e-4)
    }
    #expect(
      guesses[0]["name"] as? String
        == ["tench", "goldfish", "white shark", "tiger shark", "hammerhead", "ray", "cock"][order[0]])
    let words = try place.program.start(["predict", "photo.ppm", "photo.ppm"] + usual).result()
    #expect(words.lines.count == 12)
    #expect(words.lines[1].contains("class \(order[0])"))
  }

  /// torchvision's GoogLeNet takes images in -1 ... 1: x · deviation / 0.5 + (mean - 0.5) / 0.5.
  @Test func bringsImagesToTheRangeOfGoogLeNet() throws {
    let network = seeded(3) { GoogLeNet(classCount: 4, hasAuxiliaryHeads: true) }
    try network.stateDictionary().write(to: place.path + "/g.safetensors")
    try write("photo.ppm", width: 256) { UInt8(($0 * 5 + $1 * 11 + $2 * 90) % 256) }
    var seen = try NpyFile.read(path: place.path + "/seen.npy", as: Float.self).scalars
    for index in seen.indices {
      let channel = index / (224 * 224)
      seen[index] = Float((Double(seen[index]) * Self.deviation[channel] + Self.mean[channel] - 0.5) / 0.5)
    }
    try NpyFile.write(Tensor(seen, shape: [1, 3, 224, 224]), to: place.path + "/seen.npy")
    let files = ["--model", "googlenet", "--weights", "g.safetensors"]
    let result = try place.program.start(["predict", "photo.ppm", "--json"] + files).result()
    #expect(result.status == 0, "\(result.complaint)")
    _ = try place.program.start(["run", "--input", "seen.npy", "--output", "y.npy"] + files).result()
    let logits = try NpyFile.read(path: place.path + "/y.npy", as: Float.self).scalars.map(Double.init)
    let guesses = try #require(result.objects.first??["predictions"] as? [[String: Any]])
    let sum = logits.reduce(0) { $0 + exp($1) }
    #expect(guesses.count == 4)
    for guess in guesses {
      let label = try #require(guess["label"] as? Int)
      #expect(abs((guess["probability"] as? Double ?? 0) - exp(logits[label]) / sum) < 1e-4)
    }
  }

  @Test(
    arguments: [
      (["photo.ppm", "--model", "resnet81", "--weights", "w.safetensors"], 64, "did you mean resnet"),
      (["photo.ppm", "--model", "lenet5", "--weights", "w.safetensors"], 64, "photographs of 3x224x224"),
      (["photo.ppm", "--model", "resnet18"], 64, "--weights"),
      (["photo.ppm", "--weights", "w.safetensors"], 64, "--model"),
      (["--model", "resnet18", "--weights", "w.safetensors"], 64, "at least one image"),
      (["run"], 64, "at least one image"),
      ([], 64, "run's folder"), (["run", "--labels", "names.txt", "photo.ppm"], 64, "--labels goes with --model"),
      (["photo.ppm", "--invert", "--model", "resnet18", "--weights", "w.safetensors"], 64, "--invert"),
      (["none.jpg", "--model", "resnet18", "--weights", "w.safetensors"], 1, "none.jpg: there is no"),
      (["names.txt", "--model", "resnet18", "--weights", "w.safetensors"], 1, "names.txt: expected an image"),
      (["photo.ppm", "--model", "resnet18", "--weights", "none"], 1, "none: there is no"),
      (["photo.ppm", "--model", "resnet34", "--weights", "w.safetensors"], 1, "missing: layer1.2.conv1.weight"),
      (
        ["photo.ppm", "--model", "resnet18", "--weights", "w.safetensors", "--labels", "few.txt"], 1,
        "each of the 7 classes, found 2"
      ),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], status: Int32, words: String) throws {
    try place.write(Array("tench\ngoldfish".utf8), to: "few.txt")
    try place.write(Array("P6\n1 1\n255\nabc".utf8), to: "photo.ppm")
    let result = try place.program.start(["predict"] + arguments).result()
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
