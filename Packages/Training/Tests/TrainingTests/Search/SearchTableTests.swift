import Foundation
import TensorCore
import Testing
import Training

struct SearchTableTests {
  private static let space = SearchSpace([.init("rate", .logarithmic(lower: 1e-4, upper: 1))])
  private static let search = Search(
    space, .random(trials: 5), goal: .largest, seed: 3, circumstances: ["model": "lenet5"])

  /// A folder with the table of a search that stopped after three trials.
  private static func started() throws -> (place: TemporaryFolder, table: String, lines: [String]) {
    let place = try TemporaryFolder()
    let table = "\(place.path)/table.jsonl"
    let stop = StopRequest()
    _ = try search.run(table: table, until: stop) { trial in
      if trial.number == 2 { stop.request() }
      return trial.point.number("rate")
    }
    return (place, table, try place.text("table.jsonl").split(separator: "\n").map(String.init))
  }

  private static func error(
    of search: Search = search, in lines: [String], ending: String = "\n"
  ) throws -> SearchTableError? {
    let place = try TemporaryFolder()
    try place.write(lines.joined(separator: "\n") + ending, to: "table.jsonl")
    let before = try place.bytes("table.jsonl")
    let error = #expect(throws: SearchTableError.self) {
      try search.run(table: "\(place.path)/table.jsonl") { _ in 0 }
    }
    #expect(try place.bytes("table.jsonl") == before)
    #expect(error?.file == "\(place.path)/table.jsonl")
    #expect(error?.description.hasPrefix("\(place.path)/table.jsonl:\(error?.line ?? 0): expected ") == true)
    return error
  }

  /// Before the first trial, which may take hours.
  @Test func saysAtOnceThatItCannotBeWritten() throws {
    let place = try TemporaryFolder()
    var trials = 0
    #expect(throws: FileError.self) {
      try Self.search.run(table: "\(place.path)/nowhere/table.jsonl") { _ in
        trials += 1
        return 0
      }
    }
    #expect(trials == 0)
  }

  @Test func hasALineForTheSearchAndOneForEachTrial() throws {
    let lines = try Self.started().lines
    #expect(lines.count == 4)
    #expect(lines[0].contains(#""format":"needletail-search""#) && lines[0].contains("lenet5"))
    for (number, line) in lines.dropFirst().enumerated() {
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(row["trial"] as? Int == number && row["round"] as? Int == 0)
      let values = try #require(row["values"] as? [String: Double])
      #expect(abs((values["rate"] ?? 0) - (row["score"] as? Double ?? 1)) < 1e-15)
    }
  }

  @Test func namesTheBrokenLine() throws {
    let lines = try Self.started().lines
    var changed = lines
    changed[2] = "{\"trial\":1,"
    #expect(try Self.error(in: changed)?.line == 3)
    changed = lines
    changed[3] = changed[3].replacingOccurrences(of: "\"score\"", with: "\"skore\"")
    let error = try Self.error(in: changed)
    #expect(error?.line == 4 && error?.found.contains("score") == true)
    changed = lines
    changed.swapAt(1, 2)
    #expect(try Self.error(in: changed)?.line == 2)
    changed = lines
    changed[0] = "{}"
    #expect(try Self.error(in: changed)?.line == 1)
    #expect(try Self.error(in: lines, ending: "")?.line == 4)
    #expect(try Self.error(in: [], ending: "")?.found == "no bytes")
  }

  @Test func refusesScoresOfOtherPoints() throws {
    var lines = try Self.started().lines
    let row = try #require(try JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Any])
    #expect(row["values"] != nil)
    lines[2] = #"{"round":0,"score":0.5,"seconds":1,"trial":1,"values":{"rate":0.25}}"#
    let error = try Self.error(in: lines)
    #expect(error?.line == 3 && error?.found.contains("rate 0.25") == true)
  }

  @Test(
    arguments: [
      (Search(space, .random(trials: 5), goal: .largest, seed: 4, circumstances: ["model": "lenet5"]), "seed 3"),
      (Search(space, .random(trials: 5), goal: .smallest, seed: 3, circumstances: ["model": "lenet5"]), "largest"),
      (Search(space, .grid(values: 5), goal: .largest, seed: 3, circumstances: ["model": "lenet5"]), "random"),
      (
        Search(
          SearchSpace([.init("rate", .uniform(lower: 1e-4, upper: 1))]), .random(trials: 5), goal: .largest, seed: 3,
          circumstances: ["model": "lenet5"]), "logarithmic"
      ),
      (Search(space, .random(trials: 5), goal: .largest, seed: 3, circumstances: ["model": "vgg11"]), "lenet5"),
      (Search(space, .random(trials: 5), goal: .largest, seed: 3), "lenet5"),
    ] as [(Search, String)])
  func refusesTheTableOfAnotherSearch(search: Search, found: String) throws {
    let error = try Self.error(of: search, in: Self.started().lines)
    #expect(error?.line == 1 && error?.found.contains(found) == true, "\(String(describing: error))")
  }

  @Test func namesATableThatCannotBeWritten() throws {
    let place = try TemporaryFolder()
    let path = "\(place.path)/none/table.jsonl"
    let error = #expect(throws: FileError.self) { try Self.search.run(table: path) { _ in 0 } }
    #expect(error?.file == path)
    let folder = #expect(throws: FileError.self) { try Self.search.run(table: place.path) { _ in 0 } }
    #expect(folder?.file == place.path)
  }

  /// Whatever is done to a table, it is read as it was or refused.
  @Test func damagedTablesAreRefusedOrRead() throws {
    let (place, table, _) = try Self.started()
    let original = try place.bytes("table.jsonl")
    var random = RandomStream(seed: 6)
    for _ in 0..<300 {
      var bytes = original
      bytes[random.integer(below: bytes.count)] = UInt8(random.integer(below: 256))
      if random.integer(below: 4) == 0 { bytes.removeLast(random.integer(below: bytes.count)) }
      try Data(bytes).write(to: URL(fileURLWithPath: table))
      do {
        #expect(try Self.search.run(table: table) { $0.point.number("rate") }.results.count == 5)
      } catch let error as SearchTableError {
        #expect(error.file == table && error.line >= 1)
      }
    }
  }
}
