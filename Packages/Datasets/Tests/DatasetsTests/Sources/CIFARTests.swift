import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct CIFARTests {
  /// A record of the given labels whose red is `value`, green one more and blue two more.
  private func record(_ labels: [UInt8], _ value: UInt8) -> [UInt8] {
    labels + (0..<3).flatMap { [UInt8](repeating: value + $0, count: 1024) }
  }

  private func tar(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    files.flatMap { file -> [UInt8] in
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at place: Int) {
        for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
      }
      put(file.name, at: 0)
      put(String(file.content.count, radix: 8), at: 124)
      put("        ", at: 148)
      put("0", at: 156)
      put(String(header.reduce(0) { $0 + Int($1) }, radix: 8), at: 148)
      header[154] = 0
      let filler = (512 - file.content.count % 512) % 512
      return header + file.content + [UInt8](repeating: 0, count: filler)
    } + [UInt8](repeating: 0, count: 1024)
  }

  private var ten: [(name: String, content: [UInt8])] {
    (1...5).map { ("data_batch_\($0).bin", record([UInt8($0)], UInt8(10 * $0))) }
      + [("test_batch.bin", record([9], 100) + record([0], 103))]
  }

  private func check(_ splits: DatasetSplits) {
    #expect(splits.training.labels.scalars == [1, 2, 3, 4, 5])
    #expect(splits.training.pixels.shape == [5, 3, 32, 32])
    #expect(splits.training.pixels[0, 0, 0, 0] == 10)
    #expect(splits.training.pixels[4, 1, 31, 31] == 51)
    #expect(splits.test.labels.scalars == [9, 0])
    #expect(splits.test.pixels[1, 2, 7, 7] == 105)
  }

  @Test func readsFilesFoldersAndArchives() throws {
    let flat = try TemporaryFolder()
    for file in ten { try flat.write(file.content, to: file.name) }
    check(try CIFAR.cifar10.load(from: flat.url))
    let nested = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: nested.url.appendingPathComponent("cifar-10-batches-bin"), withIntermediateDirectories: true)
    for file in ten { try nested.write(file.content, to: "cifar-10-batches-bin/" + file.name) }
    check(try CIFAR.cifar10.load(from: nested.url))
    let packed = try TemporaryFolder()
    let archive = tar(ten.map { ("cifar-10-batches-bin/" + $0.name, $0.content) })
    try packed.write(gzipBytes(archive, block: 60_000), to: "cifar-10-binary.tar.gz")
    check(try CIFAR.cifar10.load(from: packed.url))
  }

  @Test func cifar100HasTwoLabels() throws {
    let folder = try TemporaryFolder()
    try folder.write(record([11, 98], 1) + record([0, 4], 5), to: "train.bin")
    try folder.write(record([19, 0], 9), to: "test.bin")
    #expect(try CIFAR.cifar100.load(from: folder.url).training.labels.scalars == [98, 4])
    #expect(try CIFAR.cifar100Groups.load(from: folder.url).training.labels.scalars == [11, 0])
    let names = CIFAR.cifar100.information.classNames
    #expect(names.count == 100 && names == names.sorted() && Set(names).count == 100)
    #expect(names[98] == "woman" && names[4] == "beaver")
    #expect(CIFAR.cifar100Groups.information.classNames.count == 20)
  }

  @Test func refusesWhatIsWrong() throws {
    let folder = try TemporaryFolder()
    func message(_ source: CIFAR = .cifar10) -> String {
      do {
        _ = try source.load(from: folder.url)
        return "nothing"
      } catch { return "\(error)" }
    }
    #expect(
      message()
        == "\(folder.url.path): expected the file cifar-10-binary.tar.gz, or test_batch.bin and those that go with it, found none of these"
    )
    for file in ten { try folder.write(file.content, to: file.name) }
    try folder.write(record([3], 1) + [0], to: "data_batch_2.bin")
    #expect(message() == "\(folder.path("data_batch_2.bin")): expected records of 3073 bytes, found 3074 bytes")
    try folder.write(record([10], 1), to: "data_batch_2.bin")
    #expect(message().contains("expected labels in 0..<10, found label 10 of sample 1"))
    #expect(throws: DatasetError.self) { try CIFAR.cifar10.load(from: nil) }
    let cut = try TemporaryFolder()
    try cut.write(gzipBytes(tar(Array(ten.prefix(3))), block: 60_000), to: "cifar-10-binary.tar.gz")
    let error = #expect(throws: FileError.self) { try CIFAR.cifar10.load(from: cut.url) }
    #expect(error?.description.contains("expected the file data_batch_4.bin in the archive") == true)
  }

  @Test func brokenArchivesThrow() throws {
    let archive = tar([("a/b.bin", [1, 2, 3]), ("c", [])])
    let file = try TarFile(archive)
    #expect(file.content(named: "b.bin") == [1, 2, 3])
    #expect(file.content(named: "c") == [])
    #expect(file.content(named: "bin") == nil)
    var random = RandomStream(seed: 8)
    for _ in 0..<2000 {
      guard let file = try? TarFile(mutated(archive, using: &random)) else { continue }
      for name in ["b.bin", "c"] { #expect((file.content(named: name) ?? []).count <= archive.count) }
    }
    #expect(throws: FileError.self) { try TarFile(Array(archive[..<513])) }
  }
}
