import Foundation
import TensorCore
import Testing

/// `inspect` of files of each format.
struct InspectTests {
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  @Test func showsTensorsAndTexts() throws {
    try SafetensorsFile.write(
      [
        ("a.weight", .float(Tensor<Float>([-1.5, 2, .nan, .infinity, 4, 3.5], shape: [2, 3]))),
        ("steps", .int64(Tensor<Int64>(7))), ("none", .double(Tensor<Double>([], shape: [0, 4]))),
      ], metadata: ["note": "made by hand"], to: place.path + "/w.safetensors")
    let result = try place.program.run("inspect", "w.safetensors")
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.lines.contains("note: made by hand"))
    let weight = try #require(result.lines.first { $0.hasPrefix("a.weight ") })
    let words = weight.split(separator: " ").map(String.init)
    // Of -1.5, 2, 4 and 3.5 the mean is 2.
    #expect(words == ["a.weight", "float", "[2,", "3]", "6", "-1.5", "2", "4", "2"])
    #expect(result.lines.contains { $0.hasPrefix("steps ") && $0.contains("int64") && $0.hasSuffix("7") })
    #expect(result.lines.last == "safetensors: 3 tensors of 7 elements, 2 of them not finite")
    let objects = try place.program.run("inspect", "w.safetensors", "--json").objects
    #expect(objects.count == 3)
    let first = try #require(objects.first ?? nil)
    #expect(first["mean"] as? Double == 2 && first["least"] as? Double == -1.5 && first["greatest"] as? Double == 4)
    #expect(
      first["notFinite"] as? Int == 2 && first["shape"] as? [Int] == [2, 3] && first["type"] as? String == "float")
    #expect(objects.last??["mean"] == nil)
  }

  @Test func showsArrays() throws {
    try NpyFile.write(Tensor<UInt8>([1, 2, 6], shape: [3]), to: place.path + "/x.npy")
    let one = try place.program.run("inspect", "x.npy")
    #expect(one.status == 0)
    #expect(one.lines.contains { $0.contains("uint8") && $0.contains("[3]") && $0.hasSuffix("1     3         6") })
    #expect(one.lines.last == "npy: 1 tensor of 3 elements")
    try NpzFile.write(
      [("left", .bool(Tensor<Bool>([true, false], shape: [2]))), ("right", .int32(Tensor<Int32>([5], shape: [1])))],
      to: place.path + "/x.npz")
    let several = try place.program.run("inspect", "x.npz", "--json")
    #expect(several.objects.compactMap { $0?["name"] as? String } == ["left", "right"])
    #expect(several.objects.first??["mean"] as? Double == 0.5)
  }

  /// A 2×3 array as MNIST's files have theirs: two zeros, 8 for bytes, the number of axes, big-endian sizes.
  @Test func showsIDX() throws {
    let array: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 9]
    try place.write(array, to: "x-idx2-ubyte")
    let result = try place.program.run("inspect", "x-idx2-ubyte")
    #expect(
      result.lines.contains { $0.contains("uint8") && $0.contains("[2, 3]") && $0.hasSuffix("1     4         9") })
    #expect(result.lines.last == "idx: 1 tensor of 6 elements")
    try place.write(array.dropLast(), to: "x-idx2-ubyte")
    let cut = try place.program.run("inspect", "x-idx2-ubyte")
    #expect(cut.status == 1 && cut.oneLine?.contains("x-idx2-ubyte: expected 18 bytes") == true, "\(cut.complaint)")
  }

  @Test func refusesOtherFiles() throws {
    try SafetensorsFile.write([("w", .float(Tensor<Float>([1, 2])))], to: place.path + "/w.safetensors")
    let whole = try place.bytes("w.safetensors")
    try place.write(Array(whole.dropLast()), to: "cut.safetensors")
    try place.write(Array("hello there".utf8), to: "text")
    try place.write([], to: "empty")
    try place.write([0x93] + Array("NUMPY".utf8), to: "short.npy")
    try place.write(Array("PK and no more".utf8), to: "short.npz")
    for (name, words) in [
      ("cut.safetensors", "cut.safetensors"), ("text", "found one that begins with 68 65 6C 6C"), ("empty", "no bytes"),
      ("none", "there is no such file"), (".", "a folder"), ("short.npy", "short.npy"), ("short.npz", "short.npz"),
    ] {
      let result = try place.program.run("inspect", name)
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(result.oneLine?.contains(words) == true, "\(result.complaint)")
    }
    #expect(try place.program.run("inspect").status == 64)
  }
}
