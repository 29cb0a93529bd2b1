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
    Console.print(TextTable([header] + rows, leftColumns: [0, 3, 4]).text)
  }
}
