import Autograd
import TensorCore

/// Leaves out what is learnt in a residual block: in training its input becomes 0 with probability p, for the whole batch or
/// for each sample by itself, and is divided by 1 - p otherwise; the identity in inference.
///
/// ```swift
/// let block = Residual(Sequential(Linear(64, 64), ReLU(), Linear(64, 64), StochasticDepth(0.2, per: .sample)))
/// ```
///
/// Shapes: any with samples along the first axis; the output has the input's. It has no state. As torchvision's layer of
/// this name.
///
/// Huang and others 2016, "Deep networks with stochastic depth", where p grows linearly with depth up to 0.5; they scale in
/// inference instead.
public struct StochasticDepth: ElementwiseLayer {
  /// What is left out together.
  public enum Unit: Sendable {
    /// The whole batch.
    case batch
    /// Each sample by itself.
    case sample
  }

  /// The probability with which a block is left out.
  public let probability: Double
  /// What is left out together.
  public let unit: Unit

  /// A layer that drops with a given probability.
  ///
  /// - Parameters:
  ///   - probability: p, from 0 up to, not including, 1.
  ///   - unit: what is left out together. Default each sample by itself.
  public init(_ probability: Double, per unit: Unit = .sample) {
    checkDropProbability(probability, "StochasticDepth")
    self.probability = probability
    self.unit = unit
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard context.dropsOut, probability > 0 else { return x }
    guard let sampleCount = x.shape.first else { stop("StochasticDepth", "needs samples, the input is \(x.shape)") }
    let count = unit == .sample ? sampleCount : 1
    let shape = Shape([count] + Array(repeating: 1, count: x.rank - 1))
    return x * context.dropMask(shape, dropping: probability, kept: 1 / (1 - probability), as: x.precision)
  }
}
