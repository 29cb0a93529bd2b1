import Models
import NNLayers
import TensorCore
import Testing

/// `models`, `summary`, and `run` with the networks of the catalogue.
struct ModelsTests {
  @Test func listsAllNetworks() throws {
    let result = try TemporaryFolder().program.run("models")
    #expect(result.status == 0)
    #expect(result.lines.count == ModelCatalog.names.count + 1)
    let names = result.lines.dropFirst().map { String($0.prefix { $0 != " " }) }
    #expect(names == ModelCatalog.names)
    let line = try #require(result.lines.first { $0.hasPrefix("resnet50 ") })
    #expect(line.contains(" 25,557,032 "))
    #expect(line.contains(" 4,089,184,256  3x224x224 "))
    #expect(line.hasSuffix("Deep residual learning for image recognition"))
    let lenet = try #require(result.lines.first { $0.hasPrefix("lenet5 ") })
    #expect(lenet.contains(" 61,706 "))
    #expect(lenet.contains(" 416,520  1x32x32 "))
    let objects = try TemporaryFolder().program.run("models", "--json").objects
    #expect(objects.compactMap { $0?["model"] as? String } == ModelCatalog.names)
    let object = try #require(objects.first { $0?["model"] as? String == "lenet5" } ?? nil)
    #expect(object["parameters"] as? Int == 61_706 && object["input"] as? [Int] == [1, 32, 32])
    #expect(try TemporaryFolder().program.run("models", "lenet5").status == 64)
  }

  @Test func summarizesTheLayers() throws {
    let program = try TemporaryFolder().program
    let usual = try program.run("summary", "resnet20")
    #expect(usual.status == 0)
    #expect(usual.lines.contains { $0.hasPrefix("layer2.0.conv1 ") && $0.contains("[1, 32, 16, 16]") })
    #expect(usual.lines.contains { $0.hasPrefix("total ") && $0.contains(" 269,722 ") && $0.contains(" 40,551,040 ") })
    #expect(try program.run("summary", "--model", "resnet20").output == usual.output)
    let rows = try program.run("summary", "--model", "resnet20", "--json").objects
    #expect(rows.compactMap { $0?["parameters"] as? Int }.reduce(0, +) == 269_722)
    #expect(rows.first { $0?["layer"] as? String == "layer2.0.conv1" }??["output"] as? [Int] == [1, 32, 16, 16])
    let historical = try program.run("summary", "--model", "lenet5-1998")
    #expect(
      historical.lines.contains { $0.hasPrefix("c3 ") && $0.contains("[1, 16, 10, 10]") && $0.contains(" 1,516 ") })
    #expect(historical.lines.contains { $0.hasPrefix("total ") && $0.contains(" 60,000 ") })
    let other = try program.run("summary", "resnet20", "--input", "1x64x48")
    #expect(other.status == 0)
    #expect(other.lines.contains { $0.hasPrefix("layer2.0.conv1 ") && $0.contains("[1, 32, 32, 24]") })
    // One channel in place of three: 2 · 16 · 9 weights fewer.
    #expect(other.lines.contains { $0.hasPrefix("total ") && $0.contains(" 269,434 ") })
  }

  @Test(
    arguments: [
      (["resnet51"], "--model: expected one of", "did you mean"),
      (["--model", "resnet51"], "--model: expected one of", "did you mean"),
      (["--model", "resnet20", "lenet5"], "--model: expected one network", "'lenet5'"),
      (["resnet20", "--input", "3x32"], "--input", "'3x32'"),
      (["resnet20", "--input", "3x0x32"], "from 1 to 1024", "'3x0x32'"),
      (["resnet20", "--input", "3x32xx32"], "--input", "3x32xx32"), ([], "model", ""),
      (["lenet5", "--input", "1x28x28"], "--input: LeNet5", "[1, 1, 28, 28]"),
      (["alexnet-lite", "--input", "3x5x5"], "--input: AlexNetLite", "[1, 3, 5, 5]"),
    ])
  func summaryRefuses(arguments: [String], place: String, words: String) throws {
    let result = try TemporaryFolder().program.start(["summary"] + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(place) == true, "\(result.complaint)")
    #expect(words.isEmpty || result.oneLine?.contains(words) == true, "\(result.complaint)")
  }

  /// The program gives what the library gives, channels and classes as in the file.
  @Test(
    arguments: [
      ("resnet18", 3, 6), ("googlenet", 1, 4), ("lenet28", 2, 3), ("vgg-lite", 3, 10), ("lenet5-1998", 1, 10),
    ])
  func runsNetworks(name: String, channels: Int, classes: Int) throws {
    let place = try TemporaryFolder()
    let entry = try #require(ModelCatalog.entry(named: name))
    // A published file of GoogLeNet has auxiliary classifiers.
    let options = ModelOptions(inputChannels: channels, classCount: classes, hasAuxiliaryHeads: true)
    let network = seeded(3) { entry.make(options) }
    try network.stateDictionary().write(to: place.path + "/w.safetensors")
    var random = RandomStream(seed: 4)
    let side = ["lenet28": 28, "lenet5-1998": 32][name] ?? 64
    let images = Tensor<Float>.normal([3, channels, side, side], mean: 0, deviation: 1, using: &random)
    try NpyFile.write(images, to: place.path + "/x.npy")
    let result = try place.program.start(
      ["run", "--model", name, "--weights", "w.safetensors", "--input", "x.npy", "--output", "y.npy"]
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    let logits = try NpyFile.read(path: place.path + "/y.npy", as: Float.self)
    #expect(logits.shape == [3, classes])
    // The program runs the network as `prepared()`, whose weights are folded and packed: other roundings.
    let expected = try network.predict(images)
    let largest = expected.abs().max().scalar
    #expect((logits - expected).abs().max().scalar <= 4e-6 * largest)
  }

  /// A network for pixels writes maps as large as the images, of any size; where one class for an image is wanted it is refused.
  @Test func runsAndRefusesNetworksForPixels() throws {
    let place = try TemporaryFolder()
    let network = seeded(3) { UNet(inputChannels: 1, classCount: 3, dropout: 0) }
    try network.stateDictionary().write(to: place.path + "/w.safetensors")
    var random = RandomStream(seed: 4)
    let images = Tensor<Float>.normal([2, 1, 17, 20], mean: 0, deviation: 1, using: &random)
    try NpyFile.write(images, to: place.path + "/x.npy")
    try NpyFile.write(Tensor<Int64>([0, 1]), to: place.path + "/l.npy")
    let files = ["--weights", "w.safetensors", "--input", "x.npy", "--output", "y.npy"]
    let result = try place.program.start(["run", "--model", "unet"] + files).result()
    #expect(result.status == 0, "\(result.complaint)")
    let logits = try NpyFile.read(path: place.path + "/y.npy", as: Float.self)
    #expect(logits.shape == [2, 3, 17, 20])
    #expect(try logits.scalars == network.predict(images).scalars)
    let gradients = try place.program.start(["gradients", "--model", "unet", "--labels", "l.npy"] + files).result()
    #expect(gradients.status == 64)
    #expect(gradients.oneLine?.contains("each pixel") == true)
    let training = try place.program.run("train", "--model", "unet", "--dataset", "digits")
    #expect(training.status == 64)
    #expect(training.oneLine?.contains("'unet', which gives each pixel one") == true, "\(training.complaint)")
  }

  @Test func weightsOfAnotherNetworkAreRefused() throws {
    let place = try TemporaryFolder()
    try seeded(1) { ResNet(.resnet18, classCount: 4) }.stateDictionary().write(to: place.path + "/18.safetensors")
    try NpyFile.write(Tensor<Float>.zeros([1, 3, 64, 64]), to: place.path + "/x.npy")
    try NpyFile.write(Tensor<Float>.zeros([3, 64, 64]), to: place.path + "/flat.npy")
    let cases: [(model: String, input: String, words: String)] = [
      ("resnet34", "x.npy", "missing: layer1.2.conv1.weight"), ("vgg11", "x.npy", "features.0.weight"),
      ("resnet18", "flat.npy", "[3, 64, 64]"),
    ]
    for (model, input, words) in cases {
      let result = try place.program.start(
        ["run", "--model", model, "--weights", "18.safetensors", "--input", input, "--output", "y.npy"]
      ).result()
      #expect(result.status == 1)
      #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    }
    #expect(!place.names().contains("y.npy"))
  }
}
