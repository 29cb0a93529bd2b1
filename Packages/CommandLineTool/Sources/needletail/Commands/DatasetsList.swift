import ArgumentParser
import Datasets
import Foundation

/// The table of all data sets.
struct DatasetsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists all data sets with their classes, size, licence and origin.",
    discussion: """
      With --json each has its files, their sizes and SHA-256 checksums, its classes and citation, too.

      EXAMPLES:
        needletail datasets list
        needletail datasets list --json
      """)

  @OptionGroup var form: FormOptions

  func run() {
    guard !form.json else { return DatasetCatalog.sources.map(Row.init).forEach(JSONLine.print) }
    let header = ["data set", "title", "classes", "to fetch", "licence", "origin"]
    let rows = DatasetCatalog.sources.map { source in
      let facts = source.information
      return [
        facts.name, facts.title, "\(facts.classNames.count)",
        source.isBuiltIn ? "built in" : Figures.megabytes(source.files.reduce(0) { $0 + $1.byteCount }),
        facts.license, facts.homepage,
      ]
    }
    Console.print(TextTable([header] + rows, leftColumns: [0, 1, 4, 5]).text)
  }

  private struct Row: Encodable {
    struct File: Encodable {
      let name: String
      let bytes: Int
      let sha256: String
      let mirrors: [String]
    }

    let dataset: String
    let title: String
    let classes: [String]
    let builtIn: Bool
    let files: [File]
    let license: String
    let citation: String
    let homepage: String

    init(_ source: any DatasetSource) {
      let facts = source.information
      (dataset, title, classes, builtIn) = (facts.name, facts.title, facts.classNames, source.isBuiltIn)
      (license, citation, homepage) = (facts.license, facts.citation, facts.homepage)
      files = source.files.map {
        File(name: $0.name, bytes: $0.byteCount, sha256: $0.sha256, mirrors: $0.mirrors.map(\.absoluteString))
      }
    }
  }
}
