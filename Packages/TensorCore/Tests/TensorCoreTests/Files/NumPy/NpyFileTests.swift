import Foundation
import TensorCore
import Testing

@Suite struct NpyFileTests {
  /// `numpy.arange(24, dtype='>i4').reshape(2, 3, 4)` in Fortran order as version 2.0.
  static let fortran = """
    k05VTVBZAgB0AAAAeydkZXNjcic6ICc+aTQnLCAnZm9ydHJhbl9vcmRlcic6IFRydWUsICdzaGFwZSc6ICgyLCAzLCA0KSwgfSAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAADAAAAAQAAAAQAAAACAAAABQAAAABAAAADQAAAAUA\
    AAARAAAACQAAABUAAAACAAAADgAAAAYAAAASAAAACgAAABYAAAADAAAADwAAAAcAAAATAAAACwAAABc=
    """
  /// `numpy.array([1, -0.5, 65504], dtype='<f2')` as version 3.0.
  static let half = """
    k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAPAC4/3s=
    """
  /// `numpy.array([[0.1, -0.0, .leastNonzeroMagnitude], [inf, -inf, 1.7976931348623157e308]])`
  static let doubles = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqamZmZmZm5PwAAAAAAAACAAQAAAAAAAAAAAAAAAADwfwAAAAAA\
    APD/////////738=
    """
  /// `numpy.zeros((2, 0, 3), 'i8')`
  static let empty = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDAsIDMpLCB9ICAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=
    """
  /// `numpy.array(-2.5)`
  static let rankZero = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAEwA==
    """
  /// `numpy.asfortranarray((numpy.arange(6).reshape(2, 3) / 4).astype('>f8'))`
  static let bigEndian = """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgIC\
    AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAD/oAAAAAAAAP9AAAAAAAAA/8AAAAAAAAD/gAAAA\
    AAAAP/QAAAAAAAA=
    """
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsWhatNumPyWrites() throws {
    let fortran = try NpyFile.decode(Array(try #require(Data(base64Encoded: Self.fortran))))
    #expect(fortran.shape == [2, 3, 4])
    #expect(fortran.tensor(of: Int32.self)?.scalars == (0..<24).map { Int32($0) })
    let half = try NpyFile.decode(Array(try #require(Data(base64Encoded: Self.half))))
    #expect(half.tensor(of: Float.self)?.scalars == [1, -0.5, 65_504])
  }

  @Test func readsDoublesOfAnyOrderAndRank() throws {
    func golden(_ text: String) throws -> StoredTensor {
      try NpyFile.decode(Array(try #require(Data(base64Encoded: text))))
    }
    let doubles = try #require(golden(Self.doubles).tensor(of: Double.self))
    #expect(doubles.shape == [2, 3])
    let expected: [Double] = [0.1, -0.0, .leastNonzeroMagnitude, .infinity, -.infinity, .greatestFiniteMagnitude]
    #expect(doubles.scalars.map(\.bitPattern) == expected.map(\.bitPattern))
    let empty = try #require(golden(Self.empty).tensor(of: Int64.self))
    #expect(empty.shape == [2, 0, 3])
    let rankZero = try #require(golden(Self.rankZero).tensor(of: Double.self))
    #expect(rankZero.shape == [])
    #expect(rankZero.scalars == [-2.5])
    let bigEndian = try #require(golden(Self.bigEndian).tensor(of: Double.self))
    #expect(bigEndian.shape == [2, 3])
    #expect(bigEndian.scalars == [0, 0.25, 0.5, 0.75, 1, 1.25])
  }

  /// Byte by byte, whatever the shape.
  @Test func writesWhatNumPyWritesOfDoublesAndOddShapes() throws {
    let doubles: [Double] = [0.1, -0.0, .leastNonzeroMagnitude, .infinity, -.infinity, .greatestFiniteMagnitude]
    let cases: [(StoredTensor, String)] = [
      (StoredTensor(tensor(doubles, [2, 3])), Self.doubles), (StoredTensor(tensor([Int64](), [2, 0, 3])), Self.empty),
      (StoredTensor(tensor([-2.5], [])), Self.rankZero),
    ]
    for (array, golden) in cases {
      try NpyFile.write(array, to: folder("a.npy"))
      let written = try InputFile.contents(of: folder("a.npy"), limit: 1_000)
      #expect(Data(written).base64EncodedString() == golden)
    }
  }

  /// The header is the one that NumPy 2 writes for the same array.
  @Test func writesWhatNumPyWrites() throws {
    try NpyFile.write(tensor((0..<6).map { Float($0) / 4 }, [2, 3]), to: folder("a.npy"))
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
    let header =
      [0x93] + Array("NUMPY\u{1}\u{0}v\u{0}".utf8) + Array(text.utf8) + [UInt8](repeating: 32, count: 58) + [10]
    let data = (0..<6).flatMap { index in
      (0..<4).map { UInt8(truncatingIfNeeded: (Float(index) / 4).bitPattern >> (8 * $0)) }
    }
    #expect(header.count == 128)
    #expect(try InputFile.contents(of: folder("a.npy"), limit: 1_000) == header + data)
  }

  @Test(arguments: [[], [0], [1], [7], [2, 0, 3], [2, 3, 4], [1, 2, 1, 2, 1, 2, 1, 2]] as [[Int]])
  func everyTypeComesBack(sizes: [Int]) throws {
    let shape = Shape(sizes)
    let numbers = 0..<shape.count
    func check<Scalar: TensorScalar>(_ scalars: [Scalar]) throws {
      try NpyFile.write(tensor(scalars, shape), to: folder("a.npy"))
      let result = try NpyFile.read(path: folder("a.npy"), as: Scalar.self)
      #expect(result.shape == shape)
      #expect(result.scalars == scalars)
      #expect(try NpyFile.read(path: folder("a.npy")).elementType == Scalar.elementType)
    }
    try check(numbers.map { $0 % 3 == 0 })
    try check(numbers.map { UInt8($0 * 10) })
    try check(numbers.map { Int32($0) - 5 })
    try check(numbers.map { Int64($0) << 40 })
    try check(numbers.map { Float($0) / 3 })
    try check(numbers.map { Double($0) / 3 })
  }

  @Test func floatsConvertAndOthersDoNot() throws {
    try NpyFile.write(tensor([0.1, 1e300], [2]), to: folder("a.npy"))
    #expect(try NpyFile.read(path: folder("a.npy"), as: Float.self).scalars == [0.1, .infinity])
    let error = #expect(throws: FileError.self) { try NpyFile.read(path: folder("a.npy"), as: Int64.self) }
    #expect(
      error?.description
        == "\(folder("a.npy")): expected the array to have elements of type int64, found F64")
  }

  @Test func byteOrders() throws {
    let big: [UInt8] = [0x3F, 0xF8, 0, 0, 0, 0, 0, 0]
    #expect(try decoded(">f8", "()", big, Double.self) == [1.5])
    #expect(try decoded("<f8", "()", big.reversed(), Double.self) == [1.5])
    #expect(try decoded(">i8", "(1,)", [0, 0, 0, 0, 0, 0, 1, 2], Int64.self) == [258])
    #expect(try decoded(">f4", "(1, 1)", [0xC0, 0, 0, 0], Float.self) == [-2])
    #expect(try decoded(">f2", "(2,)", [0x3C, 0, 0xC0, 0], Float.self) == [1, -2])
    #expect(try decoded("<i4", "(2L,)", [1, 0, 0, 0, 255, 255, 255, 255], Int32.self) == [1, -1])
    #expect(try decoded("|u1", "(2,)", [1, 255], UInt8.self) == [1, 255])
    #expect(try decoded("|b1", "(2,)", [1, 0], Bool.self) == [true, false])
  }

  /// Whole numbers of other sizes become the next larger type that is known; what their bytes mean is NumPy's own.
  @Test func otherWholeNumbers() throws {
    #expect(try decoded("|i1", "(3,)", [127, 128, 255], Int32.self) == [127, -128, -1])
    #expect(try decoded("<i2", "(2,)", [0, 128, 1, 2], Int32.self) == [-32_768, 513])
    #expect(try decoded(">u2", "(2,)", [255, 255, 0, 1], Int32.self) == [65_535, 1])
    #expect(try decoded("<u4", "(2,)", [255, 255, 255, 255, 1, 0, 0, 0], Int64.self) == [4_294_967_295, 1])
    #expect(try decoded(">u8", "(1,)", [127] + [UInt8](repeating: 255, count: 7), Int64.self) == [.max])
    let large = #expect(throws: FileError.self) {
      try decoded("<u8", "(2,)", [UInt8](repeating: 0, count: 15) + [128], Int64.self)
    }
    #expect(
      large?.description.hasSuffix("expected the array to have numbers below 2⁶³, found a larger one in element 1")
        == true)
    let path = folder("a.npy")
    let columns = npy("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 2)}", [1, 0, 2, 0, 3, 0, 4, 0])
    try AtomicFile.write(columns, to: path)
    #expect(try NpyFile.read(path: path, as: Int32.self).scalars == [1, 3, 2, 4])
    #expect(throws: FileError.self) { try NpyFile.read(path: path, as: Int64.self) }
    #expect(throws: FileError.self) { try NpyFile.read(path: path, as: Float.self) }
  }

  /// Complex numbers are named, and not read.
  @Test func headersOfArrays() throws {
    let complex = npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2)}", [UInt8](repeating: 0, count: 16))
    let header = try NpyFile.header(of: complex)
    #expect(header.type == .complex64 && header.shape == [1, 2])
    let error = #expect(throws: FileError.self) { try NpyFile.decode(complex, name: "x") }
    #expect(error?.description == "x: expected the array to have real numbers, found complex64")
    let titles = StoredElementType.allCases.map(\.title)
    #expect(
      titles == [
        "double", "float", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint64", "uint32", "uint16",
        "uint8",
        "bool", "complex64", "complex128",
      ])
  }

  /// Columns first: the element at [i, j] of a 2 × 3 array is number i + 2 j.
  @Test func fortranOrder() throws {
    let bytes = npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", [0, 1, 2, 3, 4, 5])
    let array = try NpyFile.decode(bytes)
    #expect(array.shape == [2, 3])
    #expect(array.tensor(of: UInt8.self)?.scalars == [0, 2, 4, 1, 3, 5])
  }

  func decoded<Scalar: TensorScalar>(
    _ descr: String, _ shape: String, _ data: [UInt8], _ type: Scalar.Type
  ) throws -> [Scalar]? {
    try NpyFile.decode(npy("{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }", data))
      .tensor(of: type)?.scalars
  }
}

/// A file of version 1.0 with this header and data.
func npy(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
  [0x93] + Array("NUMPY\u{1}\u{0}".utf8) + [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    + Array(header.utf8) + data
}
