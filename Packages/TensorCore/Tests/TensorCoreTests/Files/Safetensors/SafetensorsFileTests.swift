import Foundation
import TensorCore
import Testing

@Suite struct SafetensorsFileTests {
  /// Written by the reference implementation (safetensors 0.5, torch): one tensor of each type, a scalar, an empty one.
  static let reference = """
    UAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiw7wgXCJxdW90ZWRcIlxuIiwiZm9ybWF0IjoicHQifSwibG9uZyI6eyJkdHlwZSI6Ik\
    k2NCIsInNoYXBlIjpbXSwiZGF0YV9vZmZzZXRzIjpbMCw4XX0sImRvdWJsZSI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zm\
    c2V0cyI6WzgsMjRdfSwiZW1wdHkiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzAsNF0sImRhdGFfb2Zmc2V0cyI6WzI0LDI0XX0sIndlaWdodC\
    I6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwzXSwiZGF0YV9vZmZzZXRzIjpbMjQsNDhdfSwiaW50Ijp7ImR0eXBlIjoiSTMyIiwic2hhcGUi\
    OlsyLDFdLCJkYXRhX29mZnNldHMiOls0OCw1Nl19LCJicmFpbiI6eyJkdHlwZSI6IkJGMTYiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOl\
    s1Niw2Ml19LCJoYWxmIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOls0XSwiZGF0YV9vZmZzZXRzIjpbNjIsNzBdfSwiYnl0ZSI6eyJkdHlwZSI6\
    IlU4Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNzAsNzNdfSwiZmxhZyI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzNdLCJkYXRhX2\
    9mZnNldHMiOls3Myw3Nl19fSAgICAgAQAAAAAAAMCcdQCIPOQ3fpqZmZmZmbk/AADAPwAAAMAAAFBAzczMPQAAgH8AAACABwAAAPj///+AP2J/\
    AL8APP97AYAAfgD/EQEAAQ==
    """

  func referenceFile() throws -> SafetensorsFile {
    try SafetensorsFile(bytes: Array(try #require(Data(base64Encoded: Self.reference))))
  }

  @Test func readsEveryType() throws {
    let file = try referenceFile()
    let weight = try file.tensor("weight", as: Float.self)
    #expect(weight.shape == [2, 3])
    #expect(weight.scalars == [1.5, -2, 3.25, 0.1, .infinity, 0])
    #expect(weight.scalars[5].sign == .minus)
    #expect(try file.tensor("double", as: Double.self).scalars == [1e300, 0.1])
    let half = try file.tensor("half", as: Float.self).scalars
    #expect(half[..<3] == [1, 65_504, -0x1p-24])
    #expect(half[3].isNaN)
    // 3.0e38 to the nearest of 8 significant bits.
    #expect(try file.tensor("brain", as: Float.self).scalars == [1, Float(226) * 0x1p120, -0.5])
    let long = try file.tensor("long", as: Int64.self)
    #expect(long.shape == [])
    #expect(long.scalars == [-(1 << 62) + 1])
    #expect(try file.tensor("int", as: Int32.self).scalars == [7, -8])
    #expect(try file.tensor("byte", as: UInt8.self).scalars == [0, 255, 17])
    #expect(try file.tensor("flag", as: Bool.self).scalars == [true, false, true])
    #expect(try file.tensor("empty", as: Float.self).shape == [0, 4])
  }

  @Test func keepsTheHeaderOrderAndMetadata() throws {
    let file = try referenceFile()
    let names = ["long", "double", "empty", "weight", "int", "brain", "half", "byte", "flag"]
    #expect(file.entries.map(\.name) == names)
    #expect(file.metadata == ["format": "pt", "note": "ü \"quoted\"\n"])
    #expect(file["half"]?.type == .float16)
    #expect(file["half"]?.byteRange == 62..<70)
    #expect(file["nothing"] == nil)
  }

  @Test func storedTensorsKeepTheirType() throws {
    let file = try referenceFile()
    let types: [String: ElementType] = [
      "long": .int64, "double": .double, "empty": .float, "weight": .float, "int": .int32, "brain": .float,
      "half": .float, "byte": .uint8, "flag": .bool,
    ]
    for (name, type) in types { #expect(try file.tensor(name).elementType == type) }
    #expect(try file.tensor("int").shape == [2, 1])
  }

  @Test func floatsConvert() throws {
    let file = try referenceFile()
    #expect(try file.tensor("double", as: Float.self).scalars == [.infinity, 0.1])
    #expect(try file.tensor("weight", as: Double.self).scalars[3] == Double(Float(0.1)))
    #expect(try file.tensor("half", as: Double.self).scalars[2] == -0x1p-24)
    #expect(try file.tensor("brain", as: Double.self).scalars == [1, 226 * 0x1p120, -0.5])
  }

  @Test func othersDoNotConvert() throws {
    let file = try referenceFile()
    func message<Scalar: TensorScalar>(_ name: String, _ type: Scalar.Type) -> String? {
      #expect(throws: FileError.self) { try file.tensor(name, as: type) }?.description
    }
    let prefix = "the safetensors data: expected"
    #expect(message("long", Float.self) == "\(prefix) 'long' to have elements of type float, found I64")
    #expect(message("byte", Double.self) == "\(prefix) 'byte' to have elements of type double, found U8")
    #expect(message("weight", Int32.self) == "\(prefix) 'weight' to have elements of type int32, found F32")
    #expect(message("int", Int64.self) == "\(prefix) 'int' to have elements of type int64, found I32")
    #expect(message("flag", UInt8.self) == "\(prefix) 'flag' to have elements of type uint8, found BOOL")
    #expect(message("bias", Float.self) == "\(prefix) a tensor 'bias', found none of this name among 9")
  }

  @Test func readsFromDiskOnDemand() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(Array(try #require(Data(base64Encoded: Self.reference))), to: folder("a"))
    let file = try SafetensorsFile(path: folder("a"))
    #expect(try file.tensor("int", as: Int32.self).scalars == [7, -8])
    // A file that is cut while it is open must give an error, not the end of the process.
    #expect(truncate(folder("a"), 620) == 0)
    #expect(throws: FileError.self) { try file.tensor("flag") }
    #expect(throws: FileError.self) { try SafetensorsFile(path: folder("a")) }
    #expect(throws: FileError.missing(file: folder("b"))) { try SafetensorsFile(path: folder("b")) }
  }

  @Test func conversionOfManyElements() throws {
    // More than one piece: 70,001 halves, each an exact integer below 2,048.
    let count = 70_001
    var data: [UInt8] = []
    for index in 0..<count {
      // Bits of binary16 by hand: value = 1.f × 2^e.
      let value = index % 2_048
      guard value > 0 else {
        data += [0, 0]
        continue
      }
      let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
      let bits = (exponent + 15) << 10 | (value << (10 - exponent)) & 0x3FF
      data += [UInt8(bits & 0xFF), UInt8(bits >> 8)]
    }
    let header = #"{"a":{"dtype":"F16","shape":[\#(count)],"data_offsets":[0,\#(2 * count)]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, data))
    let expected = (0..<count).map { Double($0 % 2_048) }
    #expect(try file.tensor("a", as: Double.self).scalars == expected)
    #expect(try file.tensor("a", as: Float.self).scalars == expected.map(Float.init))
  }
}

/// A file of this header and data.
func safetensors(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
  let json = Array(header.utf8)
  return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json + data
}
