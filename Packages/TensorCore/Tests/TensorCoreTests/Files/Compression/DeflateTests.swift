import Foundation
import TensorCore
import Testing

@Suite struct DeflateTests {
  /// 700 bytes of words picked by a linear congruential generator.
  static let words: [UInt8] = {
    let words = ["loss ", "weight ", "gradient ", "bias ", "kernel ", "stride ", "padding ", "layer "]
    var state: UInt32 = 1
    var text: [UInt8] = []
    while text.count < 700 {
      state = (state &* 1_103_515_245 &+ 12_345) % (1 << 31)
      text += words[Int(state >> 16) % 8].utf8
    }
    return Array(text.prefix(700))
  }()

  @Test(arguments: zlibStreams)
  func inflatesWhatZlibWrites(settings: String, stream: String) throws {
    let bytes = try #require(Data(base64Encoded: stream))
    #expect(try Deflate.inflate(Array(bytes), limit: 700) == Self.words)
  }

  @Test func storedBlocks() throws {
    var writer = BitWriter()
    for (index, text) in ["stored ", "", "blocks"].enumerated() {
      writer.write(index == 2 ? 1 : 0, bits: 1)
      writer.write(0, bits: 2)
      writer.align()
      writer.write(text.utf8.count, bits: 16)
      writer.write(~text.utf8.count, bits: 16)
      for byte in text.utf8 { writer.write(Int(byte), bits: 8) }
    }
    #expect(try Deflate.inflate(writer.bytes, limit: 13) == Array("stored blocks".utf8))
  }

  @Test func fixedBlockWithEveryLiteral() throws {
    var writer = BitWriter()
    writer.write(1, bits: 1)
    writer.write(1, bits: 2)
    for literal in 0..<256 { writer.write(fixedSymbol: literal) }
    writer.write(fixedSymbol: 256)
    #expect(try Deflate.inflate(writer.bytes, limit: 256) == (0..<256).map { UInt8($0) })
  }

  /// Every length and distance code with its smallest and largest extra bits, against a plain copy loop.
  @Test func everyMatchCode() throws {
    var writer = BitWriter()
    writer.write(1, bits: 1)
    writer.write(1, bits: 2)
    var expected = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    for byte in expected { writer.write(fixedSymbol: Int(byte)) }
    // RFC 1951 section 3.2.5, both tables, typed from the text: first value of each code.
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
      8193, 12289, 16385, 24577,
    ]
    for (lengthCode, length) in lengths.enumerated() {
      for (distanceCode, distance) in distances.enumerated() {
        let lengthBits = lengthCode < 8 || lengthCode == 28 ? 0 : lengthCode / 4 - 1
        let distanceBits = distanceCode < 4 ? 0 : distanceCode / 2 - 1
        let (lengthExtra, distanceExtra) =
          (lengthCode + distanceCode).isMultiple(of: 2) ? (0, 0) : ((1 << lengthBits) - 1, (1 << distanceBits) - 1)
        writer.write(fixedSymbol: 257 + lengthCode)
        writer.write(lengthExtra, bits: lengthBits)
        writer.write(code: distanceCode, bits: 5)
        writer.write(distanceExtra, bits: distanceBits)
        for _ in 0..<(length + lengthExtra) { expected.append(expected[expected.count - distance - distanceExtra]) }
      }
    }
    writer.write(fixedSymbol: 256)
    #expect(try Deflate.inflate(writer.bytes, limit: expected.count) == expected)
  }

  /// Codes of 1 to 15 bits: the longest do not fit in the fast table.
  @Test func longestCodes() throws {
    var lengths = [Int](repeating: 0, count: 257)
    for symbol in 0..<14 { lengths[symbol * 3] = symbol + 1 }
    lengths[200] = 15
    lengths[256] = 15
    let codes = canonicalCodes(lengths)
    var writer = BitWriter()
    writer.writeDynamicHeader(literalLengths: lengths, distanceLengths: [0])
    let round = (0..<14).map { UInt8($0 * 3) } + [200]
    let expected = [[UInt8]](repeating: round, count: 200).flatMap(\.self)
    for symbol in expected { writer.write(code: codes[Int(symbol)], bits: lengths[Int(symbol)]) }
    writer.write(code: codes[256], bits: 15)
    #expect(try Deflate.inflate(writer.bytes, limit: expected.count) == expected)
  }

  @Test func singleDistanceCodeOfOneBit() throws {
    var lengths = [Int](repeating: 0, count: 258)
    (lengths[65], lengths[256], lengths[257]) = (1, 2, 2)
    var writer = BitWriter()
    writer.writeDynamicHeader(literalLengths: lengths, distanceLengths: [1])
    writer.write(code: 0, bits: 1)  // the literal A
    writer.write(code: 3, bits: 2)  // a match of length 3
    writer.write(code: 0, bits: 1)  // at distance 1
    writer.write(code: 2, bits: 2)
    #expect(try Deflate.inflate(writer.bytes, limit: 4) == Array("AAAA".utf8))
  }

  @Test func resultMayReachTheLimitOnly() throws {
    let bytes = Array(try #require(Data(base64Encoded: zlibStreams[0].stream)))
    #expect(throws: FileError.tooLarge(file: "x", limit: 699)) {
      try Deflate.inflate(bytes, limit: 699, name: "x")
    }
    #expect(throws: FileError.tooLarge(file: "x", limit: 0)) { try Deflate.inflate(bytes, limit: 0, name: "x") }
    #expect(throws: FileError.tooLarge(file: "x", limit: 0)) { try Deflate.inflate(bytes, limit: -1, name: "x") }
    #expect(try Deflate.inflate(bytes, limit: .max).count == 700)
    #expect(try Deflate.inflate([3, 0], limit: 0) == [])
  }

  @Test func everyCutIsNoticed() throws {
    for (_, stream) in zlibStreams {
      let bytes = Array(try #require(Data(base64Encoded: stream)))
      for count in 0..<bytes.count {
        #expect(throws: FileError.self) { try Deflate.inflate(Array(bytes[..<count]), limit: 1 << 20) }
      }
    }
  }

  @Test func brokenStreamsAreRefused() {
    func expectRefusal(_ expected: String, _ write: (inout BitWriter) -> Void) {
      var writer = BitWriter()
      write(&writer)
      let error = #expect(throws: FileError.self) { try Deflate.inflate(writer.bytes, limit: 1 << 20) }
      #expect(error?.description == "the deflated data: expected \(expected)")
    }
    expectRefusal("a complete deflate stream, found its end after 0 bytes") { _ in }
    expectRefusal("a block of type 0, 1 or 2, found type 3") { $0.write(7, bits: 3) }
    expectRefusal("a stored block's size followed by its complement, found 3 and 5") {
      $0.write(1, bits: 8)
      $0.write(3, bits: 16)
      $0.write(5, bits: 16)
    }
    expectRefusal("a match within the 1 bytes so far, found one from 2 bytes back") {
      $0.write(3, bits: 3)
      $0.write(fixedSymbol: 65)
      $0.write(fixedSymbol: 257)
      $0.write(code: 1, bits: 5)
      $0.write(0, bits: 32)
    }
    for (symbol, distance) in [(286, 0), (287, 0), (257, 30), (257, 31)] {
      expectRefusal("a literal, length or distance code, found bits that are none") {
        $0.write(3, bits: 3)
        $0.write(fixedSymbol: 65)
        $0.write(fixedSymbol: symbol)
        $0.write(code: distance, bits: 5)
        $0.write(0, bits: 32)
      }
    }
    expectRefusal("at most 286 literal and 30 distance codes, found 288 and 32") {
      $0.write(5, bits: 3)
      $0.write(0xFFFF, bits: 14)
    }
    expectRefusal("the end of the deflate stream at its last byte, found 2 bytes after it") {
      $0.write(3, bits: 3)
      $0.write(fixedSymbol: 256)
      $0.align()
      $0.write(0, bits: 16)
    }
  }

  @Test(arguments: [
    ("over-subscribed", [1, 1, 1], [0]), ("incomplete", [2, 2, 2], [0]), ("single of two bits", [2], [0]),
    ("over-subscribed distances", [1, 1], [1, 1, 1]), ("incomplete distances", [1, 1], [2, 2]),
  ])
  func wrongCodeSetsAreRefused(name: String, literals: [Int], distances: [Int]) {
    var writer = BitWriter()
    let lengths = [Int](repeating: 0, count: 257 - literals.count) + literals
    writer.writeDynamicHeader(literalLengths: lengths, distanceLengths: distances)
    writer.write(0, bits: 64)
    let error = #expect(throws: FileError.self) { try Deflate.inflate(writer.bytes, limit: 1 << 20) }
    #expect(error?.description.hasSuffix("expected a complete prefix code, found code lengths that make none") == true)
  }

  @Test func missingEndOfBlockIsRefused() {
    var lengths = [Int](repeating: 0, count: 257)
    (lengths[0], lengths[1]) = (1, 1)
    var writer = BitWriter()
    writer.writeDynamicHeader(literalLengths: lengths, distanceLengths: [0])
    let error = #expect(throws: FileError.self) { try Deflate.inflate(writer.bytes, limit: 1 << 20) }
    #expect(error?.description.hasSuffix("expected a code for the end of the block, found none") == true)
  }

  /// 1,000 zeros stand in a few bytes of run lengths: the output grows with the data, not with the limit.
  @Test func longRunsGrowTheOutput() throws {
    var writer = BitWriter()
    writer.write(3, bits: 3)
    writer.write(fixedSymbol: 7)
    for _ in 0..<5_000 {
      writer.write(fixedSymbol: 285)
      writer.write(code: 0, bits: 5)
    }
    writer.write(fixedSymbol: 256)
    let result = try Deflate.inflate(writer.bytes, limit: .max)
    #expect(result == [UInt8](repeating: 7, count: 1 + 5_000 * 258))
  }
}

/// ``DeflateTests/words`` deflated by zlib 1.2 at every level that differs and with every strategy.
let zlibStreams: [(settings: String, stream: String)] = [
  (
    "level 1",
    """
    bVFbDsMgDLsKV2MCMTTEKqg07fZbgx1IxQ8pdfxIOHwIuSZ3oH5iTs/TPbLvy5GaDzlW/H/FVmNRSj9bDtEV/43NAUOB2oB2F9qyqtGgrCdb\
    jNjsf/dOcxgpRuYcSiFkZ7RFBBOY4YY15QCJqgrqx0bSdlKG1cxFtux0twWyRLNcuREHRXOwkVWB2ysSty8HNYJ2AQx5uUuEEUYyrxhE1pSA\
    YSa8e/A5GZo1uSD/2w8=
    """
  ),
  (
    "level 2",
    """
    bVHRDoQgDPsVfo0LC0ckaMDE3N9fhG5uyAsTS7t2O3wIqUR3oF6U4vd0n+SbOmL1IVHB/41qoSyUdtYUyGX/o+qAoUBtQKsLt+UqjQZFn/zE\
    iD3v99a4ORoJxswnlEDwztaUCBKYcKM1ywHqqiIoHwtJ+3KObnKZWa2mYDLl2zfsoLzCvyY8bZFxuzmo2dnzTUfsFnpAu2zlTLsEFc06bzY+\
    xG7+vE+e4x8=
    """
  ),
  (
    "level 3",
    """
    bVLtDoUgCH0VX807mdflrGlbu29/lx5IyD9QAecDOnwIqUR3IF+U4vd0n+TbFGL1IVHB941qoSwj7awpkMv+R9WhhgS0UVq9MC1nIRojc+QW\
    Bfb0760xOYikxpOPKSlBO0ubQOBAmRvUDIdSRxVAeVhA6k5rXflSu1ptQXnKt27IQXqZf23YXJHr+nJA07s3/0pn76Eb1MeelM0q4Q9kfc4K\
    H2D3vL0n7/EP
    """
  ),
  (
    "level 4",
    """
    dVLRCgMhDPsVf81hcbLDHXow9vcDTb2muJdGr22a1DtjSqXmcAI/UvLzCo8Suwm5xVSk4vtLWpVjtfSrlSThiF9pmgOAbaZ2F+VQXINmlY1a\
    Qv13/bsvYT6nnRs/0K7SDAmAzLEQpJhwHTaUXOmtky/a1W44eRpDIAfwd8xKuFdU5B2CjTW6f2VMH2GKocc2yuwZabsYL/x25t9T9/gD
    """
  ),
  (
    "level 5, level 6, level 7, level 8, level 9",
    """
    dVLRCgMhDPuV+zWHxckOJ3ow9vcDTb2muJdWL22T1KshxlzSUZE/ktPzOh45dBNSCzFLwfeXtCLnaulXy1GOM3ylKYaEaRPaXaqjX0SzykYt\
    of67/t27Y12Ydm78QLtKM0OQyBwLAcQD12Ezkiu9dfJFu9qRk6dBAjlIf2kW4F5RM+8Q01ij+1cG+whTDD22UWbPgO1ivPDbmX9P3eMP
    """
  ),
  (
    "filtered",
    """
    dVJBDgMhCPyKX7ORWFOjRjbZ9Pc9CC5D7EV0B4YZ2BFTKi2HIfGmkt9XeJXI5sgzpkJNvn9oNqq7hK9ZEoUavzQVkyBsCzo9hmu/G60se2oK\
    1D/5ndl13ZhWHvyIdpVmSCSAORQiEBLuy4ESM7118AWzOjUHT7UzqxwJf9tswG1RI85Q2FCj+1dqZ5GwxMCyjTJ7F9gOxgt/nPl96hx/
    """
  ),
  (
    "huffman only, run lengths",
    """
    BcGBCcRACATAVrY1g4tZIv6hQkj3P3PMXRU45q4KvFTci0s2uGSDSzaINhdrcckGD7uYOOauCsy2nEj72HjYxcTDLiZeKu5F2sfGS8W9SPvY\
    eKm4F8fcVYFj7qpAtLlYi7SPjbSPjbSPjWPuqkDax8ZLxb2INhdrkb8ZPOxi4qXiXkSbi7U45q4KXLLBJRtEm4u1mG058VJxL/I3g4ddTDzs\
    YmK25UTax0bax8Yxd1VgtuXEJRtEm4u1iDYXa/FScS/yN4OHXUxcskG0uViLY+6qwDF3VSDtY+Ol4l68VNyLtI+NtI+NtI+NY+6qwDF3VeCS\
    DfI3g9mWE7MtJ6LNxVocc1cFjrmrAtHmYi0edjFxzF0VOOauCjzsYuKl4l7Mtpw45q4KpH1sHHNXBV4q7kX+ZpC/GVyyQdrHxkvFvcjfDGZb\
    TuRvBrMtJ14q7sXDLiYu2WC25US0uViLSzbI3wxeKu5FtLlYi0s2iLY/
    """
  ),
  (
    "fixed codes",
    """
    K0hMScnMS1cogNLlqZnpGSUKSZmJxUhEelFiSmZqHlQ8O7UoLzUHrqW4pCgzJVUhJ7EytQgmB6WgpkGksHEK0KyHWwRRhUzClKDoR6jPLy5G\
    sxUuB9OJxT9Qt8OchmQIlELxHKpDoFKoBsIZWIxEVYnudRR/oYQVNstR/AS2BOocKIXTGrgEWizCaNQwhJqG6ka0tAK2HUxAHIMS2UguQ2ZD\
    pZEDBt3hCJ+hxycsHAE=
    """
  ),
]
