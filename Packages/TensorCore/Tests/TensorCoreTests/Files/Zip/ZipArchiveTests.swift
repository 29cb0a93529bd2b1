import Foundation
import TensorCore
import Testing

/// What is wrong in an archive, by class. The archive is one that `NpzFile` wrote; each test changes some bytes of it.
@Suite struct ZipArchiveTests {
  /// Two entries: `a.npy` and `b.npy`, of 128 + 4 bytes each.
  static let archive: [UInt8] = {
    do {
      let folder = try TemporaryFolder()
      let one = StoredTensor(tensor([Float(1)], [1]))
      try NpzFile.write([("a", one), ("b", one)], to: folder("a.npz"))
      return try InputFile.contents(of: folder("a.npz"), limit: 1_000)
    } catch {
      return []
    }
  }()
  static let entrySize = 30 + 5 + 132
  static let directory = 2 * entrySize
  static let end = directory + 2 * (46 + 5)

  func message(_ array: String = "a", _ change: (inout [UInt8]) -> Void) -> String? {
    var bytes = Self.archive
    change(&bytes)
    return #expect(throws: FileError.self) { try NpzFile(bytes: bytes, name: "z").tensor(array) }?.description
  }

  @Test func layoutIsTheDocumentedOne() throws {
    let bytes = Self.archive
    #expect(bytes.count == Self.end + 22)
    #expect(bytes.starts(with: [0x50, 0x4B, 3, 4, 20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]))
    #expect(bytes[Self.directory...].starts(with: [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 8, 0, 0]))
    #expect(bytes[Self.end...].starts(with: [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 2, 0, 2, 0]))
  }

  @Test func aCommentMayFollow() throws {
    var bytes = Self.archive
    bytes[Self.end + 20] = 3
    bytes += [1, 2, 3]
    #expect(try NpzFile(bytes: bytes).names == ["a", "b"])
  }

  @Test func everyCutIsNoticed() {
    for count in 0..<Self.archive.count {
      #expect(message { $0.removeLast($0.count - count) } == "z: expected a zip archive, found no directory at its end")
    }
  }

  @Test func endRecord() {
    #expect(message { $0 += [0] } == "z: expected a zip archive, found no directory at its end")
    #expect(
      message { $0.insert(0, at: 0) }
        == "z: expected the zip directory to end at \(Self.end + 1), found one of 102 bytes at \(Self.directory)")
    #expect(message { $0[Self.end + 8] = 1 } == "z: expected a zip archive in one piece, found a part of several")
    #expect(
      message { ($0[Self.end + 8], $0[Self.end + 10]) = (1, 1) }
        == "z: expected 1 entries in the zip directory, found 51 bytes more")
    #expect(
      message { ($0[Self.end + 8], $0[Self.end + 10]) = (3, 3) }
        == "z: expected 3 entries in the zip directory, found 102 bytes")
    let zip64 = "z: expected a zip archive below 4 GiB and 65,535 entries, found one in the zip64 format"
    #expect(message { $0.replaceSubrange((Self.end + 16)..<(Self.end + 20), with: [255, 255, 255, 255]) } == zip64)
    #expect(message { $0.replaceSubrange((Self.end + 10)..<(Self.end + 12), with: [255, 255]) } == zip64)
  }

  @Test func directoryEntries() {
    func message(at offset: Int, _ bytes: [UInt8]) -> String? {
      self.message {
        $0.replaceSubrange((Self.directory + offset)..<(Self.directory + offset + bytes.count), with: bytes)
      }
    }
    #expect(message(at: 0, [0]) == "z: expected an entry of the zip directory, found other bytes")
    #expect(message(at: 8, [1]) == "z: expected 'a.npy' not to be encrypted, found an encrypted entry")
    #expect(message(at: 10, [12]) == "z: expected 'a.npy' to be stored or deflated, found method 12")
    #expect(
      message(at: 20, [255, 255, 255, 255])
        == "z: expected 'a.npy' to be smaller than 4 GiB, found an entry in the zip64 format"
    )
    #expect(message(at: 20, [131]) == "z: expected 132 bytes for the stored entry 'a.npy', found 131")
    #expect(
      message(at: 30, [255, 255]) == "z: expected the zip directory's entries within it, found one that goes on")
    #expect(message(at: 46, [0xFF]) == "z: expected a name in UTF-8 in the zip directory, found other bytes")
    #expect(message(at: 46, Array("b".utf8)) == "z: expected different names in the zip directory, found 'b.npy' twice")
    #expect(message(at: 48, Array("txt".utf8)) == "z: expected only npy files in the archive, found 'a.txt'")
    #expect(message(at: 42, [1]) == "z: expected 'b.npy' behind byte 168, found an overlap at 167")
    #expect(
      message(at: 42, [255, 255]) == "z: expected the zip entries to end before 334, found one that ends at 65702")
    #expect(
      message(at: 20, [0, 0, 1, 0, 0, 0, 1, 0]) == "z: expected 'b.npy' behind byte 65571, found an overlap at 167")
  }

  @Test func localHeaders() {
    let expected = "z/a.npy: expected a local header that agrees with the directory, found another"
    for (offset, byte) in [(0, 0), (8, 8), (26, 4), (27, 255), (29, 255), (30, 65)] {
      #expect(message { $0[offset] = UInt8(byte) } == expected)
    }
  }

  @Test func contents() {
    #expect(
      message { $0[Self.entrySize - 1] ^= 1 }?.hasPrefix("z/a.npy: expected content with the CRC-32 ") == true)
    // Stored bytes that are said to be deflated.
    let notDeflated = message {
      $0[8] = 8
      $0[Self.directory + 10] = 8
    }
    #expect(notDeflated?.hasPrefix("z/a.npy: expected ") == true)
  }

  /// A deflated entry that says it is smaller or larger than it is.
  @Test func sizesOfDeflatedEntries() throws {
    let bytes = Array(try #require(Data(base64Encoded: NpzFileTests.deflated)))
    let position = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    for (change, expected) in [
      (UInt8(1), "z/a.npy: expected 2529 bytes of content, found 2528"),
      (UInt8.max, "z/a.npy: larger than the 2527 bytes allowed here"),
    ] {
      var changed = bytes
      changed[position + 24] &+= change
      let error = #expect(throws: FileError.self) { try NpzFile(bytes: changed, name: "z").tensor("a") }
      #expect(error?.description == expected)
    }
  }
}
