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
        needletail summary resnet50
        needletail summary vgg16 --input 1x96x96
      """)

  @OptionGroup var network: ModelArgument

  @Option(
    help: ArgumentHelp(
      "Channels, height and width of the image, as 3x224x224. (default: the paper's)", valueName: "CxHxW"),
    transform: InputSize.init)
  var input: InputSize?

  func run() throws {
    let entry = try network.entry()
    let shape = input?.shape ?? entry.facts.input
    let network = withoutInitialWeights { entry.make(shape[0], entry.facts.classCount) }
    do {
      Console.print(try network.summary(for: Shape([1] + shape.sizes)).description)
    } catch {
      throw UsageError("--input: \(error.description)")
    }
  }
}
