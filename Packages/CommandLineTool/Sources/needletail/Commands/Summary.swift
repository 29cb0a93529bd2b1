import ArgumentParser
import Models
import NNLayers
import TensorCore

/// The layers of a network.
struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows a network's layers: shapes, parameters, multiply-adds, memory and receptive fields.",
    discussion: """
      Amounts are those of one image; memory is that of the layers' outputs.

      EXAMPLES:
        needletail summary --model resnet50
        needletail summary --model vgg16 --input 1x96x96
      """)

  @OptionGroup var network: NetworkOption

  @Option(
    help: ArgumentHelp(
      "Channels, height and width of the image, as 3x224x224. (default: the paper's)", valueName: "CxHxW"),
    transform: InputSize.init)
  var input: InputSize?

  @OptionGroup var form: FormOptions

  func run() throws {
    let entry = try network.entry()
    let shape = input?.shape ?? entry.facts.input
    let network = withoutInitialWeights { entry.make(shape[0], entry.facts.classCount) }
    do {
      let summary = try network.summary(for: Shape([1] + shape.sizes))
      if form.json { summary.rows.map(Row.init).forEach(JSONLine.print) } else { Console.print(summary.description) }
    } catch {
      throw UsageError("--input: \(error.description)")
    }
  }

  private struct Row: Encodable {
    let layer: String
    let type: String
    let output: [Int]?
    let parameters: Int
    let multiplyAdds: Int
    let bytes: Int
    let receptiveField: [Int]?

    init(_ row: NetworkSummary.Row) {
      (layer, type, output, receptiveField) = (row.name, row.type, row.outputShape?.sizes, row.receptiveField)
      (parameters, multiplyAdds, bytes) = (row.parameterCount, row.multiplyAdds, row.byteCount)
    }
  }
}
