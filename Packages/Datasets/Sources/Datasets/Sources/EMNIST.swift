import Foundation
import TensorCore

/// EMNIST: handwritten letters and digits of 28×28 pixels, from NIST's forms, in six arrangements.
///
/// NIST publishes one archive of 562 MB for all of them, `gzip.zip`. The folder holds that, or the files in it,
/// `emnist-letters-train-images-idx3-ubyte.gz` and so on, plain or gzip, also in a folder `gzip`. The files' images lie on
/// their sides; they are turned upright here.
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

  /// The archive, the same for all arrangements. Its size and checksum are those that TensorFlow Datasets publishes.
  public var files: [RemoteFile] {
    [
      RemoteFile(
        name: Self.archive,
        mirrors: [URL(string: "https://biometrics.nist.gov/cs_links/EMNIST/" + Self.archive)].compactMap { $0 },
        byteCount: 561_753_746, sha256: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e")
    ]
  }

  private static let archive = "gzip.zip"
  /// The most bytes of a file in the archive: more than the archive has.
  private static let largestPart = 1 << 30

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

  /// Reads the four files of the arrangement in `folder`, or in the archive that lies there.
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
    let (images, imagePath) = try array("\(name)-images-idx3-ubyte", in: folder)
    guard images.rank == 3 else {
      throw DatasetError(.mismatch, imagePath, expected: "3 axes: images, rows, columns", found: "\(images.shape)")
    }
    let (bytes, labelPath) = try array("\(name)-labels-idx1-ubyte", in: folder)
    let labels = bytes.converted(to: Int64.self)
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

  /// The array in one of the files, and where that lies.
  private func array(_ name: String, in folder: URL) throws -> (Tensor<UInt8>, path: String) {
    let name = "emnist-\(arrangement.rawValue)-\(name)"
    for folder in [folder, folder.appendingPathComponent("gzip")] {
      for file in [name, name + ".gz"] {
        let path = folder.appendingPathComponent(file).path
        if FileManager.default.fileExists(atPath: path) { return (try IDXFile.read(path), path) }
      }
    }
    let archive = folder.appendingPathComponent(Self.archive).path
    guard FileManager.default.fileExists(atPath: archive) else {
      throw DatasetError(
        .missing, folder.path, expected: "NIST's archive \(Self.archive) or the file \(name).gz of it", found: "neither"
      )
    }
    return try array(name + ".gz", inArchive: archive)
  }

  private func array(_ name: String, inArchive archive: String) throws -> (Tensor<UInt8>, path: String) {
    let zip = try ZipFile(path: archive)
    guard let entry = zip.names.first(where: { $0 == name || $0 == "gzip/" + name }) else {
      throw FileError.malformed(
        file: archive, expected: "the file gzip/\(name) in the archive", found: "none of this name")
    }
    let path = "\(archive)/\(entry)"
    return (try IDXFile.decode(zip.contents(of: entry, limit: Self.largestPart), name: path), path)
  }
}
