import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing
import Training

/// `train --weights`: a trained network goes on with other images.
struct StartingWeightsTests {
  private let place: TemporaryFolder
  /// As it lies in the file.
  private let trained: StateDictionary

  init() throws {
    place = try TemporaryFolder()
    try place.writePictures("pictures", count: 8)
    trained = seeded(5) { LeNet5(inputChannels: 3, classCount: 7) }.stateDictionary()
    try trained.write(to: place.path + "/seven.safetensors")
  }

  private func scalars(_ value: StateValue?) -> [Float] {
    if case .tensor(let value)? = value { value.floats.scalars } else { [] }
  }

  private let usual = ["train", "--model", "lenet5", "--dataset", "folder", "--data", "pictures", "--epochs", "1"]

  private func run(_ arguments: [String]) throws -> Program.Result {
    let result = try place.program.start(usual + arguments).result()
    #expect(result.status == 0, "\(result.complaint)")
    return result
  }

  private func weights(_ path: String) throws -> StateDictionary {
    try StateDictionary(contentsOf: place.path + "/" + path)
  }

  /// Three classes instead of seven: the body is the file's and stays so where it is frozen; the head is new and learns.
  @Test func anotherNumberOfClassesGetsANewHead() throws {
    let options = ["--freeze", "features,classifier.0,classifier.2", "--output", "run"]
    let result = try run(["--weights", "seven.safetensors"] + options)
    #expect(
      result.output.contains(
        "begins with the weights in seven.safetensors; its head classifier.4, for 3 classes, is new"))
    let learned = try weights("run/model.safetensors")
    for (name, value) in trained.entries {
      if name.hasPrefix("classifier.4") {
        #expect(learned[name]?.shape[0] == 3, "\(name)")
      } else {
        #expect(scalars(learned[name]) == scalars(value), "\(name)")
      }
    }
    #expect(try RunFolder(place.path + "/run").readRecord().settings.initialWeights == "seven.safetensors")
    // The head begins as that of a run without weights, and learns.
    let head = seeded(1) { LeNet5(inputChannels: 3, classCount: 3) }.stateDictionary()["classifier.4.weight"]
    #expect(scalars(learned["classifier.4.weight"]) != scalars(head))
  }

  /// As many classes: the head is the file's too. With all rates 0 nothing changes; images are normalised as that run's were.
  @Test func theSameClassesGoOnWithTheHead() throws {
    _ = try run(["--output", "first", "--seed", "3"])
    try place.writePictures("others", count: 6, seed: 9)
    let result = try run([
      "--data", "others", "--weights", "first/model.safetensors", "--layer-rate", "features=0,classifier=0", "--output",
      "second",
    ])
    #expect(result.output.contains("begins with the weights in first/model.safetensors\n"))
    let (first, second) = try (weights("first/model.safetensors"), weights("second/model.safetensors"))
    for (name, value) in first.entries { #expect(scalars(second[name]) == scalars(value), "\(name)") }
    let recipes = try ["first", "second"].map {
      try RunFolder(place.path + "/" + $0).readRecord().settings.preprocessing
    }
    #expect(recipes[0] == recipes[1])
  }

  /// Networks for photographs see ImageNet's mean and deviation, with which published weights were trained.
  @Test func photographsAreNormalizedAsThoseOfImageNet() throws {
    let network = seeded(2) { ResNet(.resnet18, classCount: 5) }
    try network.stateDictionary().write(to: place.path + "/photos.safetensors")
    let options = ["--model", "resnet18", "--dry-run"]
    let plan = try #require(run(["--weights", "photos.safetensors", "--json"] + options).objects.first ?? nil)
    let settings = try #require(plan["settings"] as? [String: Any])
    let preprocessing = try #require(settings["preprocessing"] as? [String: Any])
    let mean = try #require(preprocessing["mean"] as? [Double])
    for (own, published) in zip(mean, [0.485, 0.456, 0.406]) { #expect(abs(own - published) < 1e-6) }
    let beginning = "begins with the weights in photos.safetensors; its head fc, for 3 classes, is new"
    #expect(plan["beginning"] as? String == beginning)
    let words = try run(["--weights", "photos.safetensors"] + options)
    #expect(words.output.contains("its head fc, for 3 classes, is new"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/runs"))
  }

  @Test func wrongWeightsAreRefused() throws {
    let gray = seeded(1) { LeNet5(classCount: 3) }
    try gray.stateDictionary().write(to: place.path + "/grey.safetensors")
    var part = trained.entries
    part.removeAll { $0.name == "features.3.bias" }
    try StateDictionary(part).write(to: place.path + "/part.safetensors")
    let cases: [(String, [String], Int32, String)] = [
      ("none.safetensors", [], 1, "none.safetensors: there is no"),
      ("grey.safetensors", [], 1, "grey.safetensors: expected weights for images of 3 channels, found 1"),
      ("part.safetensors", [], 1, "missing: features.3.bias"),
      ("seven.safetensors", ["--model", "resnet20"], 1, "seven.safetensors: expected the weights of resnet20"),
      ("pictures/disc/0.ppm", [], 1, "pictures/disc/0.ppm"),
    ]
    for (file, more, status, words) in cases {
      for way in [["--dry-run"], ["--output", "run"]] {
        let result = try place.program.start(usual + ["--weights", file] + more + way).result()
        #expect(result.status == status && result.complaint.contains(words), "\(file): \(result.complaint)")
        #expect(!FileManager.default.fileExists(atPath: place.path + "/run"))
      }
    }
    let resumed = try place.program.start(["train", "--resume", "run", "--weights", "seven.safetensors"]).result()
    #expect(resumed.status == 64 && resumed.complaint.contains("without --weights"))
  }
}
