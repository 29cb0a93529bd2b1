import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Training

/// Grey images of 4×4 pixels in three classes: the row of the class is bright, the others are noise.
enum MadeUpData {
  static let classNames = ["top", "middle", "<low & \"last\">"]

  static func images(count: Int, seed: UInt64, noise: Int = 90) throws -> ImageDataset {
    var random = RandomStream(seed: seed)
    var pixels: [UInt8] = []
    let labels = (0..<count).map { _ in Int64.random(in: 0..<3, using: &random) }
    for label in labels {
      for pixel in 0..<16 {
        let bright = Int64(pixel / 4) == label ? 120 : 0
        pixels.append(UInt8(min(255, bright + Int.random(in: 0...noise, using: &random))))
      }
    }
    let information = DatasetInformation(
      name: "made-up", title: "Made up", classNames: classNames, license: "none", citation: "none", homepage: "none")
    return try ImageDataset(
      pixels: Tensor(pixels, shape: [count, 1, 4, 4]), labels: Tensor(labels, shape: [count]), information: information)
  }

  static func splits(training: Int = 30, test: Int = 20) throws -> DatasetSplits {
    DatasetSplits(training: try images(count: training, seed: 1), test: try images(count: test, seed: 2))
  }

  /// The splits with 24 validation images.
  static func threeSplits() throws -> DatasetSplits {
    let splits = try splits()
    return DatasetSplits(training: splits.training, validation: try images(count: 24, seed: 3), test: splits.test)
  }

  /// A training of four steps an epoch, the last of six images, by plain descent unless something else is asked for.
  static func trainer(
    _ model: any Layer = seeded(3) { Sequential(Flatten(), Linear(16, 3)) }, epochs: Int = 1, rate: Double = 0.1,
    schedule: (any Schedule)? = nil, batchSize: Int = 8, plan: TrainingPlan = TrainingPlan(),
    metrics: [any Metric] = []
  ) throws -> Trainer {
    let splits = try threeSplits()
    let preprocessing = try preprocessing()
    return Trainer(
      model, SGD(model.parameters, learningRate: rate), schedule: schedule,
      training: PreparedImages(splits.training, preprocessing),
      validation: splits.validation.map { PreparedImages($0, preprocessing) },
      test: PreparedImages(splits.test, preprocessing), epochs: epochs, batchSize: batchSize, seed: 3, plan: plan,
      metrics: metrics)
  }

  static func preprocessing() throws -> Preprocessing {
    try Preprocessing(channels: 1, imageSize: ImageSize(height: 4, width: 4), mean: [0.25], deviation: [0.2])
  }

  /// Three epochs of four steps, the last of which has six images.
  static func settings(
    epochs: Int = 3, optimizer: OptimizerSettings = .momentum, labelSmoothing: Double = 0, shift: Int = 0,
    seed: UInt64 = 7, threads: Int = 1, plan: TrainingPlan = TrainingPlan(), metrics: [String] = [],
    keeping: KeptWeights? = nil
  ) throws -> RunSettings {
    RunSettings(
      model: "tiny", dataset: "made-up", classNames: classNames, epochs: epochs, batchSize: 8, learningRate: 0.05,
      optimizer: optimizer, schedule: .cosine, labelSmoothing: labelSmoothing, shift: shift, seed: seed,
      threads: threads, preprocessing: try preprocessing(), plan: plan, metrics: metrics, keeping: keeping)
  }
}

/// A network with dropout and with a buffer that counts its training steps.
struct TinyNetwork: Layer {
  let first = Linear(16, 12)
  let dropout = Dropout(0.3)
  let second = Linear(12, 3)
  let steps = Buffer(.int64(Tensor<Int64>([0])))

  func forward(_ x: Variable, _ context: Context) -> Variable {
    if context.isTraining, case .int64(let count) = context[steps] {
      context[steps] = .int64(Tensor<Int64>([count.scalars[0] + 1]))
    }
    return second(dropout(first(Flatten()(x, context), context).tanh(), context), context)
  }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/needletail-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}
