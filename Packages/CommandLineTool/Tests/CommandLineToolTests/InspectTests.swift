import Foundation
import TensorCore
import Testing
import Training

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

  /// Every type of NumPy's that is a number: three elements, of which the last is -1 or the largest; complex ones by name.
  @Test func showsEveryTypeOfArray() throws {
    let ones: (Int) -> [UInt8] = { [UInt8](repeating: 255, count: $0) }
    let small: (Int) -> [UInt8] = { [1] + [UInt8](repeating: 0, count: $0 - 1) }
    let cases: [(descr: String, size: Int, type: String, last: [UInt8], least: Double, greatest: Double)] = [
      ("|i1", 1, "int8", ones(1), -1, 1), ("<i2", 2, "int16", ones(2), -1, 1), ("<i4", 4, "int32", ones(4), -1, 1),
      ("<i8", 8, "int64", ones(8), -1, 1), ("|u1", 1, "uint8", ones(1), 1, 255),
      ("<u2", 2, "uint16", ones(2), 1, 65_535),
      ("<u4", 4, "uint32", ones(4), 1, 4_294_967_295), ("<u8", 8, "uint64", ones(7) + [0], 1, 0x1p56),
      ("|b1", 1, "bool", [0], 0, 1),
    ]
    for one in cases {
      try place.write(
        npy(one.descr, "(3,)", small(one.size) + small(one.size) + one.last), to: "x.npy")
      let object = try #require(place.program.run("inspect", "x.npy", "--json").objects.first ?? nil)
      #expect(object["type"] as? String == one.type)
      #expect(object["least"] as? Double == one.least && object["greatest"] as? Double == one.greatest, "\(object)")
      #expect(object["shape"] as? [Int] == [3])
    }
    // 1, -2 and 65,504 in half precision.
    try place.write(npy("<f2", "(3,)", [0, 0x3C, 0, 0xC0, 0xFF, 0x7B]), to: "x.npy")
    let half = try #require(place.program.run("inspect", "x.npy", "--json").objects.first ?? nil)
    #expect(half["type"] as? String == "float16" && half["least"] as? Double == -2)
    #expect(half["greatest"] as? Double == 65_504)
    try place.write(npy("<c8", "(1, 2)", [UInt8](repeating: 0, count: 16)), to: "x.npy")
    let complex = try place.program.run("inspect", "x.npy")
    #expect(complex.status == 0, "\(complex.complaint)")
    let line = try #require(complex.lines.dropFirst().first)
    #expect(line.split(separator: " ") == ["complex64", "[1,", "2]", "2"])
    try place.write(npy("<u8", "(1,)", ones(8)), to: "x.npy")
    let large = try place.program.run("inspect", "x.npy")
    #expect(large.status == 1 && large.oneLine?.contains("numbers below 2⁶³") == true, "\(large.complaint)")
    try place.write(npy("<U1", "(1,)", ones(4)), to: "x.npy")
    #expect(try place.program.run("inspect", "x.npy").oneLine?.contains("found '<U1'") == true)
  }

  private func npy(_ descr: String, _ shape: String, _ data: [UInt8]) -> [UInt8] {
    let text = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape)}"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8) + data
  }

  @Test func showsEvents() throws {
    let file = try EventFile(in: place.path, time: 5)
    for step in 1...3 {
      try file.write(TensorBoardEvent(time: 6, step: step, .values([.scalar("loss/step", 2.5 / Double(step))])))
    }
    try file.write(
      TensorBoardEvent(time: 7, step: 3, .values([.histogram("weights", ValueHistogram(Tensor<Float>([1, 2])))])))
    let name = try #require(place.names().first)
    let result = try place.program.run("inspect", name)
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.lines.count == 4)
    #expect(
      result.lines.dropFirst().prefix(2).map { $0.split(separator: " ") } == [
        ["loss/step", "scalar", "3", "1–3", "2.5", "0.8333"], ["weights", "histogram", "1", "3"],
      ])
    #expect(result.lines.last == "events: 2 tags with 4 entries")
    let objects = try place.program.run("inspect", name, "--json").objects
    #expect(objects.map { $0?["tag"] as? String } == ["loss/step", "weights"])
    #expect(objects.first??["count"] as? Int == 3 && objects.first??["lastStep"] as? Int == 3)
    let whole = try place.bytes(name)
    try place.write(Array(whole.dropLast()), to: name)
    #expect(
      try place.program.run("inspect", name).lines.last == "events: 1 tag with 3 entries; the last record is cut off")
    var broken = whole
    broken[whole.count - 1] ^= 1
    try place.write(broken, to: name)
    let refused = try place.program.run("inspect", name)
    #expect(refused.status == 1 && refused.output.isEmpty)
    #expect(refused.oneLine?.contains("\(name): expected a record with its checksum at byte") == true)
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
