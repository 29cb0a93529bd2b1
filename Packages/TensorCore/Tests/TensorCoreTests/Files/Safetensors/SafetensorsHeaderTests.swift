import TensorCore
import Testing

/// What is wrong in a header, by class, with the message that each gives.
@Suite struct SafetensorsHeaderTests {
  func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try SafetensorsFile(bytes: bytes, name: "m") }?.description
  }

  func message(_ header: String, _ data: [UInt8] = []) -> String? { message(safetensors(header, data)) }

  @Test func smallestFiles() throws {
    #expect(try SafetensorsFile(bytes: safetensors("{}")).entries == [])
    #expect(try SafetensorsFile(bytes: safetensors("{ } \n\t ")).entries == [])
    let spaced = "{ \"a\" : { \"shape\" : [ 1 , 2 ] , \"data_offsets\" : [ 0 , 2 ] , \"dtype\" : \"U8\" } }"
    #expect(try SafetensorsFile(bytes: safetensors(spaced, [1, 2])).tensor("a", as: UInt8.self).scalars == [1, 2])
  }

  @Test func lengthOfTheHeader() {
    #expect(message([1, 2, 3]) == "m: expected a safetensors file of at least 8 bytes, found 3")
    #expect(
      message([9, 0, 0, 0, 0, 0, 0, 0, 0x7B])
        == "m: expected a header within the file's 9 bytes and 100000000 at most, found a length of 9")
    #expect(
      message([UInt8](repeating: 255, count: 20))
        == "m: expected a header within the file's 20 bytes and 100000000 at most, found a length of \(UInt64.max)")
    #expect(message([0, 0, 0, 0, 0, 0, 0, 0]) == "m: expected a header that begins with '{', found ''")
    #expect(message(" {}") == "m: expected a header that begins with '{', found ' '")
  }

  @Test func headerAboveTheBound() throws {
    // 100,000,001 bytes are said and there, all spaces but the braces.
    let length = 100_000_001
    var bytes = [UInt8](repeating: 32, count: 8 + length)
    for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
    (bytes[8], bytes[9]) = (0x7B, 0x7D)
    #expect(
      message(bytes)
        == "m: expected a header within the file's 100000009 bytes and 100000000 at most, found a length of 100000001")
  }

  /// What `torch.save` writes, today and before version 1.6.
  @Test(arguments: [
    Array("PK\u{3}\u{4}".utf8) + [0, 0, 8, 8, 0, 0], [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9],
  ])
  func checkpointsOfPyTorchAreNamed(bytes: [UInt8]) {
    let error = #expect(throws: FileError.self) { try SafetensorsFile(bytes: bytes, name: "w.pth") }
    #expect(error?.description.hasPrefix("w.pth: expected a safetensors file, found ") == true)
    #expect(error?.description.contains("PyTorch") == true)
    #expect(error?.description.contains("safetensors.torch.save_file") == true)
  }

  @Test func types() {
    let known = "F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C64, C128"
    for type in ["F8_E4M3", "I4", "f32", ""] {
      #expect(
        message(#"{"a":{"dtype":"\#(type)","shape":[],"data_offsets":[0,0]}}"#)
          == "m: expected one of the types \(known) for 'a', found \(type)")
    }
  }

  @Test func shapes() {
    func message(_ shape: String, _ end: Int = 8) -> String? {
      self.message(#"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,\#(end)]}}"#, [0, 0, 0, 0, 0, 0, 0, 0])
    }
    #expect(message("[3]") == "m: expected 12 bytes, for F32 [3], for 'a', found data_offsets [0, 8]")
    #expect(
      message("[4611686018427387904,4]")?.hasSuffix("has more elements than an Int can count") == true)
    #expect(
      message("[4611686018427387904]")
        == "m: expected too many bytes, for F32 [4611686018427387904], for 'a', found data_offsets [0, 8]")
    #expect(message("[9223372036854775808]")?.contains("a number that fits in 64 bits") == true)
    #expect(message("[-2]")?.contains("expected a whole number in the JSON header, found '-2]") == true)
    #expect(message("[2.0]")?.contains("expected a whole number in the JSON header, found '2.0]") == true)
    #expect(message("[2e0]")?.contains("expected a whole number") == true)
    #expect(message("[02]")?.contains("expected a whole number") == true)
    #expect(message("[1,1,1,1,1,1,1,1,2]")?.contains("at most 8 numbers for shape") == true)
    #expect(message("[2,]")?.contains("expected a whole number in the JSON header, found ']") == true)
    #expect(message("2")?.contains("expected shape, a list of numbers,") == true)
    #expect(message("[[2]]")?.contains("expected a whole number in the JSON header, found '[2]]") == true)
  }

  @Test func offsets() {
    func entry(_ name: String, _ begin: Int, _ end: Int) -> String {
      #""\#(name)":{"dtype":"U8","shape":[\#(max(end - begin, 0))],"data_offsets":[\#(begin),\#(end)]}"#
    }
    let data: [UInt8] = [1, 2, 3, 4]
    #expect(
      message("{\(entry("a", 0, 1)),\(entry("b", 2, 4))}", data)
        == "m: expected the data of 'b' to begin at 1, where the tensor before it ends, found data_offsets from 2")
    #expect(
      message("{\(entry("a", 0, 3)),\(entry("b", 2, 4))}", data)
        == "m: expected the data of 'b' to begin at 3, where the tensor before it ends, found data_offsets from 2")
    #expect(
      message("{\(entry("a", 1, 4))}", data)
        == "m: expected the data of 'a' to begin at 0, where the tensor before it ends, found data_offsets from 1")
    #expect(message("{\(entry("a", 0, 3))}", data) == "m: expected 3 bytes of data, as the header says, found 4")
    #expect(message("{\(entry("a", 0, 5))}", data) == "m: expected 5 bytes of data, as the header says, found 4")
    #expect(message("{}", data) == "m: expected 0 bytes of data, as the header says, found 4")
    #expect(
      message("{\(entry("a", 3, 1))}", data) == "m: expected 0 bytes, for U8 [0], for 'a', found data_offsets [3, 1]")
    #expect(
      message(#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}}"#, data)
        == "m: expected dtype, shape and two data_offsets for 'a', found only some of them")
    #expect(
      message(#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}"#, data)?
        .contains("at most 2 numbers for data_offsets") == true)
  }

  @Test func zeroLengthTensorsLieAnywhereBetween() throws {
    let header = """
      {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"z":{"dtype":"U8","shape":[0,9],"data_offsets":[1,1]},\
      "b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"y":{"dtype":"F64","shape":[0],"data_offsets":[2,2]}}
      """
    let file = try SafetensorsFile(bytes: safetensors(header, [7, 8]))
    #expect(try file.tensor("b", as: UInt8.self).scalars == [8])
    #expect(try file.tensor("z", as: UInt8.self).shape == [0, 9])
  }

  @Test func keys() {
    let entry = #"{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"#
    #expect(
      message(#"{"a":\#(entry),"a":\#(entry)}"#) == "m: expected different keys in the header, found 'a' twice")
    #expect(
      message(#"{"a":\#(entry),"\u0061":\#(entry)}"#) == "m: expected different keys in the header, found 'a' twice")
    #expect(
      message(#"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#)
        == "m: expected different keys in the entry of 'a', found 'dtype' twice")
    #expect(
      message(#"{"__metadata__":{"k":"1","k":"2"}}"#) == "m: expected different keys in __metadata__, found 'k' twice")
    #expect(
      message(#"{"__metadata__":{},"__metadata__":{}}"#)
        == "m: expected different keys in the header, found '__metadata__' twice")
    #expect(
      message(#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}"#)
        == "m: expected only dtype, shape and data_offsets for 'a', found 'x'")
    #expect(
      message(#"{"a":{"dtype":"U8","shape":[0]}}"#)
        == "m: expected dtype, shape and two data_offsets for 'a', found only some of them")
    #expect(message(#"{"__metadata__":{"k":1}}"#)?.contains("the metadata 'k', a string,") == true)
    #expect(message(#"{"__metadata__":{"k":{}}}"#)?.contains("the metadata 'k', a string,") == true)
    #expect(message(#"{"__metadata__":null}"#)?.contains("__metadata__, an object,") == true)
  }

  @Test func tooManyMembers() {
    let members = (0...100_000).map { "\"\($0)\":\"\"" }.joined(separator: ",")
    #expect(message("{\"__metadata__\":{\(members)}}")?.contains("at most 100000 members of __metadata__") == true)
  }

  @Test(arguments: [
    ("{", "a key, a string,"), ("{\"a\"", "a colon"), ("{\"a\":", "the entry of 'a', an object,"),
    ("{}x", "nothing more"),
    ("{}{}", "nothing more"), ("{}\0", "nothing more"), ("{,}", "a key, a string,"), ("{a:1}", "a key, a string,"),
    ("{'a':1}", "a key, a string,"), ("{\"a\":1}", "the entry of 'a', an object,"), ("{\"a", "the end of a string"),
    ("{\"a\n\"", "no control character in a string"), ("{\"a\\", "an escape"),
    ("{\"\\x\"", "an escape that JSON knows"),
    ("{\"\\u12\"", "an escape that JSON knows"), ("{\"\\u+123\"", "an escape that JSON knows"),
    ("{\"\\udc00\"", "a first half before this surrogate"), ("{\"\\ud800\"", "the second half of a surrogate pair"),
    ("{\"\\ud800\\u0041\"", "the second half of a surrogate pair"), ("{\"\\ud800\\", "an escape that JSON knows"),
    ("{\"__metadata__\":{\"a\":\"b\",}}", "a key, a string,"),
    ("{\"__metadata__\":{\"a\":\"b\" \"c\":\"d\"}}", "a comma or the end of __metadata__"),
    ("{\"__metadata__\":{}", "a comma or the end of the header"),
  ])
  func json(header: String, expected: String) {
    #expect(message(header)?.hasPrefix("m: expected \(expected) in the JSON header, found") == true, "\(header)")
  }

  @Test func textMustBeUTF8() {
    let bytes: [UInt8] = [6, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xC3, 0x28, 0x22, 0x7D]
    #expect(message(bytes)?.hasPrefix("m: expected text in UTF-8 in the JSON header") == true)
  }

  @Test func deepNestingIsRefusedAtOnce() {
    let depth = 1_000_000
    #expect(message(String(repeating: "{\"a\":", count: depth)) != nil)
    #expect(message("{\"a\":{\"shape\":" + String(repeating: "[", count: depth)) != nil)
  }

  @Test func escapesInNames() throws {
    let header = #"{"\"\\\/\b\f\n\r\t\u00e9\ud83e\udea1":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, [5]))
    #expect(file.entries[0].name == "\"\\/\u{8}\u{C}\n\r\té🪡")
  }

  @Test func booleansOtherThanZeroAndOneAreRefused() throws {
    let header = #"{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#
    let file = try SafetensorsFile(bytes: safetensors(header, [1, 0, 2]), name: "m")
    let error = #expect(throws: FileError.self) { try file.tensor("a", as: Bool.self) }
    #expect(error?.description == "m: expected 'a' to have bytes of 0 or 1, found 2 in element 2")
  }
}
