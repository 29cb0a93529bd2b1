import ArgumentParser
import Datasets
import TensorCore
import Training

/// Shows what a data set's images look like.
struct DatasetsShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a data set: its facts, and a sheet of samples with their labels.",
    discussion: """
      Samples are drawn at random from the training images. In the picture, the number below a sample is its class.

      EXAMPLES:
        needletail datasets show digits
        needletail datasets show folder --data ~/pictures
        needletail datasets show fashion-mnist --data ~/fashion --count 50 --seed 3 --output sheet.png
      """)

  @OptionGroup var dataset: DatasetOption
  @OptionGroup var data: DataOptions

  @Flag(help: Wording.skipBroken)
  var skipBroken = false

  @Option(
    parsing: .unconditional, help: "How many samples. (default: 20)", transform: Numbers.whole(in: Limits.samples))
  var count = 20

  @OptionGroup var seed: SeedOption

  @Option(help: ArgumentHelp("Draw the sheet as a picture, too, a PNG file.", valueName: "file"), completion: .file())
  var output: String?

  func run() async throws {
    if skipBroken && dataset.value != ImageFolder.name { throw UsageError("--skip-broken is for folder") }
    let source = try DatasetLookup.source(
      named: dataset.value, place: "data set", data: data, FolderView(skipsBroken: skipBroken))
    let splits = try await source.load(data) { Console.print($0) }
    let training = splits.training
    var random = RandomStream(seed: seed.value)
    let order = Tensor<Int64>.permutation(count: training.count, using: &random).scalars.prefix(count)
    let samples = training.subset(order.map { Int($0) })
    let sheet = SampleSheet(samples)
    try output.map { try AtomicFile.write(PNGImage.encode(sheet.image), to: $0) }
    Console.print(facts(splits))
    Console.print("")
    Console.print(
      Gallery(pictures: sheet.pictures, width: Console.width, hasColor: Console.hasColor).text)
  }

  private func facts(_ splits: DatasetSplits) -> String {
    let (training, test) = (splits.training, splits.test)
    let facts = training.information
    let classes = zip(facts.classNames.indices, zip(facts.classNames, training.classCounts)).map { label, entry in
      entry.0 == "\(label)" ? "\(label) (\(entry.1))" : "\(label) \(entry.0) (\(entry.1))"
    }
    return """
      \(facts.title): \(Figures.grouped(training.count)) training and \(Figures.grouped(test.count)) test images of \
      \(training.channels)x\(training.imageSize.height)x\(training.imageSize.width)
      classes, with their training images: \(classes.joined(separator: ", "))
      licence: \(facts.license); see \(facts.homepage)
      cite: \(facts.citation)
      """
  }
}
