import Foundation
import TensorCore

/// Transfers files. The data sets say which; how is up to the program, so that the library needs no network.
public protocol DatasetFetcher: Sendable {
  /// Fetches a file from the first of its mirrors that gives it, and writes it to `destination`.
  ///
  /// What lies there already is the beginning of the file, from a transfer that broke off: it may go on from its end. After an
  /// error what has come stays there for the next time. The caller compares size and checksum.
  func fetch(_ file: RemoteFile, to destination: URL) async throws
}

extension DatasetSource {
  /// The files that are not in `folder` yet.
  public func missingFiles(in folder: URL) -> [RemoteFile] {
    files.filter { !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0.name).path) }
  }

  /// Fetches the files that are not in `folder` yet, one after the other.
  ///
  /// A file has its name only when it is whole and its size and checksum are the published ones; until then it ends
  /// in `.part`. A transfer that breaks off leaves that part, with which the next one goes on; one that ends with a wrong file
  /// leaves nothing.
  ///
  /// - Throws: ``DatasetError`` when a file is not the published one, `FileError` when the folder cannot be written, and
  ///   what `fetcher` throws.
  public func fetch(into folder: URL, with fetcher: some DatasetFetcher) async throws {
    try attempt("create", folder.path) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for file in missingFiles(in: folder) {
      let part = folder.appendingPathComponent(file.name + ".part")
      try await fetch(file, to: part, with: fetcher)
      try attempt("write", folder.appendingPathComponent(file.name).path) {
        try FileManager.default.moveItem(at: part, to: folder.appendingPathComponent(file.name))
      }
    }
  }

  /// The whole file, as published. A part that turns out not to be its beginning is fetched again.
  private func fetch(_ file: RemoteFile, to part: URL, with fetcher: some DatasetFetcher) async throws {
    let goesOn = FileManager.default.fileExists(atPath: part.path)
    try await fetcher.fetch(file, to: part)
    do {
      try file.verify(part.path)
    } catch {
      try? FileManager.default.removeItem(at: part)
      guard goesOn else { throw error }
      try await fetch(file, to: part, with: fetcher)
    }
  }

  private func attempt(_ action: String, _ path: String, _ body: () throws -> Void) throws(FileError) {
    do {
      try body()
    } catch {
      throw .system(file: path, action: action, reason: error.localizedDescription)
    }
  }
}

extension RemoteFile {
  /// Compares the file at `path` with the published one.
  ///
  /// - Throws: ``DatasetError`` when size or checksum differ, `FileError` when it cannot be read.
  public func verify(_ path: String) throws {
    let found = try InputFile(path: path)
    guard found.count == byteCount else {
      throw DatasetError(.mismatch, name, expected: "\(byteCount) bytes", found: "\(found.count)")
    }
    var checksum = SHA256()
    var chunk = [UInt8](repeating: 0, count: min(byteCount, 1 << 20))
    for start in stride(from: 0, to: byteCount, by: 1 << 20) {
      chunk.removeLast(max(0, start + chunk.count - byteCount))
      try chunk.withUnsafeMutableBytes { try found.read(into: $0, at: start) }
      checksum.update(chunk)
    }
    let digits = checksum.finish()
    guard digits == sha256 else {
      throw DatasetError(.mismatch, name, expected: "the SHA-256 checksum \(sha256)", found: digits)
    }
  }
}
