import ArgumentParser
import TensorCore

/// Shows what is in a file of tensors.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a file of weights, arrays or a checkpoint.",
    discussion: """
      Takes safetensors, npy, npz and IDX files (these as they are or packed by gzip), and shows each tensor's type, shape, least, mean and greatest value, and how
      many elements are NaN or infinite.

      EXAMPLES:
        needletail inspect resnet50.safetensors
        needletail inspect runs/lenet5-digits-1/checkpoint.safetensors --json
        needletail inspect ~/mnist/train-images-idx3-ubyte.gz
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var form: FormOptions

  /// The characters of a text beside the tensors that are shown.
  private static let textWidth = 100

  func run() throws {
    let contents = try TensorFile(file)
    // All are read before anything is said: a broken file leaves no half answer.
    let facts = try contents.names.map { TensorFacts($0, try contents.tensor($0)) }
    guard !form.json else { return facts.forEach(JSONLine.print) }
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
