import Foundation
import TensorCore

/// MNIST and the data sets that are published in its form: four IDX files of grey images and labels.
///
/// Any number of images of any one size. The files may be plain or gzip, and be called `train-images-idx3-ubyte` or
/// `train-images.idx3-ubyte`, with `.gz` or without. Checksums are compared when a file is fetched, not when it is
/// loaded: a subset or a set of one's own in the same form is as good.
public struct MNISTFamily: DatasetSource {
  /// Names, classes, licence and origin.
  public let information: DatasetInformation
  /// Where the files can be fetched; none when they cannot.
  public let files: [RemoteFile]

  /// A data set in the form of MNIST.
  ///
  /// - Parameters:
  ///   - information: its facts; the labels are indices into the class names.
  ///   - files: where its files can be fetched; none when they cannot.
  public init(information: DatasetInformation, files: [RemoteFile] = []) {
    self.information = information
    self.files = files
  }

  /// Reads the four files in `folder`.
  public func load(from folder: URL?) throws -> DatasetSplits {
    guard let folder else {
      throw DatasetError(.missing, information.name, expected: "the folder of its files", found: "none")
    }
    let training = try part("train", in: folder)
    let test = try part("t10k", in: folder)
    guard test.imageSize == training.imageSize else {
      throw DatasetError(
        .mismatch, try Self.path("t10k-images", 3, in: folder),
        expected: "images of \(training.imageSize), as for training", found: "\(test.imageSize)")
    }
    return DatasetSplits(training: training, test: test)
  }

  /// To the 32×32 pixels of LeNet-5: images of 28×28 are padded by 2, others resized, those of 32×32 taken as they are;
  /// then normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    let size = training.imageSize
    let isPadded = size == ImageSize(height: 28, width: 28)
    let target = ImageSize(height: 32, width: 32)
    let statistics = PixelStatistics(of: training)
    return try Preprocessing(
      channels: training.channels, imageSize: size, resizedSize: isPadded || size == target ? nil : target,
      padding: isPadded ? 2 : 0, mean: statistics.mean, deviation: statistics.deviation)
  }

  private func part(_ prefix: String, in folder: URL) throws -> ImageDataset {
    let imagePath = try Self.path("\(prefix)-images", 3, in: folder)
    let labelPath = try Self.path("\(prefix)-labels", 1, in: folder)
    let images = try IDXFile.read(imagePath)
    guard images.rank == 3 else {
      throw DatasetError(
        .mismatch, imagePath, expected: "3 axes: images, rows, columns", found: "the shape \(images.shape)")
    }
    let labels = try IDXFile.read(labelPath)
    guard labels.rank == 1 else {
      throw DatasetError(.mismatch, labelPath, expected: "1 axis: labels", found: "the shape \(labels.shape)")
    }
    return try ImageDataset(
      pixels: images.reshaped([images.shape[0], 1, images.shape[1], images.shape[2]]),
      labels: labels.converted(to: Int64.self), information: information, imageOrigin: imagePath,
      labelOrigin: labelPath)
  }

  /// The path of a file under one of the names that are in use.
  private static func path(_ stem: String, _ rank: Int, in folder: URL) throws -> String {
    let names = names(stem, rank)
    for name in names {
      let path = folder.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw DatasetError(
      .missing, folder.path, expected: "the file \(names[0]), .gz or not (or \(names[2]))", found: "none of these")
  }

  /// The names that a file may have; the first is the publishers'.
  private static func names(_ stem: String, _ rank: Int) -> [String] {
    ["\(stem)-idx\(rank)-ubyte", "\(stem).idx\(rank)-ubyte"].flatMap { [$0, $0 + ".gz"] }
  }
}
