import TensorCore
import Testing

@Suite struct GzipPrefixTests {
  /// A gzip file of stored blocks; the checksum is left wrong, since a prefix does not look at it.
  private func stored(_ content: [UInt8], block: Int) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    for start in stride(from: 0, to: content.count, by: block) {
      let part = content[start..<min(start + block, content.count)]
      bytes += [start + block >= content.count ? 1 : 0]
      bytes += [part.count, ~part.count].flatMap {
        [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
      }
      bytes += part
    }
    return bytes + [UInt8](repeating: 0, count: 8)
  }

  private let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 31) }

  @Test(arguments: [1, 7, 1000, 65_535], [0, 1, 36, 5000, 70_000])
  func beginsAsTheContentDoes(block: Int, count: Int) throws {
    let short = Array(content.prefix(block == 1 ? 6000 : 200_000))
    #expect(try Gzip.prefix(stored(short, block: block), count: count) == Array(short.prefix(count)))
  }

  @Test func goesOnInTheNextMember() throws {
    let file = stored([1, 2], block: 9) + stored([3], block: 9) + stored([4, 5], block: 9)
    #expect(try Gzip.prefix(file, count: 4) == [1, 2, 3, 4])
    #expect(try Gzip.prefix(file, count: 100) == [1, 2, 3, 4, 5])
  }

  /// A megabyte of zeros: a literal and then matches of 258 at distance 1, in bits of the fixed code.
  @Test func compressedStreamsStopEarly() throws {
    var writer = BitWriter()
    writer.write(3, bits: 3)
    writer.write(fixedSymbol: 0)
    for _ in 0..<4000 {
      writer.write(fixedSymbol: 285)
      writer.write(code: 0, bits: 5)
    }
    // No end of block: whoever decodes it all finds the file cut.
    let file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3] + writer.bytes
    #expect(try Gzip.prefix(file, count: 36) == [UInt8](repeating: 0, count: 36))
    #expect(throws: FileError.self) { try Gzip.prefix(file, count: 2_000_000) }
  }

  @Test func whatIsBrokenBeforeThrows() {
    let error = #expect(throws: FileError.self) { try Gzip.prefix([0x1F, 0x8B, 8], count: 4, name: "a.gz") }
    #expect(error?.description == "a.gz: expected a complete gzip member, found its end after 3 bytes")
    #expect(throws: FileError.self) { try Gzip.prefix([1, 2, 3], count: 4) }
  }
}
