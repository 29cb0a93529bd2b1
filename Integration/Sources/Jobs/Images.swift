import Foundation
import Models
import Training

/// A network of the catalogue to train on a data set by the recommended settings, at full size unless reduced.
public struct ImageTraining {
  /// The network's name.
  public var model = "lenet5"
  /// The passes through the images. Default: as recommended.
  public var epochs: Int?
  /// The images' height and width. Default: the data set's.
  public var side: Int?
  /// The number of training images. Default: all.
  public var count: Int?
  /// What the network's outputs are trained with in place of cross-entropy.
  public var loss: LossFunction?

  public init(
    model: String = "lenet5", epochs: Int? = nil, side: Int? = nil, count: Int? = nil, loss: LossFunction? = nil
  ) {
    self.model = model
    self.epochs = epochs
    self.side = side
    self.count = count
    self.loss = loss
  }

  /// Trains; returns the share of the test images that the network recognises at the end.
  public func accuracy(on source: any DatasetSource, in folder: URL? = nil, seed: UInt64) throws -> Double {
    let data = try source.load(from: folder)
    let preparation = try preparation(source, data.training)
    let choice = RecommendedSettings.forDataset(source.information.name, model: model)
    let network = try network(classCount: data.training.classNames.count, seed)
    let images = count.map { data.training.subset(Array(0..<$0)) } ?? data.training
    let training = PreparedImages(images, preparation)
    let epochs = epochs ?? choice.epochs
    let steps = (training.count + choice.batchSize - 1) / choice.batchSize
    let trainer = Trainer(
      network, choice.optimizer.makeOptimizer(network.parameters, learningRate: choice.learningRate),
      schedule: choice.schedule.makeSchedule(learningRate: choice.learningRate, epochs: epochs, stepsPerEpoch: steps),
      loss: loss ?? { crossEntropy($0, $1, smoothing: choice.labelSmoothing) },
      testLoss: loss ?? { crossEntropy($0, $1) },
      augmentation: Augmentation(shift: choice.shift), training: training,
      test: PreparedImages(data.test, preparation), epochs: epochs, batchSize: choice.batchSize, seed: seed)
    try trainer.run()
    guard let accuracy = trainer.evaluation?.accuracy else { throw Unmet("nothing was measured") }
    return accuracy
  }

  private func preparation(_ source: any DatasetSource, _ training: ImageDataset) throws -> Preprocessing {
    let usual = try source.preprocessing(fittedTo: training)
    guard let side else { return usual }
    return try Preprocessing(
      channels: usual.channels, imageSize: usual.imageSize, resizedSize: ImageSize(height: side, width: side),
      mean: usual.mean, deviation: usual.deviation)
  }

  private func network(classCount: Int, _ seed: UInt64) throws -> any Layer {
    guard let entry = ModelCatalog.entry(named: model) else { throw Unmet("there is no network \(model)") }
    return seeded(seed) { entry.make(ModelOptions(inputChannels: 1, classCount: classCount)) }
  }
}

/// The accuracy as a figure; throws when it is below the bar.
public func figure(_ accuracy: Double, atLeast bar: Double) throws -> String {
  let text = String(format: "%.2f %%, at least %.2f %%", accuracy * 100, bar * 100)
  guard accuracy >= bar else { throw Unmet(text) }
  return text
}

/// The means of two ways over some seeds each; throws when they are further apart than twice the standard error of their
/// difference and 0.3 %.
public func equalWithinNoise(_ first: [Double], _ second: [Double]) throws -> String {
  func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  func squaredError(_ values: [Double]) -> Double {
    let middle = mean(values)
    return values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count * (values.count - 1))
  }
  let error = (squaredError(first) + squaredError(second)).squareRoot()
  let text = String(
    format: "%.2f and %.2f %%, standard error %.2f %%", mean(first) * 100, mean(second) * 100, error * 100)
  guard abs(mean(first) - mean(second)) <= 2 * error + 0.003 else { throw Unmet(text) }
  return text
}
