import ArgumentParser
import TensorCore
import Training

/// Shows what is in a file of tensors, or of a training's events.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a file of weights, arrays, a checkpoint or TensorBoard's events.",
    discussion: """
      Takes safetensors, npy, npz and IDX files (these as they are or packed by gzip), and shows each tensor's type, shape, \
      least, mean and greatest value, and how many elements are NaN or infinite. Of an event file it shows the tags: what \
      they hold, how many entries of which steps and, for numbers, the first and the last.

      EXAMPLES:
        needletail inspect resnet50.safetensors
        needletail inspect runs/lenet5-digits-1/checkpoint.safetensors --json
        needletail inspect ~/mnist/train-images-idx3-ubyte.gz
        needletail inspect runs/lenet5-digits-1/events.out.tfevents.1700000000.needletail.123.0
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var form: FormOptions

  /// The characters of a text beside the tensors that are shown.
  private static let textWidth = 100

  func run() throws {
    switch try FileFormat(of: file) {
    case .events: show(try EventFileContents(path: file))
    case .tensors(let format):
      let contents = try TensorFile(file, format)
      // All are read before anything is said: a broken file leaves no half answer.
      show(try contents.names.map(contents.facts), contents)
    }
  }

  private func show(_ events: EventFileContents) {
    guard !form.json else { return events.series.forEach(JSONLine.print) }
    Console.print(EventTable(contents: events).text)
  }

  private func show(_ facts: [TensorFacts], _ contents: TensorFile) {
    guard !form.json else { return facts.forEach(JSONLine.print) }
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
