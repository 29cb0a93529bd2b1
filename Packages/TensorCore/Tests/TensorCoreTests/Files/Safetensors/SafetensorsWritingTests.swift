import Foundation
import TensorCore
import Testing

@Suite struct SafetensorsWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The exact bytes, by the format's description: data ordered by width, header padded to a multiple of 8.
  @Test func bytesOfASmallFile() throws {
    let tensors: [(String, StoredTensor)] = [
      ("flag", StoredTensor(tensor([true, false], [2]))), ("x", StoredTensor(tensor([Float(1), -2], [1, 2]))),
    ]
    try SafetensorsFile.write(tensors, metadata: ["b": "ä\"\\\n", "a": "1"], to: folder("a"))
    let header = """
      {"__metadata__":{"a":"1","b":"ä\\"\\\\\\u000A","format_version":"1"},\
      "flag":{"dtype":"BOOL","shape":[2],"data_offsets":[8,10]},"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}
      """
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let bytes = try InputFile.contents(of: folder("a"), limit: 1_000)
    #expect(bytes == safetensors(header + padding, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1, 0]))
    #expect((bytes.count - 10).isMultiple(of: 8))
  }

  @Test(arguments: [[], [0], [1], [3], [2, 0, 3], [2, 3, 4], [1, 2, 1, 2, 1, 2, 1, 2]] as [[Int]])
  func everyTypeComesBack(sizes: [Int]) throws {
    let shape = Shape(sizes)
    let numbers = 0..<shape.count
    let tensors: [(String, StoredTensor)] = [
      ("bool", StoredTensor(tensor(numbers.map { $0 % 3 == 0 }, shape))),
      ("byte", StoredTensor(tensor(numbers.map { UInt8($0 * 10) }, shape))),
      ("int", StoredTensor(tensor(numbers.map { Int32($0) - 5 }, shape))),
      ("long", StoredTensor(tensor(numbers.map { Int64($0) << 40 }, shape))),
      ("float", StoredTensor(tensor(numbers.map { Float($0) / 3 }, shape))),
      ("double", StoredTensor(tensor(numbers.map { Double($0) / 3 }, shape))),
    ]
    try SafetensorsFile.write(tensors, to: folder("a"))
    let file = try SafetensorsFile(path: folder("a"))
    #expect(file.entries.map(\.name) == tensors.map(\.0))
    #expect(file.metadata == ["format_version": "1"])
    #expect(file.entries.allSatisfy { $0.shape == shape })
    #expect(try file.tensor("bool", as: Bool.self).scalars == numbers.map { $0 % 3 == 0 })
    #expect(try file.tensor("byte", as: UInt8.self).scalars == numbers.map { UInt8($0 * 10) })
    #expect(try file.tensor("int", as: Int32.self).scalars == numbers.map { Int32($0) - 5 })
    #expect(try file.tensor("long", as: Int64.self).scalars == numbers.map { Int64($0) << 40 })
    #expect(try file.tensor("float", as: Float.self).scalars == numbers.map { Float($0) / 3 })
    #expect(try file.tensor("double", as: Double.self).scalars == numbers.map { Double($0) / 3 })
  }

  @Test func anOwnVersionIsKept() throws {
    try SafetensorsFile.write([], metadata: ["format_version": "7"], to: folder("a"))
    #expect(try SafetensorsFile(path: folder("a")).metadata["format_version"] == "7")
  }

  @Test func wrongNamesAreRefused() throws {
    let one = StoredTensor(tensor([Float(1)], [1]))
    let again = #expect(throws: FileError.self) {
      try SafetensorsFile.write([("a", one), ("a", one)], to: folder("f"))
    }
    #expect(again?.description.hasSuffix("expected different names for the tensors to write, found 'a' again") == true)
    #expect(throws: FileError.self) { try SafetensorsFile.write([("__metadata__", one)], to: folder("f")) }
    #expect(folder.names == [])
  }
}

/// A tensor of the given elements.
func tensor<Scalar: TensorScalar>(_ scalars: [Scalar], _ shape: Shape) -> Tensor<Scalar> {
  Tensor(shape: shape) { buffer in _ = buffer.update(fromContentsOf: scalars) }
}
