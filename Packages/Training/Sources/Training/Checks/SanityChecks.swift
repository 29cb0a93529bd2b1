import Autograd
import Datasets
import Foundation
import NNLayers
import TensorCore

/// How the sanity checks are made.
public struct SanitySettings: Sendable, Hashable {
  /// The images that the initial loss and the statistics are taken of.
  public var batchSize = 64
  /// The images to be learnt by heart; not more than ``batchSize``.
  public var memorizedCount = 16
  /// The steps within which they must be known.
  public var stepLimit = 300
  /// The learning rate of Adam, by which they are learnt.
  public var learningRate = 1e-3
  /// The images that gradients are checked with; not more than ``batchSize``.
  public var gradientImageCount = 4
  /// The elements of parameters whose gradients are checked. Each costs two passes in double precision.
  public var gradientSampleCount = 40
  /// How far the initial loss may be from ln C, as a share of it.
  public var lossTolerance = 0.25
  /// Where the choice of elements, dropout's masks and the like come from.
  public var seed: UInt64 = 0

  /// The usual checks.
  public init() {}
}

/// What to look at before a network is trained: its initial loss, whether it can learn a few images by heart, whether its
/// gradients are right, and the statistics of its layers.
///
/// ```swift
/// let report = try sanityChecks(model, on: samples)
/// print(report)  // a line for each check, tables of the layers, warnings
/// guard report.passes else { return }
/// ```
///
/// - The initial loss should be ln C, that of C equally likely classes: a larger one says that the first logits are too large.
/// - A sound network learns a handful of images by heart, without dropout, within a few hundred steps of Adam.
/// - Gradients of some elements of every parameter are compared with central differences in double precision.
/// - Layers whose units are dead or saturated, and gradients that vanish or explode, are named; see ``LayerWarning``.
///
/// The network is not changed: it learns on a copy. The checks are meant for first weights; a trained network's loss is
/// not ln C.
///
/// Karpathy 2019, "A recipe for training neural networks"; the lectures of Stanford's course CS231n.
///
/// - Parameters:
///   - model: a network that gives logits `[N, classes]`.
///   - samples: images to train it with; the first batch of a shuffled epoch is looked at.
///   - settings: how the checks are made.
///   - loss: of logits and labels. Default: cross-entropy.
///   - expectedLoss: what the initial loss should be. Default: ln C.
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when network and images do not fit.
public func sanityChecks(
  _ model: any Layer, on samples: PreparedImages, settings: SanitySettings = SanitySettings(),
  loss: LossFunction = { crossEntropy($0, $1) }, expectedLoss: Double? = nil
) throws -> SanityReport {
  try checkFit(model, samples)
  let batches = Batches(
    samples, size: max(1, min(settings.batchSize, samples.count)), order: .shuffled(seed: settings.seed, epoch: 0))
  let batch = batches.batch(0)
  if let failure = batch.failure { throw failure }
  return try sanityChecks(
    model, images: batch.images, labels: batch.labels, settings: settings, loss: loss,
    expectedLoss: expectedLoss ?? log(Double(samples.dataset.classNames.count)))
}

/// The same checks with a batch of one's own.
///
/// - Parameters:
///   - model: a network that gives logits `[N, classes]`.
///   - images: `[N, …]`, as the network takes them; at least 2, and better 32.
///   - labels: `[N]`.
///   - settings: how the checks are made.
///   - loss: of logits and labels. Default: cross-entropy.
///   - expectedLoss: what the initial loss should be. Default: ln C, of as many classes as there are logits.
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when network and images do not fit.
public func sanityChecks(
  _ model: any Layer, images: Tensor<Float>, labels: Tensor<Int64>, settings: SanitySettings = SanitySettings(),
  loss: LossFunction = { crossEntropy($0, $1) }, expectedLoss: Double? = nil
) throws -> SanityReport {
  _ = try model.outputShape(for: images.shape)
  let data = CheckedBatch(images: images, labels: labels)
  let pass = try ObservedPass(model, data, loss, settings.seed)
  let expected = expectedLoss ?? log(Double(pass.classCount))
  return SanityReport(
    initialLoss: InitialLossCheck(loss: pass.loss, expected: expected, tolerance: settings.lossTolerance),
    memorizing: MemorizingCheck(model, data.first(settings.memorizedCount), loss, settings),
    gradients: SampledGradientCheck(model, data.first(settings.gradientImageCount), loss, settings),
    layers: pass.layers, parameters: pass.parameters, warnings: pass.warnings)
}

/// The images and labels of the checks.
struct CheckedBatch {
  let images: Tensor<Float>
  let labels: Tensor<Int64>

  var count: Int { labels.count }

  /// The first `count` of them, at least one.
  func first(_ count: Int) -> CheckedBatch {
    let range = 0..<max(1, min(count, self.count))
    return CheckedBatch(
      images: images.slice(axis: 0, range: range), labels: labels.slice(axis: 0, range: range))
  }
}

/// The loss before the first step beside the one of equally likely classes.
public struct InitialLossCheck: Sendable, Equatable, Codable {
  /// The loss in training without dropout.
  public let loss: Double
  /// What it should be: ln C.
  public let expected: Double
  /// How far from it it may be, as a share.
  public let tolerance: Double

  /// Whether it is near enough.
  public var passes: Bool { abs(loss - expected) <= tolerance * abs(expected) }
}
