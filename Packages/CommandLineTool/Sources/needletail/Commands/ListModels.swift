import ArgumentParser
import Models
import TensorCore

/// The table of all networks.
struct ListModels: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists all networks with their parameters and multiply-adds.",
    discussion: """
      Multiply-adds are those of one image of the given size; parameters are for the classes of the paper.

      EXAMPLES:
        needletail models
        needletail models --json
      """)

  @OptionGroup var form: FormOptions

  func run() {
    guard !form.json else { return ModelCatalog.entries.map { Row($0.facts) }.forEach(JSONLine.print) }
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

  private struct Row: Encodable {
    let model: String
    let parameters: Int
    let multiplyAdds: Int
    let input: [Int]
    let output: [Int]
    let paper: String

    init(_ facts: ModelFacts) {
      (model, paper, input, output) = (facts.name, facts.paper, facts.input.sizes, facts.output.sizes)
      (parameters, multiplyAdds) = (facts.parameters, facts.multiplyAdds)
    }
  }
}
