import TensorCore
import Testing

/// What is wrong in a header, by class, with the message that each gives.
@Suite struct NpyHeaderTests {
  func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try NpyFile.decode(bytes, name: "x") }?.description
  }

  func message(descr: String = "'|u1'", order: String = "False", shape: String = "(2,)") -> String? {
    message(npy("{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape)}", [1, 2]))
  }

  @Test func startOfTheFile() {
    #expect(message([]) == "x: expected an npy file of at least 10 bytes, found 0")
    #expect(
      message(Array("PK\u{3}\u{4}56789012".utf8))
        == "x: expected an npy file, which begins with 93 'NUMPY', found 50 4B 03 04 35 36")
    var bytes = npy("{}")
    bytes[6] = 4
    #expect(message(bytes) == "x: expected npy version 1.0, 2.0 or 3.0, found 4.0")
    (bytes[6], bytes[7]) = (1, 1)
    #expect(message(bytes) == "x: expected npy version 1.0, 2.0 or 3.0, found 1.1")
    (bytes[6], bytes[7]) = (2, 0)
    #expect(
      message(bytes) == "x: expected an npy header within the 12 bytes and 65536 at most, found a length of 2105212930")
    #expect(message(Array(bytes[..<11])) == "x: expected the length of the npy header, found the end after 11 bytes")
    (bytes[6], bytes[8]) = (1, 3)
    #expect(message(bytes) == "x: expected an npy header within the 12 bytes and 65536 at most, found a length of 3")
  }

  @Test func headerAboveTheBound() {
    let bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, 1, 0, 1, 0] + [UInt8](repeating: 32, count: 70_000)
    #expect(
      message(bytes) == "x: expected an npy header within the 70012 bytes and 65536 at most, found a length of 65537")
  }

  @Test(arguments: [
    ("", "a value"), ("{", "text in quotes"), ("{'a'", "a colon"), ("{'a':", "a value"), ("{'a':1", "a comma or '}'"),
    ("{'a':1 'b':2}", "a comma or '}'"), ("{a:1}", "text in quotes"), ("(1 2)", "a comma or ')'"),
    ("[1,,2]", "a value"), ("'a\\'b'", "text without escapes, in quotes"), ("'a", "text without escapes, in quotes"),
    ("'\n'", "text without escapes, in quotes"), ("{} {}", "nothing more"), ("true", "a value"),
    ("-", "a whole number"),
    ("99999999999999999999", "a whole number"), ("(((((((((1,)))))))))", "at most 8 levels of nesting"),
    ("__import__('os')", "a value"), ("1.5", "nothing more"), ("{'a': nan}", "a value"),
  ])
  func literals(header: String, expected: String) {
    #expect(message(npy(header))?.hasPrefix("x: expected \(expected)") == true, "\(header)")
  }

  @Test func deepNestingIsRefusedAtOnce() {
    #expect(message(npy(String(repeating: "(", count: 60_000)))?.contains("at most 8 levels of nesting") == true)
    let members = (0..<65).map { "'\($0)': 1" }.joined(separator: ",")
    #expect(message(npy("{\(members)}"))?.contains("at most 64 keys") == true)
  }

  @Test func fields() {
    let fields = "x: expected a dictionary of descr, fortran_order and shape, found another npy header"
    #expect(message(npy("(1, 2)")) == fields)
    #expect(message(npy("{'descr': '<f4', 'shape': ()}")) == fields)
    #expect(message(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': None}")) == fields)
    #expect(
      message(npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}"))
        == "x: expected different keys in the npy header, found 'descr' twice")
    #expect(message(order: "1") == "x: expected fortran_order to be True or False, found another value")
    #expect(
      message(descr: "[('a', '<f4')]") == "x: expected descr to name one element type, found an array of structures")
  }

  @Test func types() {
    for type in ["<f16", "<c32", "<i3", "|u2", "|S5", "<U3", "|O", "f4", "|f4", "<u11", "", "<", "?f4"] {
      #expect(
        message(descr: "'\(type)'")
          == "x: expected elements of type f2 to f8, i1 to i8, u1 to u8, b1 or c8 to c16, found '\(type)'")
    }
  }

  @Test func shapes() {
    #expect(message(shape: "(3,)") == "x: expected 3 bytes of data, for U8 [3], found 2")
    #expect(message(shape: "(1,)") == "x: expected 1 bytes of data, for U8 [1], found 2")
    #expect(message(shape: "(-2,)")?.contains("has an axis of negative size") == true)
    #expect(message(shape: "[2]") == "x: expected shape to be a tuple, found another value")
    #expect(message(shape: "(2)") == "x: expected shape to be a tuple, found another value")
    #expect(message(shape: "(2, '1')") == "x: expected shape to hold whole numbers, found another value")
    #expect(message(shape: "(1,1,1,1,1,1,1,1,2)")?.contains("has 9 axes, at most 8 are possible") == true)
    #expect(message(shape: "(4294967296, 4294967296)")?.contains("more elements than an Int can count") == true)
    #expect(
      message(descr: "'<f4'", shape: "(4611686018427387904,)")
        == "x: expected more than 2⁶³ bytes of data, for F32 [4611686018427387904], found 2")
  }

  @Test func booleansOtherThanZeroAndOneAreRefused() {
    #expect(message(descr: "'|b1'") == "x: expected the array to have bytes of 0 or 1, found 2 in element 1")
  }
}
