/// The header of a safetensors file: eight bytes of length, then JSON.
///
/// `{"__metadata__": {text: text}, name: {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, …}`
struct SafetensorsHeader {
  /// The longest header, as in the reference implementation.
  static let maximumLength = 100_000_000
  /// The most tensors, and the most members of the metadata. Bounds the memory that a hostile header takes.
  static let maximumMembers = 100_000
  static let metadataKey = "__metadata__"

  /// In the order of the header.
  let entries: [SafetensorsFile.Entry]
  let metadata: [String: String]
  /// Where the data part begins.
  let dataStart: Int

  init(reading source: some ByteSource) throws(FileError) {
    guard source.count >= 8 else {
      throw source.malformed("a safetensors file of at least 8 bytes", found: "\(source.count)")
    }
    let lengthBytes = try source.bytes(in: 0..<8)
    let length = lengthBytes.withUnsafeBytes { $0.littleEndian(UInt64.self, at: 0) }
    guard length <= UInt64(min(Self.maximumLength, source.count - 8)) else {
      if let kind = Self.otherKind(lengthBytes) { throw source.malformed("a safetensors file", found: kind) }
      throw source.malformed(
        "a header within the file's \(source.count) bytes and \(Self.maximumLength) at most",
        found: "a length of \(length)")
    }
    dataStart = 8 + Int(length)
    let json = try source.bytes(in: 8..<dataStart)
    guard json.first == UInt8(ascii: "{") else {
      throw source.malformed(
        "a header that begins with '{'", found: "'\(String(decoding: json.prefix(1), as: UTF8.self))'")
    }
    (entries, metadata) = try Self.parse(json, name: source.name)
    try Self.checkCoverage(entries, dataCount: source.count - dataStart, source: source)
  }

  /// What files that are taken for weights begin with; read as a length, it would be beyond any file's.
  private static func otherKind(_ start: [UInt8]) -> String? {
    if start.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      return "a zip archive, as a checkpoint of PyTorch's own (.pt, .pth) is; safetensors.torch.save_file converts it"
    }
    // The protocol's number of a pickle, and the first opcode of a number of many digits.
    if start.starts(with: [0x80, 2, 0x8A]) {
      return "a checkpoint of PyTorch's own (.pt, .pth); safetensors.torch.save_file converts it"
    }
    return nil
  }

  private static func parse(
    _ json: [UInt8], name: String
  ) throws(FileError) -> ([SafetensorsFile.Entry], [String: String]) {
    var scanner = StrictJSONScanner(json, name: name, memberLimit: maximumMembers)
    var entries: [SafetensorsFile.Entry] = []
    var metadata: [String: String] = [:]
    try scanner.object("the header") { (scanner, key) throws(FileError) in
      if key == metadataKey {
        try scanner.object(metadataKey) { (scanner, key) throws(FileError) in
          metadata[key] = try scanner.string("the metadata '\(key)'")
        }
      } else {
        entries.append(try entry(key, &scanner, file: name))
      }
    }
    try scanner.end()
    return (entries, metadata)
  }

  private static func entry(
    _ name: String, _ scanner: inout StrictJSONScanner, file: String
  ) throws(FileError) -> SafetensorsFile.Entry {
    func malformed(_ expected: String, _ found: String) -> FileError {
      .malformed(file: file, expected: "\(expected) for '\(name)'", found: found)
    }
    var typeName: String?
    var sizes: [Int]?
    var offsets: [Int]?
    try scanner.object("the entry of '\(name)'") { (scanner, key) throws(FileError) in
      switch key {
      case "dtype": typeName = try scanner.string("dtype")
      case "shape": sizes = try scanner.integers("shape", limit: Shape.maximumRank)
      case "data_offsets": offsets = try scanner.integers("data_offsets", limit: 2)
      default: throw malformed("only dtype, shape and data_offsets", "'\(key)'")
      }
    }
    guard let typeName, let sizes, let offsets, offsets.count == 2 else {
      throw malformed("dtype, shape and two data_offsets", "only some of them")
    }
    guard let type = StoredElementType(rawValue: typeName) else {
      let known = StoredElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw malformed("one of the types \(known)", typeName)
    }
    let shape: Shape
    do {
      shape = try Shape(checking: sizes)
    } catch {
      throw malformed("a possible shape", error.description)
    }
    guard offsets[0] <= offsets[1], type.bytes(of: shape.count) == offsets[1] - offsets[0] else {
      let bytes = type.bytes(of: shape.count).map(String.init) ?? "too many"
      throw malformed("\(bytes) bytes, for \(typeName) \(shape),", "data_offsets \(offsets)")
    }
    return SafetensorsFile.Entry(name: name, type: type, shape: shape, byteRange: offsets[0]..<offsets[1])
  }

  /// Every byte of the data part must belong to exactly one tensor.
  private static func checkCoverage(
    _ entries: [SafetensorsFile.Entry], dataCount: Int, source: some ByteSource
  ) throws(FileError) {
    let ordered = entries.sorted {
      ($0.byteRange.lowerBound, $0.byteRange.upperBound) < ($1.byteRange.lowerBound, $1.byteRange.upperBound)
    }
    var end = 0
    for entry in ordered {
      guard entry.byteRange.lowerBound == end else {
        throw source.malformed(
          "the data of '\(entry.name)' to begin at \(end), where the tensor before it ends",
          found: "data_offsets from \(entry.byteRange.lowerBound)")
      }
      end = entry.byteRange.upperBound
    }
    guard end == dataCount else {
      throw source.malformed("\(end) bytes of data, as the header says", found: "\(dataCount)")
    }
  }
}
