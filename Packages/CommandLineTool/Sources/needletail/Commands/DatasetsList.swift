import ArgumentParser
import Datasets

/// The table of all data sets.
struct DatasetsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists all data sets with their classes, size, licence and origin.",
    discussion: """
      EXAMPLE:
        needletail datasets list
      """)

  func run() {
    let header = ["data set", "title", "classes", "to fetch", "licence", "origin"]
    let rows = DatasetCatalog.sources.map { source in
      let facts = source.information
      let bytes = source.files.reduce(0) { $0 + $1.byteCount }
      return [
        facts.name, facts.title, "\(facts.classNames.count)",
        source.isBuiltIn ? "built in" : bytes == 0 ? "by hand" : Figures.megabytes(bytes),
        facts.license, facts.homepage,
      ]
    }
    Console.print(TextTable([header] + rows, leftColumns: [0, 1, 4, 5]).text)
  }
}
