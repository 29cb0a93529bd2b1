import Foundation
import TensorCore

/// A valid file in memory to be broken, and how to read all of it.
struct FuzzSample: Sendable {
  let name: String
  let bytes: [UInt8]
  /// Where a header of changing length lies, and where its length stands before it, lowest byte first: changes within
  /// a header would hardly ever come to light if its length were then wrong.
  var header: (range: Range<Int>, lengthField: Range<Int>)?
  /// The most bytes that tensors may take per byte of the file: 4 when halves become doubles.
  var growth = 4
  /// Reads everything; returns the number of tensors that could be read.
  let read: @Sendable ([UInt8]) -> Int

  /// The file with something wrong.
  func mutated(by mutator: inout Mutator) -> [UInt8] {
    guard let header, mutator.number(below: 2) == 0 else { return mutator.mutated(bytes) }
    let changed = mutator.mutated(Array(bytes[header.range]))
    var result = bytes
    result.replaceSubrange(header.range, with: changed)
    for (place, index) in header.lengthField.enumerated() {
      result[index] = UInt8(truncatingIfNeeded: changed.count >> (8 * place))
    }
    return result
  }
}

// MARK: Samples

extension FuzzSample {
  /// Small files of every kind that TensorCore reads.
  static func all() throws -> [FuzzSample] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("needletail-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tensors = tensors()
    let path = folder.appendingPathComponent("sample").path
    try SafetensorsFile.write(tensors, metadata: ["a": "ä\"\\"], to: path)
    var samples = [safetensors(try InputFile.contents(of: path, limit: 1 << 20))]
    samples.append(safetensors(halves))
    for (name, tensor) in tensors.prefix(3) {
      try NpyFile.write(tensor, to: path)
      samples.append(npy("\(name).npy", try InputFile.contents(of: path, limit: 1 << 20)))
    }
    samples.append(npy("fortran.npy", fortran))
    try NpzFile.write(tensors, to: path)
    samples.append(npz(try InputFile.contents(of: path, limit: 1 << 20)))
    return samples + streams
  }

  private static func tensors() -> [(name: String, tensor: StoredTensor)] {
    func tensor<Scalar: TensorScalar>(_ scalars: [Scalar], _ shape: Shape) -> StoredTensor {
      StoredTensor(Tensor(shape: shape) { _ = $0.update(fromContentsOf: scalars) })
    }
    return [
      ("weight", tensor((0..<24).map { Float($0) }, [2, 3, 4])), ("flags", tensor([true, false, true], [3])),
      ("counts", tensor([Int64](repeating: -1, count: 6), [3, 2])), ("step", tensor([Int32(7)], [])),
      ("bytes", tensor([UInt8](0..<9), [9])), ("none", tensor([Double](), [0, 5])), ("scale", tensor([0.5, 2], [2])),
    ]
  }

  private static func safetensors(_ bytes: [UInt8]) -> FuzzSample {
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    return FuzzSample(name: "safetensors", bytes: bytes, header: (8..<(8 + length), 0..<8)) { bytes in
      guard let file = try? SafetensorsFile(bytes: bytes) else { return 0 }
      return file.entries.count { entry in
        let stored = try? file.tensor(entry.name)
        let double = try? file.tensor(entry.name, as: Double.self)
        return stored.map(isSound) ?? false || double.map { isSound(StoredTensor($0)) } ?? false
      }
    }
  }

  private static func npy(_ name: String, _ bytes: [UInt8]) -> FuzzSample {
    let length = Int(bytes[8]) | Int(bytes[9]) << 8
    return FuzzSample(name: name, bytes: bytes, header: (10..<(10 + length), 8..<10), growth: 2) { bytes in
      (try? NpyFile.decode(bytes)).map { isSound($0) ? 1 : 0 } ?? 0
    }
  }

  private static func npz(_ bytes: [UInt8]) -> FuzzSample {
    FuzzSample(name: "npz", bytes: bytes) { bytes in
      guard let file = try? NpzFile(bytes: bytes, limit: 1 << 16) else { return 0 }
      return file.names.count { name in (try? file.tensor(name)).map(isSound) ?? false }
    }
  }

  /// Copies every element, so that a sanitizer sees each byte, and compares the counts.
  private static func isSound(_ tensor: StoredTensor) -> Bool {
    let elements =
      switch tensor {
      case .float(let tensor): tensor.scalars.count
      case .double(let tensor): tensor.scalars.count
      case .int32(let tensor): tensor.scalars.count
      case .int64(let tensor): tensor.scalars.count
      case .uint8(let tensor): tensor.scalars.count
      case .bool(let tensor): tensor.scalars.count
      }
    precondition(elements == tensor.shape.sizes.reduce(1, *), "the elements do not fill the shape")
    return true
  }

  /// One F16 and one BF16 tensor.
  private static var halves: [UInt8] {
    let header = Array(
      """
      {"h":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[3],"data_offsets":[8,14]}}
      """.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + [UInt8](0..<14)
  }

  private static var fortran: [UInt8] {
    let header = Array("{'descr': '>i4', 'fortran_order': True, 'shape': (2, 1, 3), }\n".utf8)
    return [0x93] + Array("NUMPY\u{1}\u{0}".utf8) + [UInt8(header.count), 0] + header + [UInt8](0..<24)
  }

  /// A gzip and a zlib stream with a dynamic code, made by zlib from 300 characters.
  private static var streams: [FuzzSample] {
    let deflated = Data(base64Encoded: deflatedText).map(Array.init) ?? []
    let text = (try? Deflate.inflate(deflated, limit: 1 << 16)) ?? []
    let crc = CRC32.checksum(text)
    let adler = Adler32.checksum(text)
    let trailer = [crc, UInt32(text.count)].flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let gzip = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, 65, 0] + deflated + trailer
    let zlib = [0x78, 0x9C] + deflated + (0..<4).map { UInt8(truncatingIfNeeded: adler >> (24 - 8 * $0)) }
    return [
      FuzzSample(name: "gzip", bytes: gzip) { (try? Gzip.decompress($0, limit: 1 << 16)) == nil ? 0 : 1 },
      FuzzSample(name: "zlib", bytes: zlib) { (try? Zlib.decompress($0, limit: 1 << 16)) == nil ? 0 : 1 },
      FuzzSample(name: "deflate", bytes: deflated) { (try? Deflate.inflate($0, limit: 1 << 16)) == nil ? 0 : 1 },
    ]
  }

  /// Made by zlib at level 6.
  private static let deflatedText = """
    dVLRCgMhDPuV+zWHxckOJ3ow9vcDTb2muJdWL22T1KshxlzSUZE/ktPzOh45dBNSCzFLwfeXtCLnaulXy1GOM3ylKYaEaRPaXaqjX0SzykYt\
    of67/t27Y12Ydm78QLtKM0OQyBwLAcQD12Ezkiu9dfJFu9qRk6dBAjlIf2kW4F5RM+8Q01ij+1cG+whTDD22UWbPgO1ivPDbmX9P3eMP
    """
}
