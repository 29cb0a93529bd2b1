import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct EMNISTTests {
  private func write(_ arrangement: String, labels: [UInt8], to folder: TemporaryFolder, prefix: String = "") throws {
    for part in ["train", "test"] {
      let name = "\(prefix)emnist-\(arrangement)-\(part)"
      let images = idxBytes([2, 2, 3], [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16])
      try folder.write(gzipBytes(images), to: "\(name)-images-idx3-ubyte.gz")
      try folder.write(idxBytes([2], labels), to: "\(name)-labels-idx1-ubyte")
    }
  }

  /// The files' rows are the image's columns.
  @Test func imagesAreTurnedUpright() throws {
    let folder = try TemporaryFolder()
    try write("digits", labels: [0, 9], to: folder)
    let splits = try EMNIST(.digits).load(from: folder.url)
    #expect(splits.training.pixels.shape == [2, 1, 3, 2])
    #expect(Array(splits.training.pixels.scalars.prefix(6)) == [1, 4, 2, 5, 3, 6])
    #expect(splits.test.labels.scalars == [0, 9])
  }

  @Test func lettersCountFromOne() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("gzip"), withIntermediateDirectories: true)
    try write("letters", labels: [1, 26], to: folder, prefix: "gzip/")
    let training = try EMNIST(.letters).load(from: folder.url).training
    #expect(training.labels.scalars == [0, 25])
    #expect(training.classNames[25] == "Z")
    let zero = try TemporaryFolder()
    try write("letters", labels: [0, 26], to: zero)
    #expect(throws: DatasetError.self) { try EMNIST(.letters).load(from: zero.url) }
  }

  /// NIST's archive has its files in a folder `gzip`, which is an entry of its own.
  @Test func readsTheArchive() throws {
    let folder = try TemporaryFolder()
    let parts = ["train", "test"].flatMap { part -> [(name: String, content: [UInt8])] in
      let name = "gzip/emnist-digits-\(part)"
      return [
        ("\(name)-images-idx3-ubyte.gz", gzipBytes(idxBytes([2, 2, 3], [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]))),
        ("\(name)-labels-idx1-ubyte.gz", gzipBytes(idxBytes([2], part == "train" ? [3, 4] : [5, 6]))),
      ]
    }
    try folder.write(zipBytes([("gzip/", [])] + parts), to: "gzip.zip")
    let splits = try EMNIST(.digits).load(from: folder.url)
    #expect(Array(splits.training.pixels.scalars.prefix(6)) == [1, 4, 2, 5, 3, 6])
    #expect(splits.training.labels.scalars == [3, 4])
    #expect(splits.test.labels.scalars == [5, 6])
    let missing = #expect(throws: FileError.self) { try EMNIST(.letters).load(from: folder.url) }
    #expect(
      missing?.description.hasSuffix(
        "gzip.zip: expected the file gzip/emnist-letters-train-images-idx3-ubyte.gz in the archive, "
          + "found none of this name")
        == true)
    // A file unpacked beside it is preferred.
    try folder.write(idxBytes([2], [7, 8]), to: "emnist-digits-test-labels-idx1-ubyte")
    #expect(try EMNIST(.digits).load(from: folder.url).test.labels.scalars == [7, 8])
    try folder.write(Array(zipBytes(parts).dropLast(30)), to: "gzip.zip")
    let cut = #expect(throws: FileError.self) { try EMNIST(.digits).load(from: folder.url) }
    #expect(cut?.file == folder.path("gzip.zip"))
  }

  @Test func allArrangementsAreInOneArchive() throws {
    #expect(Set(EMNIST.Arrangement.allCases.map { EMNIST($0).files }).count == 1)
    let archive = try #require(EMNIST(.letters).files.first)
    #expect(archive.byteCount == 561_753_746 && archive.sha256.count == 64 && archive.mirrors.count == 1)
    let folder = try TemporaryFolder()
    #expect(EMNIST(.letters).missingFiles(in: folder.url) == [archive])
  }

  @Test func arrangementsHaveTheirClasses() {
    let counts = EMNIST.Arrangement.allCases.map { EMNIST($0).information.classNames.count }
    #expect(counts == [62, 47, 47, 26, 10, 10])
    #expect(EMNIST(.byClass).information.classNames[61] == "z")
    #expect(EMNIST(.balanced).information.classNames[36] == "a")
  }

  @Test func namesTheMissingFile() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: DatasetError.self) { try EMNIST(.balanced).load(from: folder.url) }
    #expect(
      error?.description.hasSuffix(
        "expected NIST's archive gzip.zip or the file emnist-balanced-train-images-idx3-ubyte.gz of it, found neither")
        == true)
  }
}
