import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct ImageFolderTests {
  /// A PGM file of one grey, `height` × `width`.
  private func gray(_ value: UInt8, _ height: Int = 4, _ width: Int = 4) -> [UInt8] {
    Array("P5 \(width) \(height) 255 ".utf8) + [UInt8](repeating: value, count: height * width)
  }

  private func write(_ bytes: [UInt8], to name: String, in folder: TemporaryFolder) throws {
    let url = folder.url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try folder.write(bytes, to: name)
  }

  private let size = ImageSize(height: 2, width: 2)

  @Test func partsAreRead() throws {
    let folder = try TemporaryFolder()
    for (name, value) in [
      ("train/dog/2.pgm", 20), ("train/dog/1.PGM", 10), ("train/cat/a.pgm", 30), ("val/cat/b.pgm", 40),
      ("test/dog/c.pgm", 50), ("train/cat/.hidden.pgm", 1), ("train/cat/notes.txt", 2),
    ] {
      try write(gray(UInt8(value)), to: name, in: folder)
    }
    let source = try ImageFolder(folder.url.path, imageSize: size, channels: 1)
    #expect(source.information.classNames == ["cat", "dog"] && !source.drawsTestImages)
    let splits = try source.load()
    #expect(splits.training.labels.scalars == [0, 1, 1])
    #expect(splits.training.pixels.shape == [3, 1, 2, 2])
    #expect(splits.training.pixels.scalars == [30, 30, 30, 30, 10, 10, 10, 10, 20, 20, 20, 20])
    #expect(splits.validation?.labels.scalars == [0])
    #expect(splits.test.labels.scalars == [1])
    #expect(splits.test.pixels.scalars == [50, 50, 50, 50])
    let preprocessing = try source.preprocessing(fittedTo: splits.training)
    #expect(preprocessing.outputShape == [1, 2, 2])
  }

  @Test func withoutPartsAShareIsHeldOut() throws {
    let folder = try TemporaryFolder()
    for index in 0..<10 {
      try write(gray(UInt8(index)), to: "a/\(index).pgm", in: folder)
      try write(gray(UInt8(100 + index)), to: "b/\(index).pgm", in: folder)
    }
    let source = try ImageFolder(folder.url.path, imageSize: size)
    let splits = try source.load()
    #expect(source.drawsTestImages)
    #expect(splits.training.count == 16 && splits.test.count == 4)
    #expect(splits.test.classCounts == [2, 2])
    #expect(splits.training.channels == 3)
    let again = try ImageFolder(folder.url.path, imageSize: size).load()
    #expect(again.test.pixels == splits.test.pixels)
    let all = try ImageFolder(folder.url.path, imageSize: size, testFraction: 1).load()
    #expect(all.test.count == 20 && all.test.classCounts == [10, 10])
  }

  @Test func linksAreFollowed() throws {
    let folder = try TemporaryFolder()
    for name in ["cats/1.pgm", "cats/2.pgm", "dogs/1.pgm", "dogs/2.pgm"] { try write(gray(7), to: name, in: folder) }
    let linked = folder.url.appendingPathComponent("linked")
    try FileManager.default.createDirectory(at: linked, withIntermediateDirectories: true)
    for (name, animals) in [("felines", "cats"), ("canines", "dogs")] {
      try FileManager.default.createSymbolicLink(
        at: linked.appendingPathComponent(name), withDestinationURL: folder.url.appendingPathComponent(animals))
    }
    let again = folder.url.appendingPathComponent("again")
    try FileManager.default.createSymbolicLink(at: again, withDestinationURL: linked)
    let source = try ImageFolder(again.path, imageSize: size, channels: 1, testFraction: 0.5)
    #expect(source.information.classNames == ["canines", "felines"])
    #expect(try source.load().training.count == 2)
  }

  /// 2 rows of 6: as high as the target already, so that the middle 2 of 6 columns are taken.
  @Test func imagesCoverTheirSize() throws {
    let wide = ByteImage(
      channels: 1, size: ImageSize(height: 2, width: 6), pixels: [0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0])
    #expect(wide.covering(size).pixels == [1, 2, 3, 4])
    let large = ByteImage(channels: 3, size: ImageSize(height: 30, width: 47), pixels: .init(repeating: 9, count: 4230))
    #expect(large.covering(ImageSize(height: 7, width: 5)).pixels == [UInt8](repeating: 9, count: 105))
  }

  @Test func brokenImagesStopOrAreSkipped() throws {
    let folder = try TemporaryFolder()
    for index in 0..<3 {
      try write(gray(9), to: "train/a/\(index).pgm", in: folder)
      try write(gray(9), to: "train/b/\(index).pgm", in: folder)
      try write(gray(9), to: "test/b/\(index).pgm", in: folder)
    }
    try write(Array("P5 4 4 255 12".utf8), to: "train/a/broken.pgm", in: folder)
    try write([1, 2, 3], to: "test/b/none.png", in: folder)
    let path = folder.path("train/a/broken.pgm")
    let error = #expect(throws: FileError.self) { try ImageFolder(folder.url.path, imageSize: size).load() }
    #expect(error?.file == path)
    let loaded = try ImageFolder(folder.url.path, imageSize: size, brokenImages: .skip).loadNoting()
    #expect(loaded.skipped.map(\.file) == [path, folder.path("test/b/none.png")])
    #expect(loaded.splits.training.count == 6 && loaded.splits.test.count == 3)
  }

  /// Left out in silence, a part of the pictures would be missing.
  @Test func imagesOfOtherKindsCountAsBroken() throws {
    let folder = try TemporaryFolder()
    for name in ["a/1.pgm", "a/2.pgm", "b/1.pgm", "b/2.pgm"] { try write(gray(9), to: name, in: folder) }
    for name in ["a/3.WebP", "b/3.gif"] { try write(Array("RIFF".utf8), to: name, in: folder) }
    func load(_ broken: ImageFolder.BrokenImages) throws -> (splits: DatasetSplits, skipped: [FileError]) {
      try ImageFolder(folder.url.path, imageSize: size, testFraction: 0.5, brokenImages: broken).loadNoting()
    }
    let error = #expect(throws: FileError.self) { try load(.stop) }
    #expect(error?.file == folder.path("a/3.WebP"))
    let loaded = try load(.skip)
    #expect(loaded.skipped.map(\.file) == [folder.path("a/3.WebP"), folder.path("b/3.gif")])
    #expect(loaded.splits.training.count == 2)
    try FileManager.default.removeItem(atPath: folder.path("b/1.pgm"))
    try FileManager.default.removeItem(atPath: folder.path("b/2.pgm"))
    let empty = #expect(throws: DatasetError.self) { try load(.skip) }
    #expect(empty?.description.hasPrefix("\(folder.path("b")): expected images") == true)
  }

  @Test func tooFewImagesToHoldSomeOutNameTheFolder() throws {
    let folder = try TemporaryFolder()
    for name in ["a/1.pgm", "b/1.pgm"] { try write(gray(9), to: name, in: folder) }
    let error = #expect(throws: DatasetError.self) { try ImageFolder(folder.url.path, imageSize: size).load() }
    #expect(error?.kind == .empty)
    let words = "expected enough images of a class to keep a share of 0.2 for test, found 2 images of 2 classes"
    #expect(error?.description == "\(folder.url.path): \(words)")
  }

  @Test func namesWhatIsMissing() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    func message() -> String? { #expect(throws: DatasetError.self) { try ImageFolder(path).load() }?.description }
    #expect(message() == "\(path): expected a folder of images for each of two classes or more, found no folder")
    try write(gray(1), to: "train/a/1.pgm", in: folder)
    #expect(message()?.hasSuffix("found the folder a only") == true)
    try write([], to: "train/b/notes.txt", in: folder)
    try write(gray(1), to: "test/c/1.pgm", in: folder)
    #expect(message() == "\(path)/test: expected the classes of training, a, b, found c")
    let none = #expect(throws: DatasetError.self) { try ImageFolder(path + "/none") }
    #expect(none?.kind == .missing)
    #expect(throws: DatasetError.self) { try ImageFolder(path, channels: 2) }
  }

  @Test func anEmptyClassIsNone() throws {
    let folder = try TemporaryFolder()
    try write([], to: "train/b/notes.txt", in: folder)
    try write([], to: "train/a/notes.txt", in: folder)
    let error = #expect(throws: DatasetError.self) { try ImageFolder(folder.url.path).load() }
    #expect(error?.kind == .empty)
  }

  /// Images that lie deeper are not read: a network would learn that there are none of their class.
  @Test func aClassWithoutImagesToTrainWithIsNamed() throws {
    let folder = try TemporaryFolder()
    for name in ["train/a/1.pgm", "train/b/inner/1.pgm", "test/a/1.pgm"] { try write(gray(1), to: name, in: folder) }
    let error = #expect(throws: DatasetError.self) { try ImageFolder(folder.url.path).load() }
    #expect(error?.kind == .empty)
    #expect(
      error?.description
        == "\(folder.path("train/b")): expected images (bmp, jpeg, jpg, pgm, png, pnm, ppm), found none")
    try write(gray(1), to: "train/b/1.pgm", in: folder)
    #expect(try ImageFolder(folder.url.path).load().test.classCounts == [1, 0])
  }
}
