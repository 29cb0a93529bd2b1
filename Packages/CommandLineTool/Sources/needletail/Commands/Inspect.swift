import ArgumentParser
import TensorCore

/// Shows what is in a file of tensors.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a file of weights, arrays or a checkpoint.",
    discussion: """
      Takes safetensors, npy and npz files, and shows each tensor's type, shape, least, mean and greatest value, and how
      many elements are NaN or infinite.

      EXAMPLES:
        needletail inspect resnet50.safetensors
        needletail inspect runs/lenet5-digits-1/checkpoint.safetensors --json
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  @Flag(help: "Write one JSON object for each tensor.")
  var json = false

  /// The characters of a text beside the tensors that are shown.
  private static let textWidth = 100

  func run() throws {
    let contents = try TensorFile(file)
    // All are read before anything is said: a broken file leaves no half answer.
    let facts = try contents.names.map { TensorFacts($0, try contents.tensor($0)) }
    guard !json else { return facts.forEach(JSONLine.print) }
    show(facts, contents)
  }

  private func show(_ facts: [TensorFacts], _ contents: TensorFile) {
    for (key, text) in contents.metadata.sorted(by: { $0.key < $1.key }) {
      Console.print("\(key): \(Figures.left(text, min(text.count, Self.textWidth)))")
    }
    let header = ["tensor", "type", "shape", "elements", "least", "mean", "greatest", "not finite"]
    Console.print(TextTable([header] + facts.map(\.cells), leftColumns: [0, 1, 2]).text)
    let (count, tensors) = (facts.reduce(0) { $0 + $1.count }, facts.count)
    let notFinite = facts.reduce(0) { $0 + $1.notFinite }
    Console.print(
      "\(contents.format.rawValue): \(tensors) \(tensors == 1 ? "tensor" : "tensors") of \(Figures.grouped(count)) elements"
        + (notFinite > 0 ? ", \(Figures.grouped(notFinite)) of them not finite" : ""))
  }
}
