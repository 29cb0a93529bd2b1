import Foundation
import TensorCore
import Testing

@Suite struct ZipFileTests {
  @Test func filesByName() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(ZipArchiveTests.archive, to: folder("z.zip"))
    let zip = try ZipFile(path: folder("z.zip"))
    #expect(zip.names == ["a.npy", "b.npy"])
    let array = try NpyFile.decode(try zip.contents(of: "b.npy", limit: 132))
    #expect(array.tensor(of: Float.self)?.scalars == [1])
    let missing = #expect(throws: FileError.self) { try zip.contents(of: "c.npy", limit: 132) }
    #expect(missing?.description.hasSuffix("expected a file 'c.npy' in the archive, found none of this name") == true)
    #expect(throws: FileError.tooLarge(file: folder("z.zip") + "/a.npy", limit: 131)) {
      try zip.contents(of: "a.npy", limit: 131)
    }
  }
}
