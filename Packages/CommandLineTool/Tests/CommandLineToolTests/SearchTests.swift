import Foundation
import Testing
import Training

/// A search on the built-in digits that takes seconds.
private let shortSearch = [
  "search", "--model", "lenet5", "--dataset", "digits", "--epochs", "1", "--batch-size", "64",
]

struct SearchTests {
  @Test func triesShowsAndSaysHowToTrain() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(
      shortSearch + [
        "--trials", "3", "--learning-rate", "1e-3...0.3:log", "--optimizer", "sgd,adam", "--table", "t.jsonl",
      ]
    ).result()
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.complaint.isEmpty && place.names() == ["t.jsonl"])
    let trials = result.lines.filter { $0.hasPrefix("trial ") && $0.contains("/3") }
    #expect(trials.count == 3)
    #expect(trials.allSatisfy { $0.contains("learning-rate") && $0.contains("optimizer") && $0.contains("accuracy") })
    #expect(result.output.contains("1151 training and 287 validation images"))
    let head = try #require(result.lines.firstIndex { $0.contains("trial  learning-rate") })
    let accuracies = result.lines[(head + 1)...(head + 3)].compactMap { line in
      line.components(separatedBy: " %").first?.split(separator: " ").last.flatMap { Double($0) }
    }
    #expect(accuracies.count == 3 && accuracies == accuracies.sorted(by: >))
    let command = try #require(result.lines.last).trimmingCharacters(in: .whitespaces)
    #expect(
      command.hasPrefix("needletail train --model lenet5 --dataset digits --epochs 1 --batch-size 64 --learning-rate"))
    // The command is one that trains.
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let plan = try place.program.start(words + ["--dry-run"]).result()
    #expect(plan.status == 0, "\(plan.complaint)")
  }

  @Test func aKilledSearchGoesOn() throws {
    let search = shortSearch + ["--trials", "4", "--learning-rate", "1e-3...0.3:log", "--table", "t.jsonl"]
    let whole = try TemporaryFolder()
    #expect(try whole.program.start(search).result().status == 0)
    let place = try TemporaryFolder()
    let running = try place.program.start(search)
    #expect(running.waits(for: "trial 2/4"))
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.result()
    let done = try place.text("t.jsonl").split(separator: "\n").count - 1
    #expect((2...4).contains(done))
    let resumed = try place.program.start(search).result()
    #expect(resumed.status == 0, "\(resumed.complaint)")
    #expect(resumed.output.contains("going on after \(done) trials"))
    #expect(resumed.lines.filter { $0.hasPrefix("trial ") && $0.contains("/4") }.count == 4 - done)
    #expect(resumed.lines.last == (try whole.program.start(search).result().lines.last))
    #expect(try Self.untimed(place.text("t.jsonl")) == Self.untimed(whole.text("t.jsonl")))
    let longer = try place.program.start(search + ["--trials", "5"]).result()
    #expect(longer.status == 0 && longer.output.contains("going on after 4 trials"), "\(longer.complaint)")
    #expect(longer.output.contains("trial 5/5"))
  }

  /// The lines of a table without the time that trials took.
  private static func untimed(_ table: String) -> [String] {
    table.split(separator: "\n").map { line in
      line.split(separator: ",").filter { !$0.contains("seconds") }.joined(separator: ",")
    }
  }

  @Test func interruptsEndWithTheTableWhole() throws {
    let place = try TemporaryFolder()
    let running = try place.program.start(
      shortSearch + ["--trials", "50", "--learning-rate", "1e-3...0.3:log", "--table", "t.jsonl"])
    #expect(running.waits(for: "trial  1/50"))
    running.process.interrupt()
    let result = try running.result()
    #expect(result.status == 130)
    #expect(result.output.contains("the same command goes on"))
    #expect(result.output.contains("needletail train --model lenet5"))
    #expect(place.names() == ["t.jsonl"])
  }

  @Test func halvingSpendsItsEpochs() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start([
      "search", "--model", "lenet5", "--dataset", "digits", "--epochs", "2", "--strategy", "halving", "--trials", "4",
      "--factor", "2", "--learning-rate", "1e-3...0.3:log", "--json",
    ]).result()
    #expect(result.status == 0, "\(result.complaint)")
    let objects = result.objects.compactMap { $0 }
    #expect(objects.compactMap { $0["epochs"] as? Int } == [1, 1, 1, 1, 1, 1, 2])
    #expect(objects.last?["event"] as? String == "finished")
    #expect((objects.last?["best"] as? [String: Any])?["epochs"] as? Int == 2)
    #expect(place.names("runs") == ["search-lenet5-digits.jsonl"])
  }

  @Test func saysWhatItWouldDo() throws {
    let place = try TemporaryFolder()
    try place.write(
      Array(#"{"model": "lenet5", "dataset": "digits", "learning-rate": "0.01...1:log", "batch-size": [16, 32]}"#.utf8),
      to: "search.json")
    let result = try place.program.run(
      "search", "--config", "search.json", "--strategy", "grid", "--grid-values", "3", "--vary", "shift=0...1",
      "--dry-run")
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.output.contains("12 trials by grid"))
    for words in ["learning-rate 0.01\n", "batch-size 16", "shift 0", "into runs/search-lenet5-digits.jsonl"] {
      #expect(result.output.contains(words), "\(words)")
    }
    #expect(place.names() == ["search.json"])
  }

  @Test(
    arguments: [
      ([], "at least one option with a range"), (["--learning-rate", "0.1"], "at least one option with a range"),
      (["--learning-rate", "0...1:log"], "--learning-rate: expected finite bounds above 0"),
      (["--learning-rate", "1e-1...1e-4"], "the lower first"), (["--learning-rate", "a...b"], "found 'a...b'"),
      (["--learning-rate", "0.1...0.5", "--learning-rate", "0.1"], "found both"),
      (["--vary", "learning-rte=0.1...0.5"], "did you mean learning-rate"),
      (["--vary", "0.1...0.5"], "learning-rate="),
      (["--momentum", "0.5...1.0"], "below 1"), (["--batch-size", "8...64:log"], "whole number"),
      (["--optimizer", "sgd,adm"], "adm"), (["--optimizer", "sgd,,adam"], "sgd,,adam"),
      (["--optimizer", "sgd,adam", "--momentum", "0.9"], "--momentum does not go with"),
      (["--learning-rate", "0.1...0.5", "--learning-rate", "0.1...0.5"], "expected one range, found two"),
      (["--learning-rate", "0.1...0.5", "--factor", "2"], "--factor does not go with --strategy random"),
      (["--epochs", "1...3", "--strategy", "halving"], "--epochs"),
      (["--shift", "0...3", "--validation", "0"], "--validation"),
      (["--shift", "0...3", "--trials", "0"], "--trials"), (["--shift", "0...3", "--table", ""], "--table"),
      (["--shift", "0...3", "--quiet", "--json"], "--json"), (["--shift", "0...3", "--strategy", "bayes"], "bayes"),
    ] as [([String], String)])
  func refuses(arguments: [String], words: String) throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(["search", "--model", "lenet5", "--dataset", "digits"] + arguments).result()
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    #expect(place.names().isEmpty)
  }

  /// A name alone, of one character, is a file in this folder.
  @Test func theTableMayHaveAnyName() throws {
    let place = try TemporaryFolder()
    let search = shortSearch + ["--trials", "1", "--learning-rate", "0.1...0.2", "--quiet", "--table"]
    #expect(try place.program.start(search + ["t"]).result().status == 0)
    #expect(place.names() == ["t"])
    let folder = try place.program.start(search + ["."]).result()
    #expect(folder.status == 1 && folder.oneLine?.contains("found a folder") == true, "\(folder.complaint)")
  }

  @Test func namesABrokenTable() throws {
    let place = try TemporaryFolder()
    try place.write(Array("{\"format\":1}\n".utf8), to: "t.jsonl")
    let search = shortSearch + ["--trials", "1", "--learning-rate", "0.1...0.2", "--table", "t.jsonl"]
    let result = try place.program.start(search).result()
    #expect(result.status == 1)
    #expect(result.oneLine?.contains("t.jsonl:1: expected") == true, "\(result.complaint)")
    #expect(try place.text("t.jsonl") == "{\"format\":1}\n")
    #expect(try place.program.start(search + ["--overwrite"]).result().status == 0)
    let other = try place.program.start(search + ["--shift", "1"]).result()
    #expect(other.status == 1 && other.oneLine?.contains("--shift=1") == true, "\(other.complaint)")
  }

  @Test func examplesOfTheHelpAreUnderstood() throws {
    let help = try TemporaryFolder().program.run("search", "--help").output.components(separatedBy: "EXAMPLES:")
    let section = try #require(help.last?.components(separatedBy: "\n\n").first)
    // Lines are broken where the terminal ends.
    let examples = section.replacingOccurrences(of: "\\", with: " ").components(separatedBy: "needletail search")
      .dropFirst()
    #expect(examples.count == 3)
    for example in examples {
      let words = ["search"] + example.split(whereSeparator: \.isWhitespace).map(String.init)
      let result = try TemporaryFolder().program.start(words + (words.contains("--dry-run") ? [] : ["--dry-run"]))
        .result()
      #expect(result.status == 0, "\(example): \(result.complaint)")
    }
  }
}
