import Foundation
import TensorCore

/// EMNIST: handwritten letters and digits of 28×28 pixels, from NIST's forms, in six arrangements.
///
/// NIST publishes one archive of 536 MB, `gzip.zip`, without a checksum, so that it is not fetched here: unpack it by hand.
/// The folder holds its files, `emnist-letters-train-images-idx3-ubyte.gz` and so on, plain or gzip, also in a folder
/// `gzip`. The files' images lie on their sides; they are turned upright here.
public struct EMNIST: DatasetSource {
  /// How the characters are arranged.
  public enum Arrangement: String, Sendable, Hashable, CaseIterable {
    /// 814,255 characters of 62 unbalanced classes: digits, capital and small letters.
    case byClass = "byclass"
    /// 814,255 characters of 47 unbalanced classes: small letters that look like capitals are one with them.
    case byMerge = "bymerge"
    /// 131,600 characters of the same 47 classes, as many of each.
    case balanced
    /// 145,600 letters of 26 classes, capital and small in one.
    case letters
    /// 280,000 digits of 10 classes.
    case digits
    /// 70,000 digits made as MNIST was.
    case mnist
  }

  /// The arrangement.
  public let arrangement: Arrangement

  /// The characters in one arrangement.
  public init(_ arrangement: Arrangement) { self.arrangement = arrangement }

  /// Names, classes, licence and origin.
  public var information: DatasetInformation {
    DatasetInformation(
      name: "emnist-\(arrangement.rawValue)", title: "EMNIST \(arrangement.rawValue)", classNames: classNames,
      license: "public domain (a work of the United States government)",
      citation: """
        G. Cohen, S. Afshar, J. Tapson and A. van Schaik (2017). EMNIST: an extension of MNIST to handwritten letters. \
        arXiv:1702.05373.
        """,
      homepage: "https://www.nist.gov/itl/products-and-services/emnist-dataset")
  }

  /// None: see above.
  public var files: [RemoteFile] { [] }

  private var classNames: [String] {
    func letters(_ first: Character, _ last: Character) -> [String] {
      guard let first = first.asciiValue, let last = last.asciiValue else { return [] }
      return (first...last).map { String(UnicodeScalar($0)) }
    }
    let digits = letters("0", "9")
    switch arrangement {
    case .byClass: return digits + letters("A", "Z") + letters("a", "z")
    case .byMerge, .balanced: return digits + letters("A", "Z") + "abdefghnqrt".map { String($0) }
    case .letters: return letters("A", "Z")
    case .digits, .mnist: return digits
    }
  }

  /// Reads the four files of the arrangement in `folder`.
  public func load(from folder: URL?) throws -> DatasetSplits {
    guard let folder else {
      throw DatasetError(.missing, information.name, expected: "the folder of its files", found: "none")
    }
    return DatasetSplits(training: try part("train", in: folder), test: try part("test", in: folder))
  }

  /// As for MNIST: to 32×32 pixels, normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    try MNISTFamily(information: information).preprocessing(fittedTo: training)
  }

  private func part(_ name: String, in folder: URL) throws -> ImageDataset {
    let imagePath = try path("\(name)-images-idx3-ubyte", in: folder)
    let labelPath = try path("\(name)-labels-idx1-ubyte", in: folder)
    let images = try IDXFile.read(imagePath)
    guard images.rank == 3 else {
      throw DatasetError(.mismatch, imagePath, expected: "3 axes: images, rows, columns", found: "\(images.shape)")
    }
    let labels = try IDXFile.read(labelPath).converted(to: Int64.self)
    guard labels.rank == 1 else {
      throw DatasetError(.mismatch, labelPath, expected: "1 axis: labels", found: "\(labels.shape)")
    }
    // Letters count from 1.
    let first: Int64 = arrangement == .letters ? 1 : 0
    return try ImageDataset(
      pixels: images.permuted([0, 2, 1]).reshaped([images.shape[0], 1, images.shape[2], images.shape[1]]),
      labels: Tensor(labels.scalars.map { $0 - first }), information: information, imageOrigin: imagePath,
      labelOrigin: labelPath)
  }

  private func path(_ name: String, in folder: URL) throws -> String {
    let name = "emnist-\(arrangement.rawValue)-\(name)"
    for folder in [folder, folder.appendingPathComponent("gzip")] {
      for file in [name, name + ".gz"] {
        let path = folder.appendingPathComponent(file).path
        if FileManager.default.fileExists(atPath: path) { return path }
      }
    }
    throw DatasetError(
      .missing, folder.path, expected: "the file \(name).gz of NIST's gzip.zip (\(information.homepage))",
      found: "none of this name")
  }
}
