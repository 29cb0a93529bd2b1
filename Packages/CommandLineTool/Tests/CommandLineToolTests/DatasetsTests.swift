import Datasets
import Foundation
import TensorCore
import Testing

/// `datasets list`, `fetch` and `show`.
struct DatasetsTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  @Test func listsAll() throws {
    let result = try place.program.run("datasets", "list")
    #expect(result.status == 0)
    #expect(result.lines.dropFirst().map { String($0.prefix { $0 != " " }) } == DatasetCatalog.names)
    #expect(result.lines.contains { $0.hasPrefix("digits ") && $0.contains("built in") && $0.contains("CC BY 4.0") })
    #expect(result.lines.contains { $0.hasPrefix("emnist-letters ") && $0.contains("561.8 MB") })
    let objects = try place.program.run("datasets", "list", "--json").objects
    #expect(objects.compactMap { $0?["dataset"] as? String } == DatasetCatalog.names)
    for object in objects {
      let object = try #require(object)
      let files = try #require(object["files"] as? [[String: Any]])
      // What is not built in can be fetched, and what was fetched be verified.
      #expect(files.isEmpty == (object["builtIn"] as? Bool))
      #expect(files.allSatisfy { ($0["sha256"] as? String)?.count == 64 && ($0["bytes"] as? Int ?? 0) > 0 })
      #expect(["license", "citation", "homepage"].allSatisfy { (object[$0] as? String)?.isEmpty == false })
    }
    // Four files of 26,421,880 + 29,515 + 4,422,102 + 5,148 bytes.
    #expect(result.lines.contains { $0.hasPrefix("fashion-mnist ") && $0.contains("30.9 MB") })
  }

  /// The sheet shows every sample, enlarged seven times; the file is read back by the program's own decoder.
  @Test func drawsASheet() throws {
    let result = try place.program.run("datasets", "show", "digits", "--count", "12", "--output", "s.png")
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.output.contains("1,438 training and 359 test images of 1x8x8"))
    #expect(result.output.contains("CC BY 4.0") && result.output.contains("█"))
    let sheet = try ImageFile.read(place.path + "/s.png")
    // Two rows of 10 + 2, cells of 56 + 10 + 9 by 56 + 6 with a border of 6.
    #expect(sheet.size == ImageSize(height: 2 * 75 + 6, width: 10 * 62 + 6))
    // The first sample's pixels are those of one of the training images.
    let training = try Digits().load().training
    let first = (0..<64).map { pixel in
      Int((sheet.intensities[(6 + 7 * (pixel / 8) + 3) * 626 + 6 + 7 * (pixel % 8) + 3] * 16).rounded())
    }
    let pixels = training.pixels.scalars
    #expect(
      (0..<training.count).contains { image in (0..<64).allSatisfy { Int(pixels[image * 64 + $0]) == first[$0] } })
    let again = try place.program.run("datasets", "show", "--dataset", "digits", "--count", "12")
    #expect(again.output == result.output)
    #expect(try place.program.run("datasets", "show", "digits", "--count", "12", "--seed", "2").output != again.output)
  }

  @Test func fetchesNothingThatIsBuiltIn() throws {
    let result = try place.program.run("datasets", "fetch", "digits")
    #expect(result.status == 0)
    #expect(result.output.contains("built in"))
    #expect(place.names().isEmpty)
  }

  /// EMNIST's archive, too; all arrangements are in the same.
  @Test func checksAnArchiveThatIsThere() throws {
    try place.write([1, 2, 3], to: "gzip.zip")
    let result = try place.program.run("datasets", "fetch", "emnist-mnist", "--data", ".")
    #expect(result.status == 1)
    #expect(
      result.oneLine?.contains("./gzip.zip: expected 561753746 bytes, as published, found 3") == true,
      "\(result.complaint)")
  }

  /// A file that is there, and not the published one, is said to be wrong before anything is fetched.
  @Test func checksWhatIsThere() throws {
    try place.write([1, 2, 3], to: "train-labels-idx1-ubyte.gz")
    let result = try place.program.run("datasets", "fetch", "mnist", "--data", ".")
    #expect(result.status == 1)
    #expect(
      result.oneLine?.contains("./train-labels-idx1-ubyte.gz: expected 28881 bytes, as published, found 3") == true,
      "\(result.complaint)")
    #expect(try place.bytes("train-labels-idx1-ubyte.gz") == [1, 2, 3])
  }

  @Test(
    arguments: [
      (["show", "digit"], 64, "did you mean digits?"), (["fetch", "mnits", "--data", "."], 64, "did you mean mnist"),
      (["fetch", "mnist"], 64, "--data"), (["show", "mnist"], 64, "--data"),
      (["fetch", "emnist-letters"], 64, "--data"), (["fetch", "folder"], 64, "one's own"),
      (["show", "emnist-letters"], 64, "--download fetches them"),
      (["show", "emnist-letters", "--data", "nowhere"], 1, "nowhere"),
      (["show", "digits", "--count", "0"], 64, "'0'"),
      (["show", "digits", "--data", "."], 64, "built in"), (["show", "digits", "--seed", "x"], 64, "'x'"),
      (["show", "mnist", "--data", "nowhere"], 1, "nowhere"),
      (["show", "digits", "--output", "no/s.png"], 1, "no/s.png"),
      (["lists"], 64, "'lists'"), (["show"], 64, "data set: expected one of digits, mnist"),
      (["fetch"], 64, "data set"),
      (["show", "digits", "--dataset", "mnist"], 64, "found 'digits' and 'mnist'"),
      (["show", "digits", "--skip-broken"], 64, "--skip-broken is for folder"),
      (["list", "digits"], 64, "digits"),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], status: Int32, words: String) throws {
    let result = try place.program.start(["datasets"] + arguments).result()
    #expect(result.status == status)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
  }
}
