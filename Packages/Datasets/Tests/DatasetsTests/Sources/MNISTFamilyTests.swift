import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct MNISTFamilyTests {
  /// Writes a set of `training` and `test` images of one size, the label of image `i` being `i` mod 10.
  private func makeFolder(
    training: Int = 13, test: Int = 5, height: Int = 28, width: Int = 28, style: (String) -> String = { $0 },
    packed: Bool = false
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (prefix, count) in [("train", training), ("t10k", test)] {
      let pixels = (0..<(count * height * width)).map { UInt8(truncatingIfNeeded: $0 * 3 + $0 / 7) }
      let images = idxBytes([UInt32(count), UInt32(height), UInt32(width)], pixels)
      let labels = idxBytes([UInt32(count)], (0..<count).map { UInt8($0 % 10) })
      try folder.write(packed ? gzipBytes(images) : images, to: style("\(prefix)-images-idx3-ubyte"))
      try folder.write(packed ? gzipBytes(labels) : labels, to: style("\(prefix)-labels-idx1-ubyte"))
    }
    return folder
  }

  private func load(_ folder: TemporaryFolder, as source: MNISTFamily = .mnist) throws -> DatasetSplits {
    try withExtendedLifetime(folder) { try source.load(from: folder.url) }
  }

  private func message(_ folder: TemporaryFolder) -> String? {
    do {
      _ = try load(folder)
      return nil
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path, with: "DIR")
    }
  }

  @Test func loads() throws {
    let splits = try load(makeFolder(), as: .fashionMNIST)
    #expect(splits.training.pixels.shape == [13, 1, 28, 28])
    #expect(splits.test.pixels.shape == [5, 1, 28, 28])
    #expect(splits.training.labels.scalars == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])
    #expect(splits.training.pixels.scalars.prefix(8) == [0, 3, 6, 9, 12, 15, 18, 22])
    #expect(splits.training.maximum == 255)
    #expect(splits.training.classNames[9] == "Ankle boot")
  }

  @Test(arguments: [".", "-"], ["", ".gz"])
  func everyNameInUse(separator: String, ending: String) throws {
    let plain = try load(makeFolder())
    let folder = try makeFolder(
      style: { $0.replacingOccurrences(of: "-idx", with: separator + "idx") + ending }, packed: ending == ".gz")
    let splits = try load(folder)
    #expect(splits.training.pixels.scalars == plain.training.pixels.scalars)
    #expect(splits.test.labels.scalars == plain.test.labels.scalars)
  }

  @Test func aSetSmallerThanABatch() throws {
    let folder = try makeFolder(training: 1, test: 1)
    let splits = try load(folder)
    let recipe = try MNISTFamily.mnist.preprocessing(fittedTo: splits.training)
    let batches = Array(Batches(PreparedImages(splits.training, recipe), size: 64, droppingLast: true).prefetched())
    #expect(batches.map(\.images.shape) == [[1, 1, 32, 32]])
  }

  @Test(arguments: [(28, 28, 2, false), (32, 32, 0, false), (20, 24, 0, true), (64, 64, 0, true)])
  func imagesOfAnySizeBecome32By32(height: Int, width: Int, padding: Int, isResized: Bool) throws {
    let folder = try makeFolder(training: 3, test: 2, height: height, width: width)
    let splits = try load(folder)
    let recipe = try MNISTFamily.mnist.preprocessing(fittedTo: splits.training)
    #expect(recipe.outputShape == [1, 32, 32])
    #expect(recipe.padding == padding)
    #expect((recipe.resizedSize != nil) == isResized)
    #expect(PreparedImages(splits.test, recipe).images(at: [0, 1]).shape == [2, 1, 32, 32])
  }

  @Test func missingFilesAreNamed() throws {
    let error = #expect(throws: DatasetError.self) { try MNISTFamily.mnist.load(from: nil) }
    #expect(error?.description == "mnist: expected the folder of its files, found none")
    let folder = try makeFolder()
    try FileManager.default.removeItem(atPath: folder.path("t10k-labels-idx1-ubyte"))
    #expect(
      message(folder)
        == "DIR: expected the file t10k-labels-idx1-ubyte, .gz or not (or t10k-labels.idx1-ubyte), "
        + "found none of these")
  }

  @Test func partsThatDoNotGoTogether() throws {
    let folder = try makeFolder()
    try folder.write(idxBytes([4], [0, 1, 2, 3]), to: "t10k-labels-idx1-ubyte")
    #expect(message(folder) == "DIR/t10k-labels-idx1-ubyte: expected 5 labels, one for each image, found 4")
    try folder.write(idxBytes([5], [0, 1, 10, 3, 4]), to: "t10k-labels-idx1-ubyte")
    #expect(message(folder) == "DIR/t10k-labels-idx1-ubyte: expected labels in 0..<10, found label 10 of sample 2")
    try folder.write(idxBytes([5, 1], [0, 1, 1, 3, 4]), to: "t10k-labels-idx1-ubyte")
    #expect(message(folder) == "DIR/t10k-labels-idx1-ubyte: expected 1 axis: labels, found the shape [5, 1]")
    try folder.write(idxBytes([5, 2, 2], [UInt8](repeating: 0, count: 20)), to: "t10k-images-idx3-ubyte")
    try folder.write(idxBytes([5], [0, 1, 1, 3, 4]), to: "t10k-labels-idx1-ubyte")
    #expect(message(folder) == "DIR/t10k-images-idx3-ubyte: expected images of 28x28, as for training, found 2x2")
    try folder.write(idxBytes([5], [0, 1, 1, 3, 4]), to: "train-images-idx3-ubyte")
    #expect(
      message(folder) == "DIR/train-images-idx3-ubyte: expected 3 axes: images, rows, columns, found the shape [5]")
  }

  @Test func anEmptySetIsRefused() throws {
    #expect(
      message(try makeFolder(test: 0))
        == "DIR/t10k-images-idx3-ubyte: expected at least one image of at least one pixel, found [0, 1, 28, 28]")
    #expect(
      message(try makeFolder(training: 2, test: 2, height: 0))
        == "DIR/train-images-idx3-ubyte: expected at least one image of at least one pixel, found [2, 1, 0, 28]")
  }

  @Test func brokenFilesAreNamed() throws {
    let folder = try makeFolder()
    try folder.write([0, 0, 8, 3], to: "train-images-idx3-ubyte")
    #expect(message(folder) == "DIR/train-images-idx3-ubyte: expected a header of 16 bytes for 3 axes, found 4")
  }

  @Test(arguments: [MNISTFamily.mnist, .fashionMNIST])
  func everyFileIsDeclared(source: MNISTFamily) {
    #expect(
      source.files.map(\.name) == [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
      ])
    #expect(Set(source.files.map(\.sha256)).count == 4)
    for file in source.files {
      #expect(file.sha256.count == 64 && file.sha256.allSatisfy { $0.isHexDigit && !$0.isUppercase })
      #expect(file.mirrors.count == 2)
      #expect(file.mirrors.allSatisfy { $0.lastPathComponent == file.name })
    }
    #expect(source.information.classNames.count == 10)
  }
}
