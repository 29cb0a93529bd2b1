import Foundation
import TensorCore

/// CIFAR-10 and CIFAR-100 in their binary form: 60,000 photographs of 32×32 pixels, 10,000 of them for test.
///
/// The folder holds the archive as it is published, or the files in it, also in the archive's own folder. A record is its
/// labels, one byte or two (coarse, fine), and 3,072 bytes of red, green and blue, row by row. Any number of records will
/// do: a subset is as good.
public struct CIFAR: DatasetSource {
  /// Names, classes, licence and origin.
  public let information: DatasetInformation
  /// The archive.
  public let files: [RemoteFile]
  private let trainingNames: [String]
  private let testName: String
  /// The bytes of labels, and which of them is taken.
  private let labels: (count: Int, place: Int)

  /// Reads the archive or the files in `folder`.
  public func load(from folder: URL?) throws -> DatasetSplits {
    guard let folder else {
      throw DatasetError(.missing, information.name, expected: "the folder of its files", found: "none")
    }
    let source = try source(in: folder)
    let training = try trainingNames.map { (origin: source.name($0), records: try source.read($0)) }
    let test = (origin: source.name(testName), records: try source.read(testName))
    return DatasetSplits(training: try dataset(training), test: try dataset([test]))
  }

  /// Pixels as they are, normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    let statistics = PixelStatistics(of: training)
    return try Preprocessing(
      channels: 3, imageSize: training.imageSize, mean: statistics.mean, deviation: statistics.deviation)
  }

  private static let area = 32 * 32
  private static let largestFile = 1 << 30

  private struct Source {
    let name: (String) -> String
    let read: (String) throws -> [UInt8]
  }

  /// The folder itself, the archive's folder in it, or the archive.
  private func source(in folder: URL) throws -> Source {
    let inner = trainingNames.count > 1 ? "cifar-10-batches-bin" : "cifar-100-binary"
    for candidate in [folder, folder.appendingPathComponent(inner)] {
      guard FileManager.default.fileExists(atPath: candidate.appendingPathComponent(testName).path) else { continue }
      return Source(
        name: { candidate.appendingPathComponent($0).path },
        read: { try InputFile.contents(of: candidate.appendingPathComponent($0).path, limit: Self.largestFile) })
    }
    let archive = files[0].name
    let path = folder.appendingPathComponent(archive).path
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetError(
        .missing, folder.path, expected: "the file \(archive), or \(testName) and those that go with it",
        found: "none of these")
    }
    let packed = try InputFile.contents(of: path, limit: Self.largestFile)
    let tar = try TarFile(Gzip.decompress(packed, limit: Self.largestFile, name: path), name: path)
    return Source(
      name: { "\(path)/\($0)" },
      read: { name in
        guard let content = tar.content(named: name) else {
          throw FileError.malformed(file: path, expected: "the file \(name) in the archive", found: "none of this name")
        }
        return content
      })
  }

  private func dataset(_ parts: [(origin: String, records: [UInt8])]) throws -> ImageDataset {
    let size = labels.count + 3 * Self.area
    for part in parts where part.records.isEmpty || part.records.count % size != 0 {
      throw FileError.malformed(
        file: part.origin, expected: "records of \(size) bytes", found: "\(part.records.count) bytes")
    }
    let count = parts.reduce(0) { $0 + $1.records.count / size }
    var classes: [Int64] = []
    let pixels = Tensor<UInt8>(shape: [count, 3, 32, 32]) { target in
      for part in parts {
        for start in stride(from: 0, to: part.records.count, by: size) {
          let pixels = part.records[(start + labels.count)..<(start + size)]
          _ = target[(classes.count * 3 * Self.area)...].update(fromContentsOf: pixels)
          classes.append(Int64(part.records[start + labels.place]))
        }
      }
    }
    return try ImageDataset(
      pixels: pixels, labels: Tensor(classes), information: information, imageOrigin: parts[0].origin,
      labelOrigin: parts[0].origin)
  }
}

extension CIFAR {
  /// CIFAR-10: ten classes of 6,000 photographs.
  public static let cifar10 = CIFAR(
    name: "cifar-10", title: "CIFAR-10",
    classNames: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
    archive: "cifar-10-binary.tar.gz", byteCount: 170_052_171,
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    trainingNames: (1...5).map { "data_batch_\($0).bin" }, testName: "test_batch.bin", labels: (1, 0))

  /// CIFAR-100: a hundred classes of 600 photographs.
  public static let cifar100 = cifar100(name: "cifar-100", title: "CIFAR-100", classNames: fineNames, place: 1)

  /// CIFAR-100 by its twenty groups of five classes.
  public static let cifar100Groups = cifar100(
    name: "cifar-100-groups", title: "CIFAR-100, 20 groups", classNames: groupNames, place: 0)

  private static func cifar100(name: String, title: String, classNames: [String], place: Int) -> CIFAR {
    CIFAR(
      name: name, title: title, classNames: classNames, archive: "cifar-100-binary.tar.gz", byteCount: 168_513_733,
      sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", trainingNames: ["train.bin"],
      testName: "test.bin", labels: (2, place))
  }

  private init(
    name: String, title: String, classNames: [String], archive: String, byteCount: Int, sha256: String,
    trainingNames: [String], testName: String, labels: (count: Int, place: Int)
  ) {
    information = DatasetInformation(
      name: name, title: title, classNames: classNames, license: "not stated; free for research, with citation",
      citation: "A. Krizhevsky (2009). Learning multiple layers of features from tiny images. University of Toronto.",
      homepage: "https://www.cs.toronto.edu/~kriz/cifar.html")
    files = [
      RemoteFile(
        name: archive, mirrors: [URL(string: "https://www.cs.toronto.edu/~kriz/" + archive)].compactMap { $0 },
        byteCount: byteCount, sha256: sha256)
    ]
    self.trainingNames = trainingNames
    self.testName = testName
    self.labels = labels
  }

  private static let groupNames = [
    "aquatic mammals", "fish", "flowers", "food containers", "fruit and vegetables", "household electrical devices",
    "household furniture", "insects", "large carnivores", "large man-made outdoor things",
    "large natural outdoor scenes", "large omnivores and herbivores", "medium-sized mammals",
    "non-insect invertebrates", "people", "reptiles", "small mammals", "trees", "vehicles 1", "vehicles 2",
  ]

  private static let fineNames = """
    apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle \
    caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant \
    flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man \
    maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree \
    plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail \
    snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train trout \
    tulip turtle wardrobe whale willow_tree wolf woman worm
    """.split(separator: " ").map { $0.replacingOccurrences(of: "_", with: " ") }
}
