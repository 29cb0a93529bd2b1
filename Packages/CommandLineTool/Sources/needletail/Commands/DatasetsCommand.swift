import ArgumentParser

/// What there is to know of data sets before training on them.
struct DatasetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Lists data sets, fetches one, or shows samples of it.",
    discussion: """
      EXAMPLES:
        needletail datasets list
        needletail datasets fetch fashion-mnist --data ~/fashion
        needletail datasets show digits --count 20 --output digits.png
      """,
    subcommands: [DatasetsList.self, DatasetsFetch.self, DatasetsShow.self])
}
