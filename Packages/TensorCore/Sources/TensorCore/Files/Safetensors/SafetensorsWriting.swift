extension SafetensorsFile {
  /// The key in the metadata that tells the version of what is saved.
  public static let versionKey = "format_version"

  /// Writes named tensors to the file at `path`, all or nothing (see ``AtomicFile``).
  ///
  /// The header keeps the order given. The data lie with the widest elements first, so that each tensor is aligned to
  /// its elements, which other programs expect. The same input gives the same bytes. Tensors go to the disk straight
  /// from their memory.
  ///
  /// - Parameters:
  ///   - tensors: names and tensors.
  ///   - metadata: texts to keep under `__metadata__`. `format_version` is set to `1` unless it is given.
  ///   - path: where to write.
  /// - Throws: ``FileError`` when a name occurs twice or is `__metadata__`, or the file cannot be written.
  public static func write(
    _ tensors: [(name: String, tensor: StoredTensor)], metadata: [String: String] = [:], to path: String
  ) throws(FileError) {
    try checkNames(tensors.map(\.name), file: path)
    let layout = DataLayout(tensors.map(\.tensor))
    let header = header(tensors, at: layout.ranges, metadata: metadata)
    guard header.count - 8 <= SafetensorsHeader.maximumLength else {
      throw .tooLarge(file: "the header of \(path)", limit: SafetensorsHeader.maximumLength)
    }
    try AtomicFile.write(to: path) { (file) throws(FileError) in
      try file.write(header)
      for index in layout.order {
        try tensors[index].tensor.withBytes { (bytes) throws(FileError) in try file.write(bytes) }
      }
    }
  }

  private static func checkNames(_ names: [String], file: String) throws(FileError) {
    guard names.count <= SafetensorsHeader.maximumMembers else {
      throw .malformed(
        file: file, expected: "at most \(SafetensorsHeader.maximumMembers) tensors to write", found: "\(names.count)")
    }
    var seen: Set<String> = [SafetensorsHeader.metadataKey]
    for name in names where !seen.insert(name).inserted {
      throw .malformed(file: file, expected: "different names for the tensors to write", found: "'\(name)' again")
    }
  }

  /// The eight bytes of length and the JSON, padded so that the data begin at a multiple of eight.
  private static func header(
    _ tensors: [(name: String, tensor: StoredTensor)], at ranges: [Range<Int>], metadata: [String: String]
  ) -> [UInt8] {
    let texts = metadata.merging([versionKey: "1"]) { given, _ in given }.sorted { $0.key < $1.key }
      .map { "\(quoted($0.key)):\(quoted($0.value))" }
    var members = ["\(quoted(SafetensorsHeader.metadataKey)):{\(texts.joined(separator: ","))}"]
    for ((name, tensor), range) in zip(tensors, ranges) {
      let sizes = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        """
        \(quoted(name)):{"dtype":"\(tensor.storedType.rawValue)","shape":[\(sizes)],\
        "data_offsets":[\(range.lowerBound),\(range.upperBound)]}
        """)
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json += [UInt8](repeating: UInt8(ascii: " "), count: -json.count & 7)
    let length = UInt64(json.count).littleEndian
    return withUnsafeBytes(of: length, Array.init) + json
  }

  /// A string in JSON.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case ..<" ": result += "\\u00" + hexadecimal(UInt8(scalar.value))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Where the data of several tensors lie, the widest elements first.
private struct DataLayout {
  /// The tensors by position in the file.
  let order: [Int]
  /// The bytes of each tensor, in the order given.
  let ranges: [Range<Int>]

  init(_ tensors: [StoredTensor]) {
    let order = tensors.indices.sorted {
      let (left, right) = (tensors[$0].storedType.byteCount, tensors[$1].storedType.byteCount)
      return left == right ? $0 < $1 : left > right
    }
    var ranges = [Range<Int>](repeating: 0..<0, count: tensors.count)
    var end = 0
    for index in order {
      ranges[index] = end..<(end + tensors[index].byteCount)
      end = ranges[index].upperBound
    }
    (self.order, self.ranges) = (order, ranges)
  }
}
