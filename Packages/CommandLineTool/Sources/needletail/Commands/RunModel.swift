import ArgumentParser
import NNLayers
import TensorCore

/// Inference on an array, for other programs.
struct RunModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Calculates a network's output for an array of images.",
    discussion: """
      Takes the images as they are, [N, C, H, W] in floating point, and writes the logits, [N, classes] or for each pixel \
      [N, classes, H, W], as Float32. The numbers of channels and classes come from the weights.

      EXAMPLES:
        needletail run --model lenet5 --weights model.safetensors --input images.npy --output logits.npy
        needletail run --model resnet18 --weights resnet18.safetensors --input photos.npy --output logits.npy
      """)

  @OptionGroup var network: NetworkFileOptions

  @Option(help: ArgumentHelp("Where the logits go, an npy file.", valueName: "file"), completion: .file())
  var output: String

  /// The images, and the numbers in them, that are calculated at once: enough for any machine, without the memory of all.
  private static let chunk = (images: 256, numbers: 1 << 20)

  @OptionGroup var calculation: CalculationOptions

  func run() throws {
    try calculation.apply()
    let model = try network.entry().load(weights: network.weights)
    let images = try NpyFile.read(path: network.input, as: Float.self)
    try NpyFile.write(logits(of: model, images), to: output)
  }

  private func logits(of model: any Layer, _ images: Tensor<Float>) throws -> Tensor<Float> {
    do {
      let shape = try model.outputShape(for: images.shape)
      guard images.rank > 0, images.shape[0] > 0 else { return Tensor(repeating: 0, shape: shape ?? [0]) }
      let size = max(1, images.shape.count / images.shape[0])
      let chunk = max(1, min(Self.chunk.images, Self.chunk.numbers / size))
      let ready = model.prepared()
      let parts = try stride(from: 0, to: images.shape[0], by: chunk).map { start in
        try ready.predict(images.slice(axis: 0, range: start..<min(start + chunk, images.shape[0])))
      }
      return Tensor.concatenated(parts, along: 0)
    } catch let error as InputError {
      throw FileError.malformed(
        file: network.input, expected: "images that the network takes", found: error.description)
    }
  }
}
