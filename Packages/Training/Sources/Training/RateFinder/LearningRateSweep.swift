import Foundation

/// The losses of a short training whose learning rate grows from step to step; see
/// ``findLearningRate(for:on:rates:steps:batchSize:smoothing:seed:augmentation:loss:optimizer:)``.
public struct LearningRateSweep: Sendable, Equatable, Codable {
  /// A step.
  public struct Point: Sendable, Equatable, Codable {
    /// Its learning rate.
    public let rate: Double
    /// The loss of its batch, before the step.
    public let loss: Double
    /// The smoothed loss.
    public let smoothedLoss: Double
  }

  /// The steps in order, up to where the loss rises beyond four times its least.
  public let points: [Point]

  /// The rate at which the smoothed loss falls most steeply over the logarithm of the rate, before it is least; nil where it
  /// never falls. The first tenth of the steps, whose smoothed loss rests on few, is passed over.
  public var suggestion: Double? {
    let values = points.map(\.smoothedLoss)
    guard let least = values.indices.min(by: { values[$0] < values[$1] }) else { return nil }
    let reach = max(1, points.count / 20)
    let candidates = stride(from: max(reach, points.count / 10), through: least, by: 1).filter {
      $0 + reach < points.count
    }
    let falls = candidates.map { place in
      let (low, high) = (points[place - reach], points[place + reach])
      return (rate: points[place].rate, slope: (high.smoothedLoss - low.smoothedLoss) / log(high.rate / low.rate))
    }
    guard let steepest = falls.min(by: { $0.slope < $1.slope }), steepest.slope < 0 else { return nil }
    return steepest.rate
  }

  /// The sweep of measured losses, smoothed.
  init(_ losses: [(rate: Double, loss: Double)], smoothing: Double) {
    var (sum, weight) = (0.0, 0.0)
    points = losses.map { rate, loss in
      sum = smoothing * sum + (1 - smoothing) * loss
      weight = smoothing * weight + (1 - smoothing)
      return Point(rate: rate, loss: loss, smoothedLoss: sum / weight)
    }
  }

  /// Whether the loss is not finite or beyond four times its least: larger rates would tell nothing.
  var hasDiverged: Bool {
    guard let last = points.last, let least = points.map(\.smoothedLoss).min() else { return false }
    return !last.smoothedLoss.isFinite || last.smoothedLoss > 4 * least
  }
}
