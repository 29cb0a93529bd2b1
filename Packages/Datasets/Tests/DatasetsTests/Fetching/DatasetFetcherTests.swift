import Datasets
import Foundation
import Synchronization
import TensorCore
import Testing

/// Gives what it was told to, in place of a network.
private final class MemoryFetcher: DatasetFetcher {
  struct NoSuchFile: Error {}

  let contents: [String: [UInt8]]
  let fetched = Mutex<[String]>([])

  init(_ contents: [String: [UInt8]]) { self.contents = contents }

  func fetch(_ file: RemoteFile, to destination: URL) async throws {
    fetched.withLock { $0.append(file.name) }
    guard let bytes = contents[file.name] else {
      try Data([1]).write(to: destination)
      throw NoSuchFile()
    }
    try Data(bytes).write(to: destination)
  }
}

/// Goes on from what is there, and breaks off after so many bytes.
private final class AppendingFetcher: DatasetFetcher {
  struct BrokenOff: Error {}

  let contents: [String: [UInt8]]
  let limit: Int
  let fetched = Mutex<[String]>([])

  init(_ contents: [String: [UInt8]], atMost limit: Int) { (self.contents, self.limit) = (contents, limit) }

  func fetch(_ file: RemoteFile, to destination: URL) async throws {
    fetched.withLock { $0.append(file.name) }
    let beginning = (try? Data(contentsOf: destination)) ?? Data()
    let rest = (contents[file.name] ?? []).dropFirst(beginning.count)
    try (beginning + rest.prefix(limit)).write(to: destination)
    if rest.count > limit { throw BrokenOff() }
  }
}

@Suite struct DatasetFetcherTests {
  /// Two files: "abc", and a million times "a", whose checksums are published.
  private let source = MNISTFamily(
    information: information(classes: 10),
    files: [
      RemoteFile(
        name: "short", mirrors: [], byteCount: 3,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      RemoteFile(
        name: "long", mirrors: [], byteCount: 1_000_000,
        sha256: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  private let short = Array("abc".utf8)
  private let long = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)

  @Test func fetchesWhatIsMissing() async throws {
    let folder = try TemporaryFolder()
    let inner = folder.url.appendingPathComponent("new")
    let fetcher = MemoryFetcher(["short": short, "long": long])
    try await source.fetch(into: inner, with: fetcher)
    #expect(try FileManager.default.contentsOfDirectory(atPath: inner.path).sorted() == ["long", "short"])
    try FileManager.default.removeItem(at: inner.appendingPathComponent("long"))
    #expect(source.missingFiles(in: inner).map(\.name) == ["long"])
    try await source.fetch(into: inner, with: fetcher)
    #expect(fetcher.fetched.withLock { $0 } == ["short", "long", "long"])
    #expect(source.missingFiles(in: inner).isEmpty)
  }

  @Test func aWrongFileIsNotKept() async throws {
    let folder = try TemporaryFolder()
    let size = await #expect(throws: DatasetError.self) {
      try await source.fetch(into: folder.url, with: MemoryFetcher(["short": [1, 2]]))
    }
    #expect(size?.description == "short: expected 3 bytes, found 2")
    let checksum = await #expect(throws: DatasetError.self) {
      try await source.fetch(into: folder.url, with: MemoryFetcher(["short": Array("abd".utf8)]))
    }
    #expect(
      checksum?.description
        == "short: expected the SHA-256 checksum ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, "
        + "found a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9")
    #expect(folder.contents.isEmpty)
  }

  @Test func aBrokenTransferGoesOnNextTime() async throws {
    let folder = try TemporaryFolder()
    let broken = AppendingFetcher(["short": short, "long": long], atMost: 600_000)
    await #expect(throws: AppendingFetcher.BrokenOff.self) { try await source.fetch(into: folder.url, with: broken) }
    #expect(folder.contents == ["long.part", "short"])
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("long.part")).count == 600_000)
    let rest = AppendingFetcher(["long": long], atMost: 400_000)
    try await source.fetch(into: folder.url, with: rest)
    #expect(folder.contents == ["long", "short"])
    #expect(rest.fetched.withLock { $0 } == ["long"])
  }

  /// What a killed program left is not the file's beginning: the file is fetched a second time, from the start.
  @Test func aWrongBeginningIsFetchedAgain() async throws {
    let folder = try TemporaryFolder()
    try folder.write([9, 9], to: "short.part")
    let fetcher = AppendingFetcher(["short": short, "long": long], atMost: 1_000_000)
    try await source.fetch(into: folder.url, with: fetcher)
    #expect(folder.contents == ["long", "short"])
    #expect(fetcher.fetched.withLock { $0 } == ["short", "short", "long"])
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("short")) == Data(short))
  }

  @Test func aFolderThatCannotBe() async throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "file")
    let error = await #expect(throws: FileError.self) {
      try await source.fetch(into: folder.url.appendingPathComponent("file/in"), with: MemoryFetcher([:]))
    }
    #expect(error?.file == folder.path("file/in"))
  }
}
