/// The header of an `.npy` file: magic bytes, version, length, then a Python dictionary.
struct NpyHeader {
  /// NumPy's headers have some hundred bytes; it refuses those above 10,000 itself unless told otherwise.
  static let maximumLength = 65_536
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  let type: StoredElementType
  let isBigEndian: Bool
  let isFortranOrder: Bool
  let shape: Shape
  let dataStart: Int

  init(reading source: some ByteSource) throws(FileError) {
    guard source.count >= 10 else {
      throw source.malformed("an npy file of at least 10 bytes", found: "\(source.count)")
    }
    let start = try source.bytes(in: 0..<8)
    guard start.starts(with: Self.magic) else {
      throw source.malformed(
        "an npy file, which begins with 93 'NUMPY'", found: start[..<6].map(hexadecimal).joined(separator: " "))
    }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw source.malformed("npy version 1.0, 2.0 or 3.0", found: "\(start[6]).\(start[7])")
    }
    let lengthSize = start[6] == 1 ? 2 : 4
    guard source.count >= 8 + lengthSize else {
      throw source.malformed("the length of the npy header", found: "the end after \(source.count) bytes")
    }
    let length = try source.bytes(in: 8..<(8 + lengthSize)).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= min(Self.maximumLength, source.count - 8 - lengthSize) else {
      throw source.malformed(
        "an npy header within the \(source.count) bytes and \(Self.maximumLength) at most",
        found: "a length of \(length)")
    }
    dataStart = 8 + lengthSize + length
    var parser = PythonLiteralParser(try source.bytes(in: (8 + lengthSize)..<dataStart), name: source.name)
    let fields = try Self.fields(try parser.parse(), source)
    (type, isBigEndian) = try Self.elementType(fields["descr"], source)
    guard case .boolean(let isFortranOrder)? = fields["fortran_order"] else {
      throw source.malformed("fortran_order to be True or False", found: "another value")
    }
    self.isFortranOrder = isFortranOrder
    shape = try Self.shape(fields["shape"], source)
    try checkSize(source)
  }

  private static func fields(
    _ header: PythonLiteral, _ source: some ByteSource
  ) throws(FileError) -> [String: PythonLiteral] {
    guard case .dictionary(let members) = header,
      members.map(\.key).sorted() == ["descr", "fortran_order", "shape"]
    else { throw source.malformed("a dictionary of descr, fortran_order and shape", found: "another npy header") }
    return Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
  }

  private static func elementType(
    _ field: PythonLiteral?, _ source: some ByteSource
  ) throws(FileError) -> (StoredElementType, isBigEndian: Bool) {
    let types: [String: StoredElementType] = [
      "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
      "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .bool, "c8": .complex64, "c16": .complex128,
    ]
    guard case .text(let text)? = field else {
      throw source.malformed("descr to name one element type", found: "an array of structures")
    }
    guard let order = text.first, "<>|=".contains(order), let type = types[String(text.dropFirst())],
      order != "|" || type.byteCount == 1
    else {
      throw source.malformed("elements of type f2 to f8, i1 to i8, u1 to u8, b1 or c8 to c16", found: "'\(text)'")
    }
    return (type, order == ">")
  }

  private static func shape(_ field: PythonLiteral?, _ source: some ByteSource) throws(FileError) -> Shape {
    guard case .tuple(let values)? = field else {
      throw source.malformed("shape to be a tuple", found: "another value")
    }
    var sizes: [Int] = []
    for value in values {
      guard case .integer(let size) = value else {
        throw source.malformed("shape to hold whole numbers", found: "another value")
      }
      sizes.append(size)
    }
    do {
      return try Shape(checking: sizes)
    } catch {
      throw source.malformed("a possible shape", found: error.description)
    }
  }

  private func checkSize(_ source: some ByteSource) throws(FileError) {
    guard let bytes = type.bytes(of: shape.count), bytes == source.count - dataStart else {
      let bytes = type.bytes(of: shape.count).map(String.init) ?? "more than 2⁶³"
      throw source.malformed(
        "\(bytes) bytes of data, for \(type.rawValue) \(shape)", found: "\(source.count - dataStart)")
    }
  }

  /// The header that NumPy writes, as version 1.0: padded so that the data begin at a multiple of 64.
  static func bytes(of tensor: StoredTensor) -> [UInt8] {
    let sizes = tensor.shape.map(String.init)
    let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    let text = "{'descr': '\(descr(tensor.elementType))', 'fortran_order': False, 'shape': \(shape), }"
    let padding = -(10 + text.utf8.count + 1) & 63
    let length = text.utf8.count + padding + 1
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
      + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }

  private static func descr(_ type: ElementType) -> String {
    switch type {
    case .float: "<f4"
    case .double: "<f8"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .bool: "|b1"
    }
  }
}
