import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

/// Transfer from half of the digits to the other half.
struct FineTuningTests {
  /// 8×8 digits; 880 weights in the body.
  private struct SmallNetwork: Layer {
    let features: Sequential
    let head: Linear

    init(classCount: Int) {
      features = Sequential(
        Conv2d(1, 16, kernelSize: 3, padding: 1), Tanh(), MaxPool2d(2), Conv2d(16, 24, kernelSize: 3, padding: 1),
        Tanh(),
        MaxPool2d(2), Flatten())
      head = Linear(96, classCount)
    }

    func forward(_ x: Variable, _ context: Context) -> Variable { head(features(x, context), context) }
  }

  /// The images of some digits, the first of which is class 0, prepared.
  private static func samples(_ images: ImageDataset, _ digits: Range<Int64>, limit: Int = .max) throws
    -> PreparedImages
  {
    let labels = images.labels.scalars
    let part = images.subset(Array(labels.indices.filter { digits.contains(labels[$0]) }.prefix(limit)))
    let all = images.information
    let information = DatasetInformation(
      name: all.name, title: all.title, classNames: digits.map(String.init), license: all.license,
      citation: all.citation, homepage: all.homepage)
    let moved = try ImageDataset(
      pixels: part.pixels, labels: Tensor(part.labels.scalars.map { $0 - digits.lowerBound }, shape: [part.count]),
      maximum: part.maximum, information: information)
    return PreparedImages(
      moved,
      try Preprocessing(channels: 1, imageSize: ImageSize(height: 8, width: 8), mean: [0.3], deviation: [0.38]))
  }

  /// The accuracies after each of four epochs over 60 digits from 5 to 9.
  private static func accuracies(
    _ model: any Layer, _ groups: [ParameterGroup], _ splits: DatasetSplits
  ) throws -> [Double] {
    let trainer = Trainer(
      model, SGD(groups, learningRate: 0.05, momentum: 0.9),
      training: try samples(splits.training, 5..<10, limit: 60), test: try samples(splits.test, 5..<10), epochs: 4,
      batchSize: 10, seed: 2)
    try trainer.run()
    return trainer.progress.history.map { $0.testAccuracy ?? 0 }
  }

  /// A network that knows 0 to 4 learns 5 to 9 from 60 images faster than one that begins anew; so does one whose body is
  /// frozen, which keeps its bits.
  @Test func whatWasLearntHelps() throws {
    let splits = try Digits().load()
    let trained = seeded(1) { SmallNetwork(classCount: 5) }
    try Trainer(
      trained, SGD(trained.parameters, learningRate: 0.05, momentum: 0.9),
      training: try Self.samples(splits.training, 0..<5),
      epochs: 10, batchSize: 32, seed: 1
    ).run()
    func fresh() -> SmallNetwork { seeded(7) { SmallNetwork(classCount: 5) } }
    let scratch = fresh()
    let alone = try Self.accuracies(scratch, [ParameterGroup(scratch.parameters)], splits)

    let tuned = fresh()
    try tuned.load(trained.stateDictionary(), except: ["head"])
    #expect(tuned.head.weight.value.floats == fresh().head.weight.value.floats)
    let helped = try Self.accuracies(tuned, ParameterGroup.fineTuning(tuned, head: "head", bodyFactor: 0.5), splits)

    let frozen = fresh()
    try frozen.load(trained.stateDictionary(), except: ["head"])
    #expect(frozen.freeze { $0.hasPrefix("features.") } == 4)
    let kept = try Self.accuracies(frozen, ParameterGroup.fineTuning(frozen, head: "head"), splits)
    for (after, before) in zip(frozen.features.parameters, trained.features.parameters) {
      #expect(after.value.floats == before.value.floats)
    }
    #expect(helped[0] > alone[0] + 0.1 && helped[1] > alone[1], "\(helped) \(alone)")
    #expect(kept[0] > alone[0] + 0.05, "\(kept) \(alone)")
  }

  /// One step of plain descent: the body moves by a tenth of its gradient times the rate, the head by the whole.
  @Test func twoRates() throws {
    let model = seeded(3) { SmallNetwork(classCount: 5) }
    let reference = model.copied()
    var random = RandomStream(seed: 4)
    let images = Tensor<Float>.normal([6, 1, 8, 8], using: &random)
    let loss = crossEntropy(model(images, .training(seed: 0)), [0, 1, 2, 3, 4, 0])
    let gradients = crossEntropy(model(images, .training(seed: 0)), [0, 1, 2, 3, 4, 0]).gradients()
    SGD(ParameterGroup.fineTuning(model, head: "head"), learningRate: 0.5).step(loss)
    for (changed, before) in zip(model.namedParameters, reference.namedParameters) {
      let gradient = try #require(gradients[changed.parameter]).floats.scalars
      let rate: Float = changed.name.hasPrefix("head.") ? 0.5 : 0.05
      let expected = zip(before.parameter.value.floats.scalars, gradient).map { $0 - rate * $1 }
      #expect(
        zip(changed.parameter.value.floats.scalars, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(changed.name)")
    }
  }

  @Test func unknownHeadsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterGroup.fineTuning(Linear(2, 2), head: "fc")
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[fineTuning] Linear has no parameters under 'fc'"))
  }
}
