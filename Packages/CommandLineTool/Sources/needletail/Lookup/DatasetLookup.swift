import Datasets
import Foundation
import Training

/// Finding and loading data sets by name.
enum DatasetLookup {
  /// The names of all data sets, that of a folder of images among them.
  static let names = DatasetCatalog.names + [ImageFolder.name]

  /// Refuses a name that no data set has; `place` is where it stood, for the error.
  static func check(name: String, place: String = "--dataset") throws {
    guard names.contains(name) else { throw UsageError(NearestNames.complaint(place, name, among: names)) }
  }

  /// The data set of that name; `place` is where the name stood, for the error. `view` is how the images of a folder are seen.
  static func source(
    named name: String, place: String = "--dataset", data: DataOptions, _ view: FolderView = FolderView()
  ) throws -> any DatasetSource {
    try check(name: name, place: place)
    guard name != ImageFolder.name else { return try view.source(data) }
    let source = try DatasetCatalog.source(named: name)
    try source.check(folder: data.folder)
    return source
  }
}

/// How the images of a folder are seen.
struct FolderView {
  var imageSize = ImageSize(height: 64, width: 64)
  var channels = 3
  var skipsBroken = false
  /// Whether all images are measured, as where none of them was trained with, and not only those held out.
  var measuresAll = false

  /// As a run saw them, if its images were a folder's.
  init(_ settings: RunSettings) {
    imageSize = settings.preprocessing.imageSize
    channels = settings.preprocessing.channels
    skipsBroken = settings.skipsBroken
  }

  init(imageSize: ImageSize = ImageSize(height: 64, width: 64), skipsBroken: Bool = false) {
    self.imageSize = imageSize
    self.skipsBroken = skipsBroken
  }

  fileprivate func source(_ data: DataOptions) throws -> ImageFolder {
    guard let folder = data.folder else {
      throw UsageError("--data: expected the folder of the images, with a folder in it for each class, found none")
    }
    guard !data.download else { throw UsageError("--download: the images of a folder are one's own") }
    return try ImageFolder(
      folder, imageSize: imageSize, channels: channels, testFraction: measuresAll ? 1 : ImageFolder.usualTestFraction,
      brokenImages: skipsBroken ? .skip : .stop, cacheLimit: data.cacheLimit)
  }
}

extension DatasetSource {
  /// Whether it is made of files, which a folder must hold.
  var needsFolder: Bool { !isBuiltIn }

  /// Checks that a folder is named if, and only if, it is needed.
  fileprivate func check(folder: String?) throws {
    let name = information.name
    if needsFolder && folder == nil {
      throw UsageError("--data: \(name) expects the folder of its files, found none; --download fetches them into it")
    }
    if !needsFolder && folder != nil { throw UsageError("--data: \(name) is built in and expects no folder") }
  }

  /// Checks that the classes of a folder are those of a run: names and number may have changed since.
  func check(classNames: [String]) throws {
    guard self is ImageFolder, information.classNames != classNames else { return }
    throw DatasetError(
      .mismatch, information.homepage, expected: "the run's classes, \(classNames.joined(separator: ", "))",
      found: information.classNames.joined(separator: ", "))
  }

  /// The data set from its folder; missing files are fetched first if the options say so. Images that were skipped are counted
  /// and named.
  func load(_ data: DataOptions, saying say: (String) -> Void) async throws -> DatasetSplits {
    if let images = self as? ImageFolder { return try images.load(saying: say) }
    let url = data.folder.map { URL(fileURLWithPath: $0, isDirectory: true) }
    do {
      return try load(from: url)
    } catch let error as DatasetError where error.kind == .missing {
      guard let url, needsFolder else { throw error }
      guard data.download else { throw MissingData(error: error, source: self) }
      for file in missingFiles(in: url) { say("fetching \(file.name), \(Figures.megabytes(file.byteCount))") }
      try await fetch(into: url, with: NetworkFetcher(showsProgress: false))
      return try load(from: url)
    }
  }
}

extension ImageFolder {
  /// How many of those that were skipped are named.
  private static let namedLimit = 5

  fileprivate func load(saying say: (String) -> Void) throws -> DatasetSplits {
    do {
      let (splits, skipped) = try loadNoting()
      for error in skipped.prefix(Self.namedLimit) { say("skipped \(error)") }
      if !skipped.isEmpty { say("\(skipped.count) of \(skipped.count + splits.count) images skipped") }
      return splits
    } catch let error as FileError {
      throw BrokenImage(error: error)
    }
  }
}

extension DatasetSplits {
  fileprivate var count: Int { training.count + (validation?.count ?? 0) + test.count }
}

/// An image of a folder that cannot be read, with what can be done about it.
private struct BrokenImage: Error, CustomStringConvertible {
  let error: FileError

  var description: String { "\(error); --skip-broken leaves such images out" }
}

/// Files of a data set that are not there, with what can be done about it.
private struct MissingData: Error, CustomStringConvertible {
  let error: DatasetError
  let source: any DatasetSource

  var description: String {
    "\(error); --download fetches \(source.information.name) into that folder, or put its files there "
      + "(see \(source.information.homepage))"
  }
}
