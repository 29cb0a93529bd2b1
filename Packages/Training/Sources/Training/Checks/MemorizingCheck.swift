import Autograd
import NNLayers
import Optimizers
import TensorCore

/// Whether a network can learn a few images by heart, on a copy, without dropout.
public struct MemorizingCheck: Sendable, Equatable, Codable {
  /// The images to be learnt.
  public let imageCount: Int
  /// Those that are known at the end.
  public let knownCount: Int
  /// The steps that were taken: to where all are known, or the limit.
  public let steps: Int
  /// The loss before the first step.
  public let firstLoss: Double
  /// The loss at the end.
  public let lastLoss: Double

  /// Whether all images are known, by a loss that has fallen.
  public var passes: Bool { knownCount == imageCount && lastLoss < firstLoss }

  /// Learns until all images are known, or for as many steps as the settings allow.
  init(_ model: any Layer, _ data: CheckedBatch, _ loss: LossFunction, _ settings: SanitySettings) {
    let network = independentCopy(of: model)
    let optimizer = Adam(network.parameters, learningRate: settings.learningRate)
    var (step, firstLoss) = (0, Double.nan)
    while true {
      let context = Context(
        mode: .training, random: RandomStream(key: settings.seed, stream: UInt64(step), counter: 0), dropsOut: false)
      let logits = network(data.images, context)
      let batchLoss = loss(logits, data.labels)
      let value = batchLoss.item
      if step == 0 { firstLoss = value }
      let known = Self.knownCount(logits.floats, data.labels)
      let isDone = known == data.count && value < firstLoss
      guard !isDone, step < settings.stepLimit, value.isFinite, batchLoss.isRecorded else {
        (imageCount, knownCount, steps) = (data.count, known, step)
        (self.firstLoss, lastLoss) = (firstLoss, value)
        return
      }
      optimizer.step(batchLoss)
      step += 1
    }
  }

  private static func knownCount(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) -> Int {
    let labels = labels.scalars
    var known = 0
    LogitRows(logits).forEach { position, row in
      if row.largest == Int(labels[position]) { known += 1 }
    }
    return known
  }
}
