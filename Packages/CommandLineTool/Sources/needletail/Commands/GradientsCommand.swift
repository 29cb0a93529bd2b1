import ArgumentParser
import Autograd
import Models
import NNLayers
import TensorCore

/// One training step's gradients, for other programs.
struct GradientsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradients",
    abstract: "Calculates the gradients of one training step.",
    discussion: """
      Takes images as they are, [N, C, H, W] in floating point, and labels, [N] of Int64 or Int32. Writes the gradient of the \
      mean cross-entropy for each parameter under its name, and `loss`. It is a step of training: batch normalisation \
      takes the batch's own statistics. Nothing is dropped out. Weights and images are converted to the precision first.
      Convolutions are plain sums: algorithms that round more are not used, since the numbers are there to be compared.

      EXAMPLES:
        needletail gradients --model resnet18 --weights w.safetensors --input x.npy --labels l.npy --output g.safetensors
        needletail gradients --model googlenet --weights w.safetensors --input x.npy --labels l.npy \\
          --output g.safetensors --precision double --auxiliary-heads
      """)

  @OptionGroup var network: NetworkFileOptions

  @Option(help: ArgumentHelp("Their classes, an npy file.", valueName: "file"), completion: .file(extensions: ["npy"]))
  var labels: String

  @Option(
    help: ArgumentHelp("Where the gradients go, a safetensors file.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: "What is calculated in and written.")
  var precision = Precision.float

  @Option(
    parsing: .unconditional, help: "How many classes there are. (default: as many as the weights have)",
    transform: Numbers.whole(in: Limits.classes))
  var classes: Int?

  @Flag(help: "Add the losses of GoogLeNet's auxiliary classifiers, each times 0.3.")
  var auxiliaryHeads = false

  @OptionGroup var threads: ThreadsOption

  func run() throws {
    ConvolutionAlgorithms.forbidsExtraRounding = true
    try threads.apply()
    let (layer, classCount) = try load(ModelLookup.classifier(named: network.model))
    let images = try Self.images(network.input, precision)
    let labels = try LabelFile.read(self.labels, count: images.shape[0], classCount: classCount)
    try check(layer, images.shape)
    // Masks of dropout have nothing to draw: the probability is 0.
    let loss = self.loss(layer, Variable(images), labels, .training(seed: 0, precision: precision))
    try write(loss, loss.gradients(), of: layer)
  }

  private func load(_ entry: ModelEntry) throws -> (layer: any Layer, classCount: Int) {
    let state = try StateDictionary(contentsOf: network.weights)
    var options = try entry.options(for: state, path: network.weights)
    if let classes, classes != options.classCount {
      throw FileError.malformed(
        file: network.weights, expected: "weights for \(classes) classes, as --classes says",
        found: "\(options.classCount)")
    }
    options.dropout = 0
    options.hasAuxiliaryHeads = auxiliaryHeads
    let layer = withoutInitialWeights { entry.make(options) }
    try checkAuxiliaryHeads(layer, state)
    try layer.load(state, from: network.weights)
    if precision == .double { layer.widen(from: state) }
    return (layer, options.classCount)
  }

  private func checkAuxiliaryHeads(_ layer: any Layer, _ state: StateDictionary) throws {
    guard auxiliaryHeads else { return }
    guard layer is GoogLeNet else {
      throw UsageError("--auxiliary-heads: expected a network that has them, as googlenet, found '\(network.model)'")
    }
    for head in ["aux1", "aux2"] where !state.entries.contains(where: { $0.name.hasPrefix(head + ".") }) {
      throw FileError.malformed(
        file: network.weights, expected: "weights of the auxiliary classifier '\(head)'", found: "none of that name")
    }
  }

  private static func images(_ path: String, _ precision: Precision) throws -> TensorValue {
    let images: TensorValue =
      switch precision {
      case .float: .float(try NpyFile.read(path: path, as: Float.self))
      case .double: .double(try NpyFile.read(path: path, as: Double.self))
      }
    guard images.shape.rank > 0, images.shape[0] > 0 else {
      throw FileError.malformed(file: path, expected: "at least one image [N, C, H, W]", found: "\(images.shape)")
    }
    return images
  }

  /// Throws for images that the network cannot be trained with.
  private func check(_ layer: any Layer, _ shape: Shape) throws {
    do throws(InputError) {
      _ = try layer.outputShape(for: shape)
      if auxiliaryHeads { try (layer as? GoogLeNet)?.checkAuxiliaryHeads(for: shape) }
    } catch {
      throw FileError.malformed(
        file: network.input, expected: "images that the network takes", found: error.description)
    }
    if let name = layer.layerWithoutStatistics(for: shape) {
      throw FileError.malformed(
        file: network.input,
        expected: "more or larger images: '\(name)' takes statistics of more than one value per channel",
        found: "\(shape)")
    }
  }

  private func loss(
    _ network: any Layer, _ images: Variable, _ labels: Tensor<Int64>, _ context: Context
  ) -> Variable {
    if auxiliaryHeads, let network = network as? GoogLeNet { return network.loss(images, labels, context) }
    return crossEntropy(network(images, context), labels)
  }

  /// Writes the gradients in the order of the network; a parameter without any has one of zeros.
  private func write(_ loss: Variable, _ gradients: Gradients, of network: any Layer) throws {
    let values = network.namedParameters.filter(\.parameter.isTrainable).map { name, parameter in
      (name, gradients[parameter] ?? .filled(0, shape: parameter.shape, precision: precision))
    }
    let entries = values + [("loss", loss.value)]
    try SafetensorsFile.write(entries.map { ($0.0, StateValue.tensor($0.1).stored) }, to: output)
  }
}

extension Precision: @retroactive ExpressibleByArgument {}

extension Layer {
  /// Takes over weights that were loaded once more, with all their digits.
  fileprivate func widen(from state: StateDictionary) {
    for (name, parameter) in namedParameters {
      if case .tensor(let value)? = state[name] { parameter.value = value.converted(to: .double) }
    }
  }

  /// The first batch normalisation that sees a single value per channel, of which there is no variance; nil if none does.
  fileprivate func layerWithoutStatistics(for shape: Shape) -> String? {
    // Of several images there are several values.
    guard shape[0] == 1 else { return nil }
    var found: String?
    let context = Context.inference
    context.observe { call in
      guard found == nil, call.layer is BatchNorm1d || call.layer is BatchNorm2d else { return }
      if call.input.shape.count <= call.input.shape[1] { found = call.name }
    }
    _ = self(Tensor<Float>.zeros(shape), context)
    return found
  }
}
