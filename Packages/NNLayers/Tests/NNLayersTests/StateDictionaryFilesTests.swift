import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct StateDictionaryFilesTests {
  private let path = FileManager.default.temporaryDirectory.path + "/state-\(UUID().uuidString).safetensors"

  @Test func keepsNamesOrderShapesAndBits() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let dictionary = StateDictionary([
      ("b", .tensor(.float(Tensor<Float>([.pi, -0.0], shape: [1, 2])))),
      ("a", .tensor(.double(Tensor<Double>([0.1])))),
      ("steps", .int64(Tensor<Int64>([9_007_199_254_740_993], shape: []))),
    ])
    try dictionary.write(to: path, metadata: ["origin": "test"])
    let read = try StateDictionary(contentsOf: path)
    #expect(read.entries.map(\.name) == ["b", "a", "steps"])
    #expect(read.entries.map(\.value.shape) == [[1, 2], [1], []])
    guard case .tensor(.float(let b))? = read["b"], case .tensor(.double(let a))? = read["a"],
      case .int64(let steps)? = read["steps"]
    else { return #expect(Bool(false), "the types changed") }
    #expect(b.scalars.map(\.bitPattern) == [Float.pi.bitPattern, Float(-0.0).bitPattern])
    #expect(a.scalars == [0.1])
    #expect(steps.scalars == [9_007_199_254_740_993])
    #expect(try SafetensorsFile(path: path).metadata["origin"] == "test")
  }

  @Test func theSameStateGivesTheSameBytes() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = seeded(1) { Linear(3, 2) }
    func bytes() throws -> Data {
      try model.stateDictionary().write(to: path)
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    #expect(try bytes() == bytes())
  }

  @Test func otherTypesAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafetensorsFile.write([("mask", .bool(Tensor<Bool>([true])))], to: path)
    #expect(
      throws: FileError.malformed(file: path, expected: "'mask' to be floating point or I64", found: "BOOL")
    ) { try StateDictionary(contentsOf: path) }
  }
}
