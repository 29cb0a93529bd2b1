import Datasets
import TensorCore

extension OperationWork.Operation {
  /// A batch of images in memory, shuffled and normalised, changed as the operation says.
  func loading(_ operands: OperationWork.Operands) throws -> OperationWork {
    let shape = operands.input
    guard shape[1] == 1 || shape[1] == 3, shape.allSatisfy({ $0 > 0 }) else {
      throw UsageError("--input: expected images of 1 or 3 channels, found '\(Sizes(shape))'")
    }
    let loader: LoadedWork.Loader =
      switch self {
      case .loaderCrops: .crops
      case .loaderWarps: .warps
      default: .plain
      }
    let samples = try RandomImages.samples(shape)
    let batches = RandomImages.batches(samples, size: shape[0], loader.recipe, epoch: 0)
    var number = 0
    // A byte is read and a Float written for each pixel.
    return OperationWork(operands, multiplyAdds: 0, elements: shape.count * 5 / 4, images: shape[0]) {
      _ = batches.batch(number)
      number = (number + 1) % batches.count
    }
  }

  /// The image in a file, which is read once before.
  func decoding(_ operands: OperationWork.Operands) throws -> OperationWork {
    guard let file = operands.file else { throw UsageError("--file: expected an image, found none") }
    let bytes = try InputFile.contents(of: file, limit: ImageFile.largestFile)
    let image = try ImageFile.decode(bytes, name: file)
    let decoder = ImageFile.decoders.first { $0.recognizes(bytes) }
    return OperationWork(operands, multiplyAdds: 0, elements: (bytes.count + image.intensities.count) / 4, images: 1) {
      _ = try? decoder?.decodeBytes(bytes, name: file)
    }
  }
}
