import Foundation

/// Where a data set comes from: its facts, and how it is loaded.
public protocol DatasetSource: Sendable {
  /// Names, classes, licence and origin.
  var information: DatasetInformation { get }

  /// The files that it is made of, as they can be fetched into a folder; none when the data are built in or have to be put into
  /// the folder by hand.
  var files: [RemoteFile] { get }

  /// Whether the data are part of the library, so that there is no folder. Default false.
  var isBuiltIn: Bool { get }

  /// The data set.
  ///
  /// - Parameter folder: the folder of its files; of no use when the data are built in.
  /// - Throws: `FileError` for a file that cannot be read, ``DatasetError`` for files that do not go together. Both name
  ///   the file, what was expected and what came.
  func load(from folder: URL?) throws -> DatasetSplits

  /// The recipe that turns its images into the input of a network, with the statistics of `training`.
  func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing
}

extension DatasetSource {
  public var isBuiltIn: Bool { false }
}
