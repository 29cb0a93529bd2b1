import Foundation
import TensorCore

/// Images and labels in a NumPy file of several arrays (`.npz`), such as `np.savez("my.npz", x_train=…, y_train=…)` writes.
///
/// Images are bytes of shape `[N, H, W]`, `[N, C, H, W]` or `[N, H, W, C]` with 1 or 3 channels; labels are whole numbers
/// `[N]` or `[N, 1]`. Without the arrays for test, a stratified share is held out.
public struct ImageArrays: DatasetSource {
  /// The names of the arrays.
  public struct Names: Sendable, Hashable {
    /// The training images.
    public var trainingImages = "x_train"
    /// Their labels.
    public var trainingLabels = "y_train"
    /// The test images.
    public var testImages = "x_test"
    /// Their labels.
    public var testLabels = "y_test"

    /// Those that Keras uses.
    public init() {}
  }

  /// Names and classes.
  public let information: DatasetInformation
  /// The file.
  public let path: String
  /// The names of its arrays.
  public let names: Names
  /// The share held out when the file has no test images.
  public let testFraction: Double

  /// None: the file is one's own.
  public var files: [RemoteFile] { [] }

  /// The images in the file at `path`.
  public init(
    _ path: String, classNames: [String], names: Names = Names(), testFraction: Double = 0.2
  ) {
    self.path = path
    self.names = names
    self.testFraction = testFraction
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    information = DatasetInformation(
      name: name, title: name, classNames: classNames, license: "one's own", citation: "none", homepage: path)
  }

  /// Reads the arrays.
  ///
  /// - Parameter folder: of no use here.
  public func load(from folder: URL? = nil) throws -> DatasetSplits {
    let file = try NpzFile(path: path)
    let training = try part(file, names.trainingImages, names.trainingLabels)
    guard file.names.contains(names.testImages) else {
      let cut = try training.stratifiedSplit(fraction: testFraction, seed: 0)
      return DatasetSplits(training: cut.remaining, test: cut.chosen)
    }
    let test = try part(file, names.testImages, names.testLabels)
    guard test.imageSize == training.imageSize, test.channels == training.channels else {
      throw DatasetError(
        .mismatch, "\(path)/\(names.testImages)", expected: "images as for training, \(training.pixels.shape)",
        found: "\(test.pixels.shape)")
    }
    return DatasetSplits(training: training, test: test)
  }

  /// Pixels as they are, normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    let statistics = PixelStatistics(of: training)
    return try Preprocessing(
      channels: training.channels, imageSize: training.imageSize, mean: statistics.mean,
      deviation: statistics.deviation)
  }

  private func part(_ file: NpzFile, _ imageName: String, _ labelName: String) throws -> ImageDataset {
    let images = try file.tensor(imageName, as: UInt8.self)
    let imageOrigin = "\(path)/\(imageName)"
    let isChannelsLast = images.rank == 4 && ![1, 3].contains(images.shape[1]) && [1, 3].contains(images.shape[3])
    let pixels: Tensor<UInt8>
    switch images.rank {
    case 3: pixels = images.reshaped([images.shape[0], 1, images.shape[1], images.shape[2]])
    case 4: pixels = isChannelsLast ? images.permuted([0, 3, 1, 2]) : images
    default:
      throw DatasetError(
        .mismatch, imageOrigin, expected: "[N, H, W], [N, C, H, W] or [N, H, W, C]", found: "\(images.shape)")
    }
    let labels = try labels(file, labelName)
    return try ImageDataset(
      pixels: pixels, labels: labels, information: information, imageOrigin: imageOrigin,
      labelOrigin: "\(path)/\(labelName)")
  }

  private func labels(_ file: NpzFile, _ name: String) throws -> Tensor<Int64> {
    let labels: Tensor<Int64>
    switch try file.tensor(name) {
    case .uint8(let found): labels = found.converted(to: Int64.self)
    case .int32(let found): labels = found.converted(to: Int64.self)
    case .int64(let found): labels = found
    case .float, .double, .bool:
      throw DatasetError(.mismatch, "\(path)/\(name)", expected: "labels in whole numbers", found: "others")
    }
    return labels.rank == 2 && labels.shape[1] == 1 ? labels.reshaped([labels.shape[0]]) : labels
  }
}
