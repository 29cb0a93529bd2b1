import Datasets
import NNLayers
import TensorCore

extension OperationWork.Operation {
  /// What a data set of random bytes has of images at most: more than lies in a cache.
  private static let largest = 1 << 25

  /// A batch of images in memory, shuffled and normalised, changed as the operation says.
  func loading(_ operands: OperationWork.Operands) throws -> OperationWork {
    let shape = operands.input
    guard shape[1] == 1 || shape[1] == 3, shape.allSatisfy({ $0 > 0 }) else {
      throw UsageError("--input: expected images of 1 or 3 channels, found '\(Sizes(shape))'")
    }
    let size = ImageSize(height: shape[2], width: shape[3])
    let imageSize = shape[1] * size.height * size.width
    let count = max(shape[0], min(Self.largest / imageSize, 60_000))
    let samples = try Self.samples(count, channels: shape[1], size)
    let recipe: AugmentationRecipe? =
      switch self {
      case .loaderCrops: .mirroredCrops
      case .loaderWarps: .handwriting
      default: nil
      }
    let batches = Batches(
      samples, size: shape[0], order: .shuffled(seed: 1, epoch: 0), droppingLast: true,
      augmenter: Augmenter(Augmentation(recipe: recipe), seed: 1, epoch: 0))
    var number = 0
    // A byte is read and a Float written for each pixel.
    return OperationWork(operands, multiplyAdds: 0, elements: shape.count * 5 / 4, images: shape[0]) {
      _ = batches.batch(number)
      number = (number + 1) % batches.count
    }
  }

  private static func samples(_ count: Int, channels: Int, _ size: ImageSize) throws -> PreparedImages {
    var random = RandomStream(seed: 1)
    let pixels = (0..<count * channels * size.height * size.width).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let information = DatasetInformation(
      name: "random", title: "random bytes", classNames: ["0", "1"], license: "none", citation: "none", homepage: "")
    let dataset = try ImageDataset(
      pixels: Tensor(pixels, shape: [count, channels, size.height, size.width]),
      labels: Tensor((0..<count).map { Int64($0 % 2) }), information: information)
    let statistics = PixelStatistics(of: dataset)
    return PreparedImages(
      dataset,
      try Preprocessing(channels: channels, imageSize: size, mean: statistics.mean, deviation: statistics.deviation))
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
