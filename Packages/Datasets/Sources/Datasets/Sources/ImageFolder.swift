import Foundation
import TensorCore

/// A folder of one's own images: `root/class/picture.jpg`, the folders' names being the classes.
///
/// With folders `train` and `test` (and `val`, `valid` or `validation`) in it, each of these has the classes; without
/// `test`, the images for validation are the test images, and without those either a stratified share is held out for test. PNG,
/// JPEG, BMP, PGM and PPM files are read. Images of other kinds (WebP, GIF, TIFF, HEIF, AVIF) count as broken; files that are no
/// images, and names that begin with a dot, are passed over.
///
/// The images stay in their files. Loading reads each once, several at a time, to find the broken ones; after that an image
/// is decoded when a batch has it, unless it is among those that are kept in memory (``ImageFiles``). Of each image the
/// middle is shown, its shorter side an eighth longer than that.
///
/// ```swift
/// let flowers = try ImageFolder("flowers", imageSize: ImageSize(height: 64, width: 64))
/// let splits = try flowers.load()
/// ```
public struct ImageFolder: DatasetSource {
  /// What happens to a file that is no image or broken.
  public enum BrokenImages: Sendable, Hashable {
    /// Loading ends with an error that names it.
    case stop
    /// It is left out; ``ImageFolder/loadNoting(from:)`` names those.
    case skip
  }

  /// What such a data set is called in commands and settings: `folder`.
  public static let name = "folder"
  /// The share of the images that is held out for test unless another is asked for.
  public static let usualTestFraction = 0.2

  /// Names and classes, in alphabetical order.
  public let information: DatasetInformation
  /// The folder.
  public let root: URL
  /// The size that images are brought to.
  public let imageSize: ImageSize
  /// 1 for grey or 3 for colour.
  public let channels: Int
  /// The share held out for test when the folder has no `test`; 1 when all images are to measure a network that was not trained
  /// with any of them: they are the test images, and the training images too.
  public let testFraction: Double
  /// The seed of that choice.
  public let seed: UInt64
  /// What happens to a broken file.
  public let brokenImages: BrokenImages
  /// The most bytes of images that are kept in memory, for training and for test each.
  public let cacheLimit: Int
  private let parts: [Part: URL]

  /// Whether test images are drawn from the images of all classes, since no folder has those for test.
  public var drawsTestImages: Bool { parts.count == 1 && testFraction < 1 }

  /// None: the images are one's own.
  public var files: [RemoteFile] { [] }

  private enum Part: CaseIterable {
    case training, validation, test

    var names: [String] {
      switch self {
      case .training: ["train", "training"]
      case .validation: ["val", "valid", "validation"]
      case .test: ["test"]
      }
    }
  }

  /// The images below `path`.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - imageSize: the size that all images are brought to; 64×64 by default.
  ///   - channels: 3 for colour, 1 for grey.
  ///   - testFraction: the share held out when there is no folder `test`, a fifth by default; 1 measures with all.
  ///   - seed: the seed of that choice.
  ///   - brokenImages: whether a file that cannot be read ends the loading or is left out.
  ///   - cacheLimit: the most bytes of images that are kept in memory, for each part; 1 GiB by default.
  /// - Throws: ``DatasetError`` when the folder is missing or has no two classes, or the classes of its parts differ.
  public init(
    _ path: String, imageSize: ImageSize = ImageSize(height: 64, width: 64), channels: Int = 3,
    testFraction: Double = usualTestFraction, seed: UInt64 = 0, brokenImages: BrokenImages = .stop,
    cacheLimit: Int = ImageFiles.usualCacheLimit
  ) throws(DatasetError) {
    guard channels == 1 || channels == 3, imageSize.height >= 1, imageSize.width >= 1 else {
      throw DatasetError(
        .unsupported, path, expected: "1 or 3 channels and sides of at least 1",
        found: "\(channels) channels of \(imageSize)")
    }
    root = URL(fileURLWithPath: path)
    let subfolders = try Self.folders(in: root)
    var parts: [Part: URL] = [:]
    for part in Part.allCases { parts[part] = subfolders.first { part.names.contains($0.lastPathComponent) } }
    if parts[.training] == nil { parts = [.training: root] }
    self.parts = parts
    let classes = try Self.classes(parts, path: path)
    information = DatasetInformation(
      name: Self.name, title: root.lastPathComponent, classNames: classes, license: "one's own",
      citation: "none", homepage: root.path)
    self.imageSize = imageSize
    self.channels = channels
    self.testFraction = testFraction
    self.seed = seed
    self.brokenImages = brokenImages
    self.cacheLimit = cacheLimit
  }

  /// The images of the folder.
  ///
  /// - Parameter folder: of no use here.
  /// - Throws: `FileError` for a broken image unless those are skipped, ``DatasetError`` for a class without images to train with
  ///   and when nothing is left.
  public func load(from folder: URL? = nil) throws -> DatasetSplits { try loadNoting(from: folder).splits }

  /// The images of the folder, and the errors of those that were skipped.
  public func loadNoting(from folder: URL? = nil) throws -> (splits: DatasetSplits, skipped: [FileError]) {
    var skipped: [FileError] = []
    func load(_ part: Part) throws -> ImageDataset? {
      guard let url = parts[part] else { return nil }
      let loaded = try dataset(in: url)
      skipped += loaded.skipped
      return loaded.dataset
    }
    guard let training = try load(.training) else {
      throw DatasetError(.missing, root.path, expected: "training images", found: "none")
    }
    let validation = try load(.validation)
    if let test = try load(.test) {
      return (DatasetSplits(training: training, validation: validation, test: test), skipped)
    }
    if let validation { return (DatasetSplits(training: training, test: validation), skipped) }
    guard testFraction < 1 else { return (DatasetSplits(training: training, test: training), skipped) }
    return (try cut(training), skipped)
  }

  private func cut(_ images: ImageDataset) throws(DatasetError) -> DatasetSplits {
    let indices = images.stratifiedIndices(fraction: testFraction, seed: seed)
    guard !indices.remaining.isEmpty, !indices.chosen.isEmpty else {
      throw DatasetError(
        .empty, root.path, expected: "enough images of a class to keep a share of \(testFraction) for test",
        found: "\(images.count) images of \(information.classNames.count) classes")
    }
    return DatasetSplits(training: images.subset(indices.remaining), test: images.subset(indices.chosen))
  }

  /// The images as they were brought to one size, normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    let statistics = PixelStatistics(of: training)
    return try Preprocessing(
      channels: training.channels, imageSize: training.imageSize, fitting: .covering, mean: statistics.mean,
      deviation: statistics.deviation)
  }
}

// MARK: Files

extension ImageFolder {
  /// The endings of the names of image files.
  static let endings: Set<String> = ["png", "jpg", "jpeg", "bmp", "pgm", "ppm", "pnm"]
  /// Those of images that are not read: left out in silence, a part of one's pictures would be missing.
  private static let otherEndings: Set<String> = ["webp", "gif", "tif", "tiff", "heic", "heif", "avif"]

  /// Whether a path ends as an image's does.
  public static func isImage(_ path: String) -> Bool {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    return endings.contains(ending) || otherEndings.contains(ending)
  }

  /// What lies in the folder, or in the one that it links to, by its path in the folder as it was given.
  private static func contents(of folder: URL) throws(DatasetError) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(
        at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles]
      ).map(\.lastPathComponent).sorted().map { folder.appendingPathComponent($0, isDirectory: false) }
    } catch {
      throw DatasetError(.missing, folder.path, expected: "a folder that can be read", found: "none")
    }
  }

  private static func folders(in folder: URL) throws(DatasetError) -> [URL] {
    try contents(of: folder).filter { url in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }
  }

  private static func classes(_ parts: [Part: URL], path: String) throws(DatasetError) -> [String] {
    guard let training = parts[.training] else { return [] }
    let classes = try folders(in: training).map(\.lastPathComponent)
    guard classes.count >= 2 else {
      throw DatasetError(
        .missing, training.path, expected: "a folder of images for each of two classes or more",
        found: classes.isEmpty ? "no folder" : "the folder \(classes[0]) only")
    }
    for part in [Part.validation, .test] {
      guard let url = parts[part] else { continue }
      let others = try folders(in: url).map(\.lastPathComponent).filter { !classes.contains($0) }
      guard others.isEmpty else {
        throw DatasetError(
          .mismatch, url.path, expected: "the classes of training, \(classes.joined(separator: ", "))",
          found: others.joined(separator: ", "))
      }
    }
    return classes
  }

  /// The image files of each class, with the class's number.
  private func images(in part: URL) throws(DatasetError) -> [(path: String, label: Int)] {
    var images: [(path: String, label: Int)] = []
    for (label, name) in information.classNames.enumerated() {
      let folder = part.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: folder.path) else { continue }
      for url in try Self.contents(of: folder) where Self.isImage(url.path) { images.append((url.path, label)) }
    }
    return images
  }

  private static func noImages(in folder: URL) -> DatasetError {
    DatasetError(.empty, folder.path, expected: "images (\(endings.sorted().joined(separator: ", ")))", found: "none")
  }

  private func dataset(in part: URL) throws -> (dataset: ImageDataset, skipped: [FileError]) {
    let images = try images(in: part)
    guard !images.isEmpty else {
      throw Self.noImages(in: part)
    }
    let files = ImageFiles(images.map(\.path), size: imageSize, channels: channels, cacheLimit: cacheLimit)
    let broken = files.check()
    if let first = broken.first, brokenImages == .stop { throw first.error }
    let isBroken = Set(broken.map(\.index))
    let good = images.indices.filter { !isBroken.contains($0) }
    guard !good.isEmpty else {
      throw DatasetError(.empty, part.path, expected: "an image that can be read", found: "\(broken.count) broken ones")
    }
    let labels = good.map { images[$0].label }
    // As of a class whose images lie deeper, or are all broken: it would be learnt that it never is.
    let without = Set(information.classNames.indices).subtracting(labels).min()
    if part == parts[.training], testFraction < 1, let without {
      throw Self.noImages(in: part.appendingPathComponent(information.classNames[without]))
    }
    return (
      try ImageDataset(files: files.subset(good), labels: Tensor(labels.map { Int64($0) }), information: information),
      broken.map(\.error)
    )
  }
}
