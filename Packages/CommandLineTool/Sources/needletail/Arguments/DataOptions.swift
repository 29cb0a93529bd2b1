import ArgumentParser
import Datasets
import Models
import TensorCore

/// Where the images of a data set are, and how those of a folder are read.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "The folder of the data set's files; for --dataset folder that of the images, a folder in it for each class.",
      valueName: "folder"), completion: .directory)
  var folder: String?

  @Flag(help: "Fetch files that are missing into that folder.")
  var download = false

  @Option(
    parsing: .unconditional,
    help: """
      The most megabytes of a folder's images that are kept in memory; others are read again in each epoch. \
      (default: \(ImageFiles.usualCacheLimit >> 20))
      """,
    transform: Numbers.whole(in: Limits.cache))
  var cache: Int?

  /// In bytes.
  var cacheLimit: Int { cache.map { $0 << 20 } ?? ImageFiles.usualCacheLimit }

  func validate() throws {
    if folder == "" { throw ValidationError("--data: expected a folder, found ''") }
    guard !download || folder != nil else { throw ValidationError("--download needs --data, the folder to fetch into") }
  }
}

/// How a new run sees the images of a folder.
struct FolderOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The side that images of a folder are brought to, where the network takes it: the middle is cut out of one whose shorter \
      side is an eighth longer. (default: the network's)
      """,
    transform: Numbers.whole(in: Limits.imageSide))
  var imageSize: Int?

  @Flag(help: Wording.skipBroken)
  var skipBroken = false

  /// The options that were given, with their values.
  var words: [String] {
    (imageSize.map { ["--image-size", "\($0)"] } ?? []) + (skipBroken ? ["--skip-broken"] : [])
  }

  /// How images of a folder are seen by a network: in the size that was asked for, or in its own.
  func view(for entry: ModelEntry) -> FolderView {
    let size =
      imageSize.map { ImageSize(height: $0, width: $0) }
      ?? ImageSize(height: entry.facts.input[1], width: entry.facts.input[2])
    return FolderView(imageSize: size, skipsBroken: skipBroken)
  }

  /// A data set's recipe as it is shown to a network, which may need another size where none was asked for.
  func preprocessing(
    _ recipe: Preprocessing, _ source: any DatasetSource, for entry: ModelEntry
  ) throws -> Preprocessing {
    guard imageSize == nil else { return recipe }
    return try entry.fitting(recipe, classCount: source.information.classNames.count)
  }
}
