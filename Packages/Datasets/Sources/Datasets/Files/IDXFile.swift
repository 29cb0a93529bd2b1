import TensorCore

/// The IDX format, in which MNIST and its relatives are published: a header and then the bytes of one array.
///
/// The header has two bytes of 0, the element type (8 for unsigned bytes, the only one read here), the number of axes,
/// and the size of each axis as a big-endian 32-bit number. Row-major elements follow and end the file.
///
/// Every length is checked before it is used: a file of `n` bytes never costs more memory than a few times `n`, or
/// than a few times what it can unpack to if it is a gzip file.
public enum IDXFile {
  /// The array in an IDX file, plain or gzip.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what to call it in errors.
  ///   - limit: the most bytes that a gzip file may unpack to, whatever its header announces.
  /// - Throws: `FileError.malformed` for a file that is none, is cut or goes on after its array,
  ///   `FileError.tooLarge` for one that unpacks to more than `limit`.
  public static func decode(
    _ bytes: [UInt8], name: String = "the IDX data", limit: Int = largestFile
  ) throws(FileError) -> Tensor<UInt8> {
    guard Gzip.isGzip(bytes) else { return try decodePlain(bytes, name: name) }
    return try decodePlain(unpacked(bytes, name: name, limit: limit), name: name)
  }

  /// The array in the IDX file at `path`, plain or gzip.
  ///
  /// - Throws: `FileError` when the file cannot be read, is above ``largestFile`` or not right.
  public static func read(_ path: String) throws(FileError) -> Tensor<UInt8> {
    try decode(InputFile.contents(of: path, limit: largestFile), name: path)
  }

  /// The most bytes that a file may have, unpacked too: 4 GiB, ninety times Fashion-MNIST.
  public static let largestFile = 1 << 32

  private static func decodePlain(_ bytes: [UInt8], name: String) throws(FileError) -> Tensor<UInt8> {
    let header = try Header(bytes, name: name)
    guard bytes.count == header.fileSize else {
      throw .malformed(
        file: name, expected: "\(header.fileSize) bytes for unsigned bytes of shape \(header.shape)",
        found: "\(bytes.count)")
    }
    return Tensor(shape: header.shape) { _ = $0.update(fromContentsOf: bytes[header.size...]) }
  }

  /// What a gzip file unpacks to, never more than its own header announces or `limit`.
  private static func unpacked(_ bytes: [UInt8], name: String, limit: Int) throws(FileError) -> [UInt8] {
    let header = try Header(Gzip.prefix(bytes, count: Header.largestSize, name: name), name: name)
    do {
      return try Gzip.decompress(bytes, limit: min(header.fileSize, limit), name: name)
    } catch {
      guard case .tooLarge = error, header.fileSize <= limit else { throw error }
      throw .malformed(
        file: name, expected: "\(header.fileSize) bytes for unsigned bytes of shape \(header.shape)", found: "more")
    }
  }
}

extension IDXFile {
  /// What comes before the elements.
  struct Header {
    /// The shape of the array.
    let shape: Shape
    /// The number of bytes before the elements.
    let size: Int
    /// The number of bytes of the whole file.
    let fileSize: Int

    static let largestSize = 4 + 4 * Shape.maximumRank

    init(_ bytes: [UInt8], name: String) throws(FileError) {
      guard bytes.count >= 4 else {
        throw .malformed(file: name, expected: "an IDX header of at least 4 bytes", found: "\(bytes.count)")
      }
      guard bytes[0] == 0, bytes[1] == 0 else {
        throw .malformed(
          file: name, expected: "an IDX file, which begins with the bytes 0 0", found: "\(bytes[0]) \(bytes[1])")
      }
      guard bytes[2] == 8 else {
        throw .malformed(
          file: name, expected: "element type 8 (unsigned bytes)",
          found: "type \(bytes[2])\(Self.meaning(of: bytes[2]))")
      }
      let rank = Int(bytes[3])
      guard (1...Shape.maximumRank).contains(rank) else {
        throw .malformed(file: name, expected: "1 to \(Shape.maximumRank) axes", found: "\(rank)")
      }
      size = 4 + 4 * rank
      guard bytes.count >= size else {
        throw .malformed(file: name, expected: "a header of \(size) bytes for \(rank) axes", found: "\(bytes.count)")
      }
      shape = try Self.shape(bytes[4..<size], name: name)
      let (sum, overflow) = shape.count.addingReportingOverflow(size)
      guard !overflow else { throw Self.tooManyElements(shape.sizes, name: name) }
      fileSize = sum
    }

    private static func shape(_ bytes: ArraySlice<UInt8>, name: String) throws(FileError) -> Shape {
      let sizes = stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
        bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
      }
      do {
        return try Shape(checking: sizes)
      } catch {
        throw tooManyElements(sizes, name: name)
      }
    }

    private static func tooManyElements(_ sizes: [Int], name: String) -> FileError {
      .malformed(file: name, expected: "a number of elements that can be counted", found: "the sizes \(sizes)")
    }

    private static func meaning(of type: UInt8) -> String {
      let names: [UInt8: String] = [
        0x09: "signed bytes", 0x0B: "16-bit integers", 0x0C: "32-bit integers", 0x0D: "32-bit floats",
        0x0E: "64-bit floats",
      ]
      return names[type].map { " (\($0))" } ?? ""
    }
  }
}
