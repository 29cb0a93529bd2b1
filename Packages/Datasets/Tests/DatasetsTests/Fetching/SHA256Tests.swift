import Datasets
import Testing

/// The examples of FIPS 180-4 and its companion; the last two lengths are where padding needs another block.
@Suite struct SHA256Tests {
  private func checksum(_ bytes: [UInt8]) -> String {
    var checksum = SHA256()
    checksum.update(bytes)
    return checksum.finish()
  }

  @Test func publishedVectors() {
    #expect(checksum([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(checksum(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      checksum(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      checksum([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesAreTheWhole() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 5) }
    var pieces = SHA256()
    pieces.update(Array(bytes[..<63]))
    pieces.update(Array(bytes[63..<65]))
    pieces.update(Array(bytes[65...]))
    #expect(pieces.finish() == checksum(bytes))
  }
}
