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

  @Test func arrangementsHaveTheirClasses() {
    let counts = EMNIST.Arrangement.allCases.map { EMNIST($0).information.classNames.count }
    #expect(counts == [62, 47, 47, 26, 10, 10])
    #expect(EMNIST(.byClass).information.classNames[61] == "z")
    #expect(EMNIST(.balanced).information.classNames[36] == "a")
  }

  @Test func namesTheMissingFile() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: DatasetError.self) { try EMNIST(.balanced).load(from: folder.url) }
    #expect(error?.description.contains("emnist-balanced-train-images-idx3-ubyte.gz of NIST's gzip.zip") == true)
  }
}
