import Foundation
import TensorCore
import Testing

/// Files that are broken, missing or cannot be written, for every command that takes one: code 1, nothing on standard output but
/// what came before, one line that names the file.
struct FailureTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  private func expectFailure(_ arguments: [String], naming name: String) throws {
    let before = place.names()
    let result = try place.program.start(arguments).result()
    #expect(result.status == 1, "\(arguments)")
    #expect(result.oneLine?.contains(name) == true, "\(arguments): \(result.complaint)")
    #expect(place.names() == before, "\(arguments)")
  }

  private static func onData(_ dataset: String, _ folder: String) -> [[String]] {
    let (name, data) = (["--dataset", dataset], ["--data", folder])
    return [
      ["train", "--model", "lenet5", "--output", "new"] + name + data,
      ["train", "--model", "lenet5", "--dry-run"] + name + data,
      ["search", "--model", "lenet5", "--shift", "0...1", "--table", "new"] + name + data,
      ["check", "lenet5"] + name + data, ["rate", "lenet5"] + name + data,
      ["datasets", "show", dataset] + data,
    ]
  }

  /// The images are cut off; the other files would be next.
  @Test func brokenDataSets() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/mnist", withIntermediateDirectories: true)
    for name in [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ] {
      try place.write([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, 1], to: "mnist/" + name)
    }
    for arguments in Self.onData("mnist", "mnist") { try expectFailure(arguments, naming: "mnist/t") }
    for arguments in Self.onData("mnist", "nowhere") { try expectFailure(arguments, naming: "nowhere") }
  }

  @Test func brokenImages() throws {
    for name in ["cats", "dogs"] {
      try FileManager.default.createDirectory(
        atPath: place.path + "/pictures/" + name, withIntermediateDirectories: true)
      for number in 1...4 { try place.write([0x89, 0x50, 0x4E, 0x47], to: "pictures/\(name)/\(number).png") }
    }
    for arguments in Self.onData("folder", "pictures") { try expectFailure(arguments, naming: ".png") }
    for arguments in Self.onData("folder", "nowhere") { try expectFailure(arguments, naming: "nowhere") }
  }

  /// Where a file stands in a folder's place nobody can write, not even an administrator.
  @Test func outputsThatCannotBeWritten() throws {
    try place.write([7], to: "file")
    try NpyFile.write(Tensor<Float>(repeating: 0.5, shape: [1, 1, 32, 32]), to: place.path + "/x.npy")
    try NpyFile.write(Tensor<Int64>([3]), to: place.path + "/y.npy")
    #expect(try place.program.start(shortTraining + ["--quiet"]).result().status == 0)
    let network = ["--model", "lenet5", "--weights", "run/model.safetensors", "--input", "x.npy"]
    for path in ["file/below", "run"] {
      var commands = [
        ["run"] + network + ["--output", path], ["gradients"] + network + ["--labels", "y.npy", "--output", path],
        ["datasets", "show", "digits", "--output", path], ["profile", "lenet5", "--seconds", "0.1", "--trace", path],
        ["search", "--model", "lenet5", "--dataset", "digits", "--epochs", "1", "--shift", "0...1", "--table", path],
      ]
      // The run's own folder is no place for another; this is said, too.
      commands.append(["train", "--model", "lenet5", "--dataset", "digits", "--epochs", "1", "--output", path])
      for arguments in commands { try expectFailure(arguments, naming: path) }
    }
    #expect(try place.bytes("file") == [7] && place.names("run") == resultNames)
  }

  /// A run's record that another program wrote, or another version.
  @Test func recordsOfOtherPrograms() throws {
    #expect(try place.program.start(shortTraining + ["--quiet"]).result().status == 0)
    let record = try place.text("run/run.json")
    let network = record.replacingOccurrences(of: "\"lenet5\"", with: "\"lenet55\"")
    try place.write(Array(network.utf8), to: "run/run.json")
    try expectFailure(
      ["evaluate", "run"], naming: "run/run.json: expected one of `needletail models`, found 'lenet55'")
    try expectFailure(["predict", "run", "run/run.json"], naming: "found 'lenet55'")
    let images = record.replacingOccurrences(of: "\"digits\"", with: "\"mine\"")
    try place.write(Array(images.utf8), to: "run/run.json")
    try expectFailure(["evaluate", "run"], naming: "run/run.json: expected one of `needletail datasets list`")
    try place.write(Array(record.utf8.prefix(400)), to: "run/run.json")
    try expectFailure(["evaluate", "run"], naming: "run/run.json")
    try place.write(Array(try place.bytes("run/checkpoint.safetensors").prefix(400)), to: "run/checkpoint.safetensors")
    try expectFailure(["train", "--resume", "run"], naming: "run/checkpoint.safetensors")
  }

  /// Every command refuses what it does not know with code 64.
  @Test(arguments: HelpTests.commands)
  func unknownOptions(command: [String]) throws {
    let result = try place.program.start(command + ["--bogus"]).result()
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.oneLine?.isEmpty == false, "\(result.complaint)")
    #expect(place.names().isEmpty)
  }

  @Test func unknownCommandsBelowOthers() throws {
    let below = try place.program.run("datasets", "lst")
    #expect(below.status == 64 && below.oneLine?.contains("did you mean list?") == true, "\(below.complaint)")
    let help = try place.program.run("help", "evalute")
    #expect(help.status == 64 && help.oneLine?.contains("did you mean evaluate?") == true, "\(help.complaint)")
  }
}
