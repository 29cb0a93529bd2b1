import Foundation
import TensorCore
import Testing

@Suite struct NpzFileTests {
  /// `numpy.savez(a=numpy.array([1.5, -2], dtype='f4'), b=numpy.array([[True], [False]]))`
  static let stored = """
    UEsDBC0AAAAAAAAAIQDWQ0sF//////////8FABQAYS5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsIC\
    dmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg\
    ICAgICAgICAgICAgICAgICAKAADAPwAAAMBQSwMELQAAAAAAAAAhAPRsfmf//////////wUAFABiLm5weQEAEACCAAAAAAAAAIIAAAAAAAAAk0\
    5VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDEpLCB9ICAgICAgICAgICAgICAg\
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAFBLAQItAy0AAAAAAAAAIQDWQ0sFiAAAAIgAAAAFAAAAAAAAAA\
    AAAACAAQAAAABhLm5weVBLAQItAy0AAAAAAAAAIQD0bH5nggAAAIIAAAAFAAAAAAAAAAAAAACAAb8AAABiLm5weVBLBQYAAAAAAgACAGYAAAB4\
    AQAAAAA=
    """
  /// `numpy.savez_compressed(a=numpy.arange(300).reshape(3, 100), b=numpy.array(7, dtype='u1'))`
  static let deflated = """
    UEsDBC0AAAAIAAAAIQDo5SVC//////////8FABQAYS5ucHkBABAA4AkAAAAAAABYAgAAAAAAAJ3V958OBBwH8Luz15297zzmc8elszIjFSW7Eh\
    o47rE5nhNJVoiyKqlsSoPIVkZWVpllr5ZNhYyUlV6vt3/A55f36/v54fPrd0KTFo2btY6M6BsxIJgSSusQDtYIBGt1qRZMDAQ7pob7hJN7tk0N\
    p4T+7+snd08L3e3TOif3Ct294yslBiokJSUkBgYG7jNZIySSUUzH9MzAjMzEzMzCe4PZmJ05GM0Y5mQu5mYe5mU+5mcBFmQhFmYRFmUs41iMAR\
    ZnCZZkKZZmGQYZzwSWZTkm8gGW54NMYgVWZCVWZhU+xKqsxuqswZqsxYdZm3X4COvyUT7Gx1mP9fkEn2QDPsWGbMTGbMKmbMbmfJrP8Fm24HNs\
    yVZszef5Al/kS2zDtmzHZLZnB6YwxI7sxM7swq7sxu7swZ5MZS/2Zphp7MOX2Zf9+Ar781UO4GscyEEczCEcytc5jMM5gm9wJEfxTb7F0RzDsR\
    zH8Xyb7/BdTuB7nMj3+QE/5CRO5hRO5TRO5wzO5Cx+xI85m5/wU37GzzmHc/kF53E+v+QCLuQiLuYSLuUyLudX/JoruJKruJrfcA3Xch3XcwO/\
    5UZu4mZu4VZ+x++5jdu5gzu5i7v5A3/kHu7lPu7nAR7kIR7mER7lMf7En/kLf+VvPM4TPMlTPM0zPMtzPM/f+Qf/5AVe5CX+xcu8wqu8xr95nf\
    /wX97gTd7ibd7hvccfySimY3pmYEZmYmZmYVZmY3bmYDRjmJO5mJt5mJf5mJ8FWJCFWJhFWJSxjGMxBlicJViSpViaZRhkPBNYluX4H1BLAwQt\
    AAAACAAAACEAdg4Tif//////////BQAUAGIubnB5AQAQAIEAAAAAAAAAQwAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVF\
    KUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBLnYAUEsBAi0DLQAAAAgAAAAhAOjlJUJYAgAA4AkAAAUAAAAAAAAAAAAAAIABAAAAAGEu\
    bnB5UEsBAi0DLQAAAAgAAAAhAHYOE4lDAAAAgQAAAAUAAAAAAAAAAAAAAIABjwIAAGIubnB5UEsFBgAAAAACAAIAZgAAAAkDAAAAAA==
    """
  /// `numpy.savez_compressed(x=numpy.array(0.1), none=numpy.zeros((0, 4), 'f4'), y=numpy.array([[1.5, -2], [3, 1e300]]))`
  static let doubles = """
    UEsDBC0AAAAIAAAAIQAAvA4S//////////8FABQAeC5ucHkBABAAiAAAAAAAAABIAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6\
    Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAGuWTNBYKc9AFBLAwQtAAAACAAAACEAyqQ7bP//////////CAAUAG5vbmUubnB5\
    AQAQAIAAAAAAAAAARgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RoGOgommj\
    oKtQpkAy4AUEsDBC0AAAAIAAAAIQC/5nXO//////////8FABQAeS5ucHkBABAAoAAAAAAAAABaAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6l\
    oG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYw+GEPoRkOQCgOhzmlDB02T8zrAFBLAQItAy0AAAAIAA\
    AAIQAAvA4SSAAAAIgAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLAQItAy0AAAAIAAAAIQDKpDtsRgAAAIAAAAAIAAAAAAAAAAAAAACAAX8A\
    AABub25lLm5weVBLAQItAy0AAAAIAAAAIQC/5nXOWgAAAKAAAAAFAAAAAAAAAAAAAACAAf8AAAB5Lm5weVBLBQYAAAAAAwADAJwAAACQAQAAAA\
    A=
    """

  @Test func readsDoublesRankZeroAndEmptyArrays() throws {
    let file = try NpzFile(bytes: Array(try #require(Data(base64Encoded: Self.doubles))))
    #expect(file.names == ["x", "none", "y"])
    let x = try file.tensor("x", as: Double.self)
    #expect(x.shape == [])
    #expect(x.scalars == [0.1])
    #expect(try file.tensor("none", as: Float.self).shape == [0, 4])
    let y = try file.tensor("y", as: Double.self)
    #expect(y.shape == [2, 2])
    #expect(y.scalars == [1.5, -2, 3, 1e300])
  }

  @Test func readsWhatNumPyWrites() throws {
    let stored = try NpzFile(bytes: Array(try #require(Data(base64Encoded: Self.stored))))
    #expect(stored.names == ["a", "b"])
    #expect(try stored.tensor("a", as: Float.self).scalars == [1.5, -2])
    #expect(try stored.tensor("b", as: Bool.self).shape == [2, 1])
    let deflated = try NpzFile(bytes: Array(try #require(Data(base64Encoded: Self.deflated))))
    let numbers = try deflated.tensor("a", as: Int64.self)
    #expect(numbers.shape == [3, 100])
    #expect(numbers.scalars == (0..<300).map { Int64($0) })
    #expect(try deflated.tensor("b").tensor(of: UInt8.self)?.scalars == [7])
  }

  @Test func arraysComeBack() throws {
    let folder = try TemporaryFolder()
    let arrays: [(String, StoredTensor)] = [
      ("weight", StoredTensor(tensor((0..<12).map { Float($0) / 7 }, [3, 4]))),
      ("größe/a b", StoredTensor(tensor([Int64(1) << 60], []))), ("empty", StoredTensor(tensor([Double](), [0, 5]))),
      ("flags", StoredTensor(tensor([true, false, true], [3]))),
    ]
    try NpzFile.write(arrays, to: folder("a.npz"))
    let file = try NpzFile(path: folder("a.npz"))
    #expect(file.names == arrays.map(\.0))
    #expect(try file.tensor("weight", as: Double.self).scalars == (0..<12).map { Double(Float($0) / 7) })
    #expect(try file.tensor("größe/a b", as: Int64.self).scalars == [1 << 60])
    #expect(try file.tensor("empty", as: Double.self).shape == [0, 5])
    #expect(try file.tensor("flags", as: Bool.self).scalars == [true, false, true])
    try NpzFile.write([], to: folder("none.npz"))
    #expect(try NpzFile(path: folder("none.npz")).names == [])
  }

  @Test func namesAndTypesAreChecked() throws {
    let file = try NpzFile(bytes: Array(try #require(Data(base64Encoded: Self.stored))), name: "f.npz")
    let missing = #expect(throws: FileError.self) { try file.tensor("c") }
    #expect(missing?.description == "f.npz: expected an array 'c', found none of this name among 2")
    let type = #expect(throws: FileError.self) { try file.tensor("a", as: Int64.self) }
    #expect(type?.description == "f.npz/a.npy: expected the array to have elements of type int64, found F32")
    let folder = try TemporaryFolder()
    let one = StoredTensor(tensor([Float(1)], [1]))
    #expect(throws: FileError.self) { try NpzFile.write([("a", one), ("a", one)], to: folder("f")) }
    #expect(folder.names == [])
  }

  @Test func theLimitHolds() throws {
    let file = try NpzFile(bytes: Array(try #require(Data(base64Encoded: Self.deflated))), name: "f", limit: 2_527)
    #expect(throws: FileError.tooLarge(file: "f/a.npy", limit: 2_527)) { try file.tensor("a") }
    #expect(try file.tensor("b").shape == [])
  }
}
