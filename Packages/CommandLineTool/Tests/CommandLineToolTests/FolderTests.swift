import Foundation
import TensorCore
import Testing
import Training

/// `train`, `evaluate`, `predict` and `datasets show` with a folder of pictures.
struct FolderTests {
  private let place: TemporaryFolder

  init() throws {
    place = try TemporaryFolder()
    try place.writePictures("pictures")
  }

  private let training = [
    "train", "--model", "lenet5", "--dataset", "folder", "--data", "pictures", "--epochs", "12", "--output", "run",
  ]

  private func run(_ arguments: [String]) throws -> Program.Result {
    let result = try place.program.start(arguments).result()
    #expect(result.status == 0, "\(result.complaint)")
    return result
  }

  /// From pictures to an answer about a new one.
  @Test func learnsPicturesOfOnesOwn() throws {
    let result = try run(training)
    #expect(result.output.contains("48 training and 12 test images"))
    #expect(result.output.contains("stripes"))
    #expect(place.names("run") == resultNames)
    let record = try RunFolder(place.path + "/run").readRecord()
    #expect(record.testAccuracy > 0.7, "\(record.testAccuracy)")
    #expect(record.settings.classNames == ["disc", "square", "stripes"])
    #expect(record.settings.preprocessing.outputShape == [3, 32, 32])
    let again = try run(["evaluate", "run", "--json"])
    #expect(again.objects.first??["testAccuracy"] as? Double == record.testAccuracy)
    var random = RandomStream(seed: 77)
    try place.write(TemporaryFolder.picture("stripes", using: &random), to: "new.ppm")
    let answer = try run(["predict", "run", "new.ppm", "--json"])
    let predictions = try #require(answer.objects.first??["predictions"] as? [[String: Any]])
    #expect(predictions.first?["name"] as? String == "stripes")
    #expect(predictions.count == 3)
    #expect(try run(["predict", "run", "new.ppm"]).output.contains("stripes"))
    // Other pictures of the same classes, all of them; of those trained with, under whatever name, only the ones held out.
    try place.writePictures("others", count: 5, seed: 2)
    let others = try run(["evaluate", "run", "--data", "others", "--json"])
    #expect(others.objects.first??["testCount"] as? Int == 15)
    let own = try run(["evaluate", "run", "--data", "./run/../pictures/", "--json"])
    #expect(own.objects.first??["testCount"] as? Int == 12)
    let changed = place.path + "/pictures/disc/new.ppm"
    try FileManager.default.copyItem(atPath: place.path + "/new.ppm", toPath: changed)
    let refused = try place.program.start(["evaluate", "run"]).result()
    #expect(refused.status == 1)
    #expect(refused.oneLine?.contains("expected the 60 images that the run had, found 61") == true)
    try FileManager.default.removeItem(atPath: changed)
    try FileManager.default.moveItem(atPath: place.path + "/pictures", toPath: place.path + "/moved")
    let moved = try run(["evaluate", "run", "--data", "moved", "--json"])
    #expect(moved.objects.first??["testCount"] as? Int == 12)
    let elsewhere = try run(["evaluate", "run", "--data", "others", "--json"])
    #expect(elsewhere.objects.first??["testCount"] as? Int == 15)
  }

  /// Neither threads, nor memory, nor a stop in the middle change a bit of an augmented run.
  @Test func augmentedRunsRepeatAndGoOn() throws {
    let options = ["--augment", "--quiet", "--epochs", "2", "--batch-size", "8"]
    func arguments(_ folder: String, _ more: [String]) -> [String] { Array(training.dropLast()) + [folder] + more }
    _ = try run(arguments("run", options + ["--threads", "1"]))
    _ = try run(arguments("two", options + ["--threads", "2", "--cache", "0"]))
    let weights = try place.bytes("run/model.safetensors")
    #expect(try place.bytes("two/model.safetensors") == weights)
    _ = try run(arguments("plain", ["--quiet", "--epochs", "2", "--batch-size", "8"]))
    #expect(try place.bytes("plain/model.safetensors") != weights)
    #expect(try RunFolder(place.path + "/run").readRecord().settings.augmentation == .photographs)
    let running = try place.program.start(arguments("cut", options.filter { $0 != "--quiet" } + ["--json"]))
    #expect(running.waits(for: "\"event\":\"epoch\""))
    running.process.interrupt()
    _ = try running.result()
    _ = try run(["train", "--resume", "cut", "--quiet"])
    #expect(try place.bytes("cut/model.safetensors") == weights)
  }

  /// Folders of their own for training and test; a size that the network takes.
  @Test func takesPartsAndSizes() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/parts", withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: place.path + "/pictures", toPath: place.path + "/parts/train")
    try place.writePictures("parts/val", count: 3, seed: 5)
    let result = try run([
      "train", "--model", "resnet20", "--dataset", "folder", "--data", "parts", "--image-size", "24", "--dry-run",
      "--json",
    ])
    let plan = try #require(result.objects.first ?? nil)
    #expect(plan["trainingCount"] as? Int == 60 && plan["testCount"] as? Int == 9)
    let shown = try run(["datasets", "show", "folder", "--data", "parts", "--count", "4", "--output", "sheet.png"])
    #expect(shown.output.contains("60 training and 9 test images") && shown.output.contains("0 disc (20)"))
    #expect(place.names().contains("sheet.png"))
  }

  @Test func namesOrSkipsBrokenImages() throws {
    try place.write(Array("P6 9 9 255 ".utf8), to: "pictures/disc/broken.ppm")
    try place.write([1, 2, 3], to: "pictures/square/none.png")
    let refused = try place.program.start(training).result()
    #expect(refused.status == 1)
    #expect(refused.oneLine?.contains("pictures/disc/broken.ppm: expected") == true, "\(refused.complaint)")
    #expect(refused.oneLine?.contains("--skip-broken") == true)
    let result = try run(training + ["--skip-broken", "--epochs", "1"])
    #expect(result.output.contains("pictures/disc/broken.ppm: expected"))
    #expect(result.output.contains("2 of 62 images skipped"))
    #expect(result.output.contains("48 training and 12 test images"))
    // The run remembers.
    #expect(try run(["evaluate", "run"]).output.contains("of 12 test images"))
    let shown = ["datasets", "show", "folder", "--data", "pictures", "--count", "4"]
    #expect(try place.program.start(shown).result().oneLine?.contains("--skip-broken leaves such images out") == true)
    #expect(try run(shown + ["--skip-broken"]).output.contains("48 training and 12 test images"))
  }

  /// A run of whole images measures others with some left out, if asked to.
  @Test func measuresOthersWithoutBrokenImages() throws {
    _ = try run(training + ["--epochs", "1", "--quiet"])
    try place.writePictures("others", count: 5, seed: 2)
    try place.write([1, 2, 3], to: "others/square/none.png")
    let evaluation = ["evaluate", "run", "--data", "others"]
    #expect(try place.program.start(evaluation).result().oneLine?.contains("--skip-broken") == true)
    #expect(try run(evaluation + ["--skip-broken"]).output.contains("of 15 test images"))
  }

  /// `check` and `rate` see pictures as `train` would.
  @Test func looksAtANetworkBeforeItIsTrained() throws {
    let options = ["--model", "resnet20", "--dataset", "folder", "--data", "pictures", "--image-size", "24", "--json"]
    let rate = try run(["rate"] + options + ["--steps", "10", "--batch-size", "4"])
    #expect(rate.objects.first??["points"] is [Any])
    for command in ["check", "rate"] {
      let refused = try place.program.start(
        [command, "--model", "lenet5", "--dataset", "folder", "--data", "pictures", "--image-size", "40"]).result()
      #expect(refused.status == 1 && refused.oneLine?.contains("[1, 3, 40, 40]") == true, "\(refused.complaint)")
    }
  }

  @Test(
    arguments: [
      (["--dataset", "folder"], 64, "--data: expected the folder of the images"),
      (["--dataset", "folder", "--data", "nowhere"], 1, "nowhere"),
      (["--dataset", "folder", "--data", "pictures/disc"], 1, "two classes or more, found no folder"),
      (["--dataset", "folder", "--data", "pictures", "--download"], 64, "one's own"),
      (["--dataset", "folder", "--data", "pictures", "--image-size", "4"], 64, "'4'"),
      (["--dataset", "folder", "--data", "pictures", "--image-size", "40"], 1, "[1, 3, 40, 40]"),
      (["--dataset", "digits", "--image-size", "40"], 64, "--image-size is for --dataset folder"),
      (["--dataset", "digits", "--skip-broken"], 64, "--skip-broken is for --dataset folder"),
      (["--dataset", "foldr", "--data", "pictures"], 64, "did you mean folder?"),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], status: Int32, words: String) throws {
    let result = try place.program.start(["train", "--model", "lenet5"] + arguments).result()
    #expect(result.status == status)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }

  /// A folder whose classes are others than the run's.
  @Test func refusesOtherClasses() throws {
    _ = try run(training + ["--epochs", "1", "--quiet"])
    try place.writePictures("others", count: 2)
    try FileManager.default.moveItem(atPath: place.path + "/others/disc", toPath: place.path + "/others/ring")
    let result = try place.program.run("evaluate", "run", "--data", "others")
    #expect(result.status == 1)
    #expect(
      result.oneLine?.contains("disc, square, stripes, found ring, square, stripes") == true, "\(result.complaint)")
  }
}
