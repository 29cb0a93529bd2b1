import Datasets
import Foundation
import Models
import Testing

/// What help and the README say can be typed, can be.
struct HelpTests {
  static let commands = [
    ["train"], ["search"], ["evaluate"], ["predict"], ["datasets"], ["datasets", "list"], ["datasets", "fetch"],
    ["datasets", "show"], ["run"], ["gradients"], ["models"], ["summary"], ["inspect"], ["check"], ["rate"],
    ["benchmark"],
    ["profile"], ["doctor"],
  ]

  @Test func knowsAllCommands() throws {
    let help = try TemporaryFolder().program.run("--help").output
    let list = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").last?.components(separatedBy: "\n\n").first)
    let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .map { String($0.split(separator: " ")[0]) }
    #expect(names.sorted() == Self.commands.filter { $0.count == 1 }.flatMap(\.self).sorted())
  }

  @Test(arguments: commands)
  func showsExamplesThatAreUnderstood(command: [String]) throws {
    let program = try TemporaryFolder().program
    let result = try program.start(command + ["--help"]).result()
    #expect(result.status == 0 && result.complaint.isEmpty)
    #expect(try program.start(["help"] + command).result().output == result.output)
    let section = try #require(result.output.components(separatedBy: "EXAMPLE").dropFirst().first)
    let examples = Self.examples(try #require(section.components(separatedBy: "\n\n").first))
    #expect(!examples.isEmpty)
    for example in examples {
      #expect(example.starts(with: command))
      try Self.expectUnderstood(example)
    }
  }

  @Test func understandsTheREADME() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../..")
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("needletail ") }
      .map { $0.components(separatedBy: "  #")[0].components(separatedBy: " #")[0] }
    #expect(lines.count > 10)
    for line in lines { try Self.expectUnderstood(Self.examples(line)[0]) }
  }

  /// The words after each `needletail` of a text in which lines may be broken anywhere.
  private static func examples(_ text: String) -> [[String]] {
    text.components(separatedBy: "needletail ").dropFirst().map { example in
      example.split(whereSeparator: \.isWhitespace).map(String.init).filter {
        $0 != "\\" && !$0.hasPrefix("NEEDLETAIL_")
      }
    }
  }

  /// Arguments are read before the environment is looked at: a complaint about that one says that they were understood.
  private static func expectUnderstood(_ words: [String]) throws {
    var program = try TemporaryFolder().program
    program.environment = ["NEEDLETAIL_THREADS": "none"]
    // A settings file that an example names is not there.
    let words = words.contains("--config") ? words.filter { $0 != "--config" && $0 != "settings.json" } : words
    let isConfigured = words == ["train", "--seed", "2"]
    let result = try program.start(words + (isConfigured ? ["--resume", "run"] : [])).result()
    #expect(isConfigured || result.oneLine?.contains("NEEDLETAIL_THREADS") == true, "\(words): \(result.complaint)")
    if let place = words.firstIndex(of: "--dataset") {
      #expect((DatasetCatalog.names + ["folder"]).contains(words[place + 1]), "\(words)")
    }
    if let place = words.firstIndex(of: "--model") {
      #expect(ModelCatalog.names.contains(words[place + 1]), "\(words)")
    }
  }
}
