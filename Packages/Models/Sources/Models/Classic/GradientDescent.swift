import Autograd
import NNLayers
import TensorCore

/// A model with the loss that it is fitted by.
public protocol DescentModel: Layer {
  /// The elements of the targets: numbers, or the classes' positions.
  associatedtype Target: TensorScalar

  /// The loss to be made small, of shape `[]`, for the model's outputs and the targets of some samples.
  func loss(_ output: Variable, _ targets: Tensor<Target>) -> Variable
}

/// Plain gradient descent as it is taught: w := w - α ∂J/∂w, on all samples at once, on one at a time, or on a few.
///
/// ```swift
/// let model = LinearRegression(2)
/// let costs = try model.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 200))
/// ```
///
/// For momentum, schedules and large sets use the optimisers and the training loop of the other packages.
public struct GradientDescent: Sendable {
  /// α.
  public var learningRate: Double
  /// How often all samples are gone through.
  public var epochCount: Int
  /// The samples of a step: 1 for stochastic, a few for mini-batch descent; nil, or as many as there are, for batch descent.
  public var batchSize: Int?
  /// From which the order of the samples follows, another one in each epoch.
  public var seed: UInt64

  /// Batch descent unless a batch size is given. Stops unless the numbers make sense.
  public init(learningRate: Double, epochCount: Int, batchSize: Int? = nil, seed: UInt64 = 0) {
    guard learningRate.isFinite, epochCount >= 0, batchSize ?? 1 >= 1 else {
      stop(
        "GradientDescent",
        "cannot take \(epochCount) epochs of rate \(learningRate) and batch size \(batchSize.map(String.init) ?? "all")"
      )
    }
    (self.learningRate, self.epochCount, self.batchSize, self.seed) = (learningRate, epochCount, batchSize, seed)
  }
}

extension DescentModel {
  /// Fits the model from where it stands.
  ///
  /// - Parameters:
  ///   - x: the samples, along the first axis.
  ///   - targets: what is wanted of each, along the first axis.
  ///   - descent: how to go downhill.
  /// - Returns: the loss over all samples before the first epoch and after each one. It grows, up to NaN, where the rate is too
  ///   large.
  /// - Throws: `InputError` when the model cannot take such samples.
  @discardableResult
  public func fit(
    _ x: Tensor<Float>, _ targets: Tensor<Target>, by descent: GradientDescent
  ) throws(InputError) -> [Double] {
    _ = try outputShape(for: x.shape)
    guard let count = x.shape.first, targets.shape.first == count, count > 0 else {
      stop("fit", "needs as many targets as samples, at least one: samples \(x.shape), targets \(targets.shape)")
    }
    var random = RandomStream(seed: descent.seed)
    let batchSize = min(descent.batchSize ?? count, count)
    var losses = [loss(self(x, .inference), targets).item]
    for _ in 0..<descent.epochCount {
      let order = batchSize < count ? Tensor<Int64>.permutation(count: count, using: &random) : nil
      for start in stride(from: 0, to: count, by: batchSize) {
        guard let order else {
          step(x, targets, descent.learningRate, &random)
          continue
        }
        let chosen = order.slice([start..<min(start + batchSize, count)])
        step(x.take(chosen, along: 0), targets.take(chosen, along: 0), descent.learningRate, &random)
      }
      losses.append(loss(self(x, .inference), targets).item)
    }
    return losses
  }

  /// Zero gradients, forward, loss, backward, step: gradients come as a value, so there is nothing to set to zero.
  private func step(
    _ x: Tensor<Float>, _ targets: Tensor<Target>, _ learningRate: Double, _ random: inout RandomStream
  ) {
    let context = Context(mode: .training, random: random.split())
    for (parameter, gradient) in loss(self(x, context), targets).gradients() {
      parameter.value = .float(parameter.value.floats - gradient.floats * Float(learningRate))
    }
  }
}
