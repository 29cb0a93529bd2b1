import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// `gradients` of one training step.
struct GradientsTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private func weights(_ name: String, classes: Int, channels: Int = 3, heads: Bool = false) throws -> StateDictionary {
    let entry = try #require(ModelCatalog.entry(named: name))
    let options = ModelOptions(inputChannels: channels, classCount: classes, hasAuxiliaryHeads: heads)
    return seeded(5) { entry.make(options) }.stateDictionary()
  }

  private func images(_ shape: Shape) -> Tensor<Double> {
    var random = RandomStream(seed: 6)
    return .normal(shape, mean: 0, deviation: 1, using: &random)
  }

  private func run(_ model: String, _ options: String..., output: String = "g.safetensors") throws -> Program.Result {
    try place.program.start(
      ["gradients", "--model", model, "--weights", "w.safetensors", "--input", "x.npy", "--labels", "l.npy"]
        + ["--output", output] + options
    ).result()
  }

  private func write(_ state: StateDictionary, _ images: Tensor<Double>, _ labels: [Int64]) throws {
    try state.write(to: place.path + "/w.safetensors")
    try NpyFile.write(images, to: place.path + "/x.npy")
    try NpyFile.write(Tensor(labels, shape: [labels.count]), to: place.path + "/l.npy")
  }

  private func read(_ name: String = "g.safetensors") throws -> SafetensorsFile {
    try SafetensorsFile(path: "\(place.path)/\(name)")
  }

  private func loss(_ file: SafetensorsFile) throws -> Double { try file.tensor("loss", as: Double.self).scalars[0] }

  /// The slope of the loss along some weights, by the program's loss at weights a little to both sides.
  ///
  /// The network has dropout of one half: with it, no two losses would go together.
  @Test func gradientsAreTheLossesSlopes() throws {
    var state = StateDictionary()
    for (name, value) in try weights("alexnet-lite", classes: 4).entries {
      guard case .tensor(let value) = value else { continue }
      state[name] = .tensor(.double(value.doubles))
    }
    let images = images([2, 3, 32, 32])
    try write(state, images, [3, 1])
    let result = try run("alexnet-lite", "--precision", "double")
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.output.isEmpty && result.complaint.isEmpty)
    let gradients = try read()
    let step = 1e-6
    for name in [state.entries[0].name, "classifier.6.weight", "classifier.6.bias"] {
      let gradient = try gradients.tensor(name, as: Double.self).scalars
      let element = try #require(gradient.indices.max { abs(gradient[$0]) < abs(gradient[$1]) })
      var losses: [Double] = []
      for side in [-step, step] {
        var moved = state
        guard case .tensor(.double(let value))? = state[name] else { continue }
        var scalars = value.scalars
        scalars[element] += side
        moved[name] = .tensor(.double(Tensor(scalars, shape: value.shape)))
        try write(moved, images, [3, 1])
        #expect(try run("alexnet-lite", "--precision", "double", output: "moved.safetensors").status == 0)
        losses.append(try loss(read("moved.safetensors")))
      }
      let slope = (losses[1] - losses[0]) / (2 * step)
      #expect(abs(slope - gradient[element]) < 1e-6 * abs(slope) + 1e-9, "\(name)")
    }
  }

  /// One gradient for each parameter under its name, and the loss, in either precision.
  @Test func writesEachParametersGradient() throws {
    let state = try weights("resnet20", classes: 10)
    try write(state, images([4, 3, 32, 32]), [0, 9, 2, 2])
    var norms: [[String: Double]] = []
    for (precision, type) in [("double", StoredElementType.float64), ("float", .float32)] {
      #expect(try run("resnet20", "--precision", precision, "--classes", "10").status == 0)
      let file = try read()
      #expect(file.entries.allSatisfy { $0.type == type })
      let buffers = ["running_mean", "running_var", "num_batches_tracked"]
      let names = state.entries.map(\.name).filter { name in !buffers.contains { name.hasSuffix($0) } }
      #expect(file.entries.map(\.name) == names + ["loss"])
      for name in names { #expect(file[name]?.shape == state[name]?.shape) }
      #expect(file["loss"]?.shape == [])
      norms.append(
        try Dictionary(
          uniqueKeysWithValues: (names + ["loss"]).map { name in
            (name, try file.tensor(name, as: Double.self).scalars.reduce(0) { $0 + $1 * $1 }.squareRoot())
          }))
    }
    for (name, norm) in norms[0] { #expect(abs((norms[1][name] ?? 0) - norm) < 0.1 * norm + 1e-5, "\(name)") }
    #expect(abs((norms[1]["loss"] ?? 0) / (norms[0]["loss"] ?? 1) - 1) < 5e-5)
  }

  @Test func takesLabelsOfBothWidths() throws {
    try write(weights("lenet5", classes: 7, channels: 1), images([3, 1, 32, 32]), [6, 0, 5])
    #expect(try run("lenet5").status == 0)
    try NpyFile.write(Tensor<Int32>([6, 0, 5], shape: [3]), to: place.path + "/l.npy")
    #expect(try run("lenet5", output: "short.safetensors").status == 0)
    #expect(try place.bytes("g.safetensors") == place.bytes("short.safetensors"))
  }

  /// The auxiliary losses count only when they are asked for, whatever the file holds.
  @Test func auxiliaryHeadsOnlyWhenAsked() throws {
    try write(weights("googlenet", classes: 5, heads: true), images([2, 3, 64, 64]), [4, 0])
    #expect(try run("googlenet", output: "plain.safetensors").status == 0)
    #expect(try run("googlenet", "--auxiliary-heads").status == 0)
    let (plain, full) = (try read("plain.safetensors"), try read())
    #expect(!plain.entries.contains { $0.name.hasPrefix("aux") })
    #expect(full.entries.filter { $0.name.hasPrefix("aux") }.count == 2 * 7)
    #expect(full.entries.count == plain.entries.count + 14)
    // Each head of untrained weights adds 0.3 times about ln 5.
    let more = try loss(full) - loss(plain)
    #expect(more > 0.4 && more < 2)
    try write(weights("googlenet", classes: 5), images([2, 3, 64, 64]), [4, 0])
    let result = try run("googlenet", "--auxiliary-heads")
    #expect(result.status == 1)
    #expect(result.oneLine?.contains("'aux1'") == true, "\(result.complaint)")
  }

  @Test func refusesWhatDoesNotFit() throws {
    let state = try weights("resnet18", classes: 4)
    let good = images([2, 3, 64, 64])
    let cases: [(images: Tensor<Double>, labels: [Int64], words: String)] = [
      (good, [0], "l.npy: expected a label for each image, [2], found [1]"),
      (good, [0, 4], "labels from 0 to 3, found 4"),
      (good, [-1, 0], "found -1"), (images([3, 64, 64]), [0, 1, 2], "x.npy"),
      (images([2, 1, 64, 64]), [0, 1], "[2, 1, 64, 64]"),
      (images([0, 3, 64, 64]), [], "at least one image"),
      (images([1, 3, 32, 32]), [1], "more than one value per channel"),
    ]
    for (images, labels, words) in cases {
      try write(state, images, labels)
      let result = try run("resnet18")
      #expect(result.status == 1)
      #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    }
    #expect(!place.names().contains("g.safetensors"))
  }

  @Test func refusesOtherFilesAndOptions() throws {
    try write(weights("resnet18", classes: 4), images([2, 3, 64, 64]), [0, 1])
    let cases: [(model: String, options: [String], status: Int32, words: String)] = [
      ("resnet18", ["--classes", "5"], 1, "weights for 5 classes, as --classes says, found 4"),
      ("resnet34", [], 1, "missing: layer1.2.conv1.weight"),
      ("resnet18", ["--auxiliary-heads"], 64, "--auxiliary-heads"),
      ("resnet", [], 64, "did you mean resnet18"), ("resnet18", ["--precision", "half"], 64, "of float, double"),
      ("resnet18", ["--classes", "0"], 64, "whole number from 1"),
      ("resnet18", ["--weights", "none"], 1, "none: there is no"),
      ("resnet18", ["--labels", "x.npy"], 1, "labels of Int64 or Int32, found elements of double"),
      ("resnet18", ["--input", "l.npy"], 1, "l.npy"), ("resnet18", ["--weights", "x.npy"], 1, "x.npy"),
      ("resnet18", ["--output", "no/g.safetensors"], 1, "no/g.safetensors"),
    ]
    for (model, options, status, words) in cases {
      let result = try place.program.start(
        ["gradients", "--model", model, "--weights", "w.safetensors", "--input", "x.npy", "--labels", "l.npy"]
          + ["--output", "g.safetensors"] + options
      ).result()
      #expect(result.status == status, "\(options)")
      #expect(result.output.isEmpty)
      #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    }
    #expect(!place.names().contains("g.safetensors"))
  }
}
