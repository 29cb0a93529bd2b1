import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct ImageFilesTests {
  /// A PGM file whose pixel (y, x) is `first + y + x`.
  private func ramp(_ first: Int, _ height: Int, _ width: Int) -> [UInt8] {
    Array("P5 \(width) \(height) 255 ".utf8)
      + (0..<height * width).map { (pixel: Int) -> UInt8 in UInt8(first + pixel / width + pixel % width) }
  }

  private let size = ImageSize(height: 7, width: 7)

  /// An image of 8×12 is as high as 8/7 · 7 already: of its rows 0 to 6 (half a pixel rounded to even) and its columns 2 to 8
  /// are shown, and all 12 are kept.
  @Test func showsTheMiddle() throws {
    let folder = try TemporaryFolder()
    try folder.write(ramp(5, 8, 12), to: "a.pgm")
    let files = ImageFiles([folder.path("a.pgm")], size: size, channels: 1)
    let whole = try files.whole(0)
    #expect(whole.size == ImageSize(height: 8, width: 12))
    let shown = try files.image(0).pixels
    let expected: [UInt8] = (0..<49).map { (pixel: Int) -> UInt8 in UInt8(7 + pixel / 7 + pixel % 7) }
    #expect(shown == expected)
    #expect(try ImageFiles([folder.path("a.pgm")], size: size, channels: 3).image(0).pixels == shown + shown + shown)
  }

  /// Very long images are kept to four times the other side.
  @Test func cutsThreads() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("P5 3000 1 255 ".utf8) + [UInt8](repeating: 7, count: 3000), to: "a.pgm")
    let whole = try ImageFiles([folder.path("a.pgm")], size: size, channels: 1).whole(0)
    #expect(whole.size == ImageSize(height: 8, width: 32))
    #expect(whole.pixels.allSatisfy { $0 == 7 })
  }

  /// What there is room for is read once; everything else each time, with the same result.
  @Test func keepsWhatThereIsRoomFor() throws {
    let folder = try TemporaryFolder()
    for index in 0..<3 { try folder.write(ramp(index, 8, 8), to: "\(index).pgm") }
    let paths = (0..<3).map { folder.path("\($0).pgm") }
    // 64 bytes each: two fit.
    let files = ImageFiles(paths, size: size, channels: 1, cacheLimit: 128 + 63)
    let before = try (0..<3).map { try files.image($0) }
    #expect(try (0..<3).map { try files.image($0) } == before)
    for index in 0..<3 { try folder.write([], to: "\(index).pgm") }
    #expect(try files.image(0) == before[0])
    #expect(try files.image(1) == before[1])
    let error = #expect(throws: FileError.self) { try files.image(2) }
    #expect(error?.file == paths[2])
  }

  /// Predictions see a user's image as the folder's images are seen, also one that has the size by chance.
  @Test func preparationShowsTheSame() throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(seed: 1)
    for (name, height, width) in [("a", 7, 7), ("b", 20, 31), ("c", 8, 8), ("d", 3, 2)] {
      let bytes = (0..<height * width).map { _ in UInt8(random.integer(below: 256)) }
      let url = folder.url.appendingPathComponent(name == "d" ? "y" : "x")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try folder.write(Array("P5 \(width) \(height) 255 ".utf8) + bytes, to: "\(url.lastPathComponent)/\(name).pgm")
    }
    try folder.write(ramp(9, 9, 9), to: "y/e.pgm")
    let source = try ImageFolder(folder.url.path, imageSize: size, channels: 1, testFraction: 0.5)
    let splits = try source.load()
    let recipe = try source.preprocessing(fittedTo: splits.training)
    for part in [splits.training, splits.test] {
      let samples = PreparedImages(part, recipe)
      for index in 0..<part.count {
        let own = try ImageFile.read(try #require(part.files).path(index))
        #expect(recipe.prepare([own]) == samples.images(at: [index]))
      }
    }
    #expect(try JSONDecoder().decode(Preprocessing.self, from: JSONEncoder().encode(recipe)) == recipe)
  }

  /// A file that breaks after it was checked is black, and the batch says so.
  @Test func batchesTellOfMissingFiles() throws {
    let folder = try TemporaryFolder()
    for index in 0..<3 { try folder.write(ramp(index, 8, 8), to: "\(index).pgm") }
    let files = ImageFiles((0..<3).map { folder.path("\($0).pgm") }, size: size, channels: 1, cacheLimit: 0)
    let data = try ImageDataset(
      files: files, labels: Tensor([0, 1, 0]),
      information: DatasetInformation(
        name: "folder", title: "", classNames: ["a", "b"], license: "", citation: "", homepage: ""))
    let recipe = try Preprocessing(channels: 1, imageSize: size, fitting: .covering, mean: [0], deviation: [1])
    let samples = PreparedImages(data, recipe)
    #expect(Batches(samples, size: 3).batch(0).failure == nil)
    try folder.write([1, 2], to: "1.pgm")
    for augmenter in [nil, Augmenter(Augmentation(recipe: .mirroredCrops), seed: 1, epoch: 0)] {
      let batch = Batches(samples, size: 3, augmenter: augmenter).batch(0)
      #expect(batch.failure?.file == folder.path("1.pgm"))
      #expect(batch.images.scalars[49..<98].allSatisfy { $0 == 0 })
      #expect(batch.images.scalars[98..<147].contains { $0 > 0 })
    }
  }

  @Test func refusesWhatDoesNotGoTogether() throws {
    let facts = DatasetInformation(name: "n", title: "", classNames: ["a"], license: "", citation: "", homepage: "")
    let files = ImageFiles(["x"], size: size, channels: 1)
    for (files, labels) in [
      (files, Tensor<Int64>([0, 0])), (files, Tensor([1])), (ImageFiles([], size: size, channels: 1), Tensor([])),
    ] {
      #expect(throws: DatasetError.self) { try ImageDataset(files: files, labels: labels, information: facts) }
    }
  }
}
