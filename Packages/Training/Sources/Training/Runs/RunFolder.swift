import Foundation
import TensorCore

/// The folder of a run: what it leaves, and what it goes on from.
///
/// Every file is written all or nothing. ``Name/checkpoint`` makes a folder a run's: a folder without one may be started
/// in, whatever else is there.
public struct RunFolder: Sendable, Equatable {
  /// The files of a run.
  public enum Name: String, Sendable, CaseIterable {
    /// All that a resumed run needs.
    case checkpoint = "checkpoint.safetensors"
    /// The weights of the best epoch so far by the validation images, where there are any.
    case best = "best.safetensors"
    /// The weights of a finished run.
    case model = "model.safetensors"
    /// A line of figures for each epoch.
    case log = "log.csv"
    /// Curves, confusion matrix and wrong answers, to look at.
    case report = "report.html"
    /// Settings, versions, machine and figures.
    case record = "run.json"
  }

  /// The path of the folder.
  public let path: String

  /// The folder at `path`, which need not exist.
  public init(_ path: String) {
    self.path = path
  }

  /// The path of one of the run's files.
  public func path(of name: Name) -> String { "\(path)/\(name.rawValue)" }

  /// Whether there is such a file.
  public func has(_ name: Name) -> Bool { FileManager.default.fileExists(atPath: path(of: name)) }

  /// Removes a file, if it is there.
  func remove(_ name: Name) { try? FileManager.default.removeItem(atPath: path(of: name)) }

  /// Makes the folder ready for a new run: creates it, removes what a killed run left half-written and tries to write.
  ///
  /// - Parameter overwriting: whether a run that is there already may be replaced. Its files stay until the new run has
  ///   something to put in their place.
  /// - Returns: the lock that keeps other runs out.
  /// - Throws: ``RunFolderError`` when it is not a folder, holds a run or is used by one under way, `FileError` when it
  ///   cannot be written to.
  @discardableResult
  public func prepareForStart(overwriting: Bool = false) throws -> RunLock {
    try create()
    let lock = try lock()
    guard overwriting || !has(.checkpoint) else { throw RunFolderError.occupied(folder: path) }
    try prepareForWriting()
    return lock
  }

  /// Makes the folder ready for going on: removes what a killed run left half-written and tries to write.
  ///
  /// - Returns: the lock that keeps other runs out.
  /// - Throws: ``RunFolderError`` when there is no run to go on with or it is under way, `FileError` when the folder cannot be
  ///   written to.
  @discardableResult
  public func prepareForResumption() throws -> RunLock {
    try checkForCheckpoint()
    let lock = try lock()
    try prepareForWriting()
    return lock
  }

  /// The checkpoint.
  ///
  /// - Throws: ``RunFolderError`` when there is none, `FileError` when it cannot be read or is broken.
  public func readCheckpoint() throws -> Checkpoint {
    try checkForCheckpoint()
    return try Checkpoint(contentsOf: path(of: .checkpoint))
  }

  /// The record of the finished run.
  ///
  /// - Throws: ``RunFolderError`` when there is none, `FileError` when it cannot be read or is broken.
  public func readRecord() throws -> RunRecord {
    try checkFolder()
    guard has(.record) else {
      throw has(.checkpoint) ? RunFolderError.unfinished(folder: path) : RunFolderError.noRun(folder: path)
    }
    return try RunRecord(contentsOf: path(of: .record))
  }

  /// The results of a finished run that are not there, or not of this run. Empty when all is as it should be.
  ///
  /// The record is written last, and tells the run: without it the others prove nothing.
  public func missingResults(of checkpoint: Checkpoint) -> [Name] {
    let results: [Name] = [.model, .log, .report, .record] + (checkpoint.state.best == nil ? [] : [.best])
    let record = try? readRecord()
    guard record?.identifier == checkpoint.run.identifier, record?.step == checkpoint.state.progress.step else {
      return results
    }
    return results.filter { !has($0) }
  }

  /// A new folder `NAME-N` in `parent` with the number after the highest there is, from 1. Creates it; two processes that
  /// ask at once get two.
  ///
  /// - Throws: `FileError` when it cannot be created.
  public static func next(in parent: String, name: String) throws -> RunFolder {
    try RunFolder(parent).create()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    let numbers = names.filter { $0.hasPrefix("\(name)-") }.compactMap { Int($0.dropFirst(name.count + 1)) }
    var number = (numbers.max() ?? 0) + 1
    while true {
      let folder = RunFolder("\(parent)/\(name)-\(number)")
      guard mkdir(folder.path, 0o777) != 0 else { return folder }
      let code = errno
      guard code == EEXIST else {
        throw FileError.system(file: folder.path, action: "create", reason: String(cString: strerror(code)))
      }
      number += 1
    }
  }

  private func create() throws {
    if FileManager.default.fileExists(atPath: path) { return try checkFolder() }
    guard let code = Self.makeFolder(path) else { return }
    throw FileError.system(file: path, action: "create", reason: String(cString: strerror(code)))
  }

  /// Makes a folder and those that it lies in; the system's error, if any. Foundation's say less.
  private static func makeFolder(_ path: String) -> Int32? {
    guard mkdir(path, 0o777) != 0 else { return nil }
    let code = errno
    if code == EEXIST { return nil }
    let parent = AtomicFile.folder(of: path)
    guard code == ENOENT, parent != path, !FileManager.default.fileExists(atPath: parent) else {
      return code
    }
    if let code = makeFolder(parent) { return code }
    return mkdir(path, 0o777) == 0 || errno == EEXIST ? nil : errno
  }

  private func checkFolder() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError.missing(file: path)
    }
    guard isFolder.boolValue else { throw RunFolderError.notAFolder(path: path) }
  }

  private func checkForCheckpoint() throws {
    try checkFolder()
    guard has(.checkpoint) else { throw RunFolderError.noRun(folder: path) }
  }

  /// Writes a byte and takes it back: permissions alone do not tell of read-only and full disks.
  private func prepareForWriting() throws {
    AtomicFile.removeLeftovers(in: path)
    let enough = FileError.system(file: path, action: "write", reason: "")
    do throws(FileError) {
      try AtomicFile.write(to: path(of: .checkpoint)) { (file) throws(FileError) in
        try file.write([0])
        throw enough
      }
    } catch {
      if error != enough { throw error }
    }
  }
}

/// Why a folder cannot be used for a run.
public enum RunFolderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is a file.
  case notAFolder(path: String)
  /// It holds a run already, which may be gone on with or replaced.
  case occupied(folder: String)
  /// A run that is under way writes into it.
  case inUse(folder: String)
  /// It holds no run to go on with.
  case noRun(folder: String)
  /// Its run has no results yet.
  case unfinished(folder: String)

  public var description: String {
    switch self {
    case .notAFolder(let path): "\(path): expected a folder, found \(Self.kind(of: path))"
    case .occupied(let folder):
      "\(folder): holds a run already (\(RunFolder.Name.checkpoint.rawValue)); resume it or overwrite it"
    case .inUse(let folder): "\(folder): expected a folder that no run is writing to, found one that is under way"
    case .noRun(let folder): "\(folder): expected a run's \(RunFolder.Name.checkpoint.rawValue), found none"
    case .unfinished(let folder):
      "\(folder): expected a finished run's \(RunFolder.Name.record.rawValue), found a run that was stopped; resume it"
    }
  }

  private static func kind(of path: String) -> String {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return switch type {
    case .typeCharacterSpecial, .typeBlockSpecial: "a device"
    case .typeRegular: "a file"
    default: "something else"
    }
  }

  /// The folder.
  public var folder: String {
    switch self {
    case .notAFolder(let path): path
    case .occupied(let folder), .inUse(let folder), .noRun(let folder), .unfinished(let folder): folder
    }
  }
}
