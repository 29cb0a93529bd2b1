import ArgumentParser
import Models

/// The table of all networks.
struct ListModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists all networks with their parameters and multiply-adds.",
    discussion: """
      Multiply-adds are those of one image of the given size; parameters are for the classes of the paper.

      EXAMPLE:
        needletail models
      """)

  func run() {
    let header = ["model", "parameters", "multiply-adds", "input", "paper"]
    let rows = ModelCatalog.entries.map { entry in
      let facts = entry.facts
      return [
        facts.name, Figures.grouped(facts.parameters), Figures.grouped(facts.multiplyAdds),
        InputSize(facts.input).description, facts.paper,
      ]
    }
    let widths = header.indices.map { column in ([header] + rows).map(\.[column].count).max() ?? 0 }
    for row in [header] + rows {
      let cells = [
        Figures.left(row[0], widths[0]), Figures.right(row[1], widths[1]), Figures.right(row[2], widths[2]),
        Figures.left(row[3], widths[3]), row[4],
      ]
      Console.print(cells.joined(separator: "  "))
    }
  }
}
