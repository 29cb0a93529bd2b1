import Autograd
import Foundation
import Synchronization
import TensorCore

/// A network made ready for prediction: the same answers as ``Layer/predict(_:)`` up to rounding, faster.
///
/// ```swift
/// let ready = network.prepared()
/// let logits = try ready.predict(images)
/// ```
///
/// It is a snapshot: later changes of the network's parameters and statistics do not reach it. For each shape of input the
/// network is called once and what it does is recorded: batch normalisation is folded into convolutions, weights are
/// packed, and biases, sums and activations are done in the same pass (see `InferencePlan`). The first prediction of a
/// shape therefore takes longer, later ones ask the system for no memory. What a network decides by the *shape* of its
/// input is decided again for each shape; a network that looks at the *numbers* of its variables is called as it is.
///
/// Logits differ from those of ``Layer/predict(_:)`` by at most 4·10⁻⁶ of the largest. Many tasks may predict at the same
/// time, with the same bits as one after the other.
public final class PreparedModel: Sendable {
  private enum Way: Sendable {
    case plan(InferencePlan)
    /// A network that cannot be recorded.
    case layer
  }

  /// Shapes whose plans are kept: those used last.
  private static let planLimit = 8

  private let layer: any Layer
  private let state: ModelState
  private let weights = PlanWeights()
  private let ways = Mutex<[(shape: Shape, way: Way)]>([])
  /// Held while a plan is made, so that tasks that come with the same shape make one.
  private let preparing = Mutex(())

  init(_ layer: any Layer) {
    self.layer = layer
    state = layer.state
  }

  /// The network's output in inference.
  ///
  /// - Throws: ``InputError`` when the network knows that it cannot take such an input.
  public func predict(_ x: Tensor<Float>) throws(InputError) -> Tensor<Float> {
    try check(x.shape)
    return output(for: x)
  }

  /// The network's output in inference, calculated on a thread of its own, so that Swift's threads for tasks stay free:
  /// `try await ready.predict(images)`.
  ///
  /// - Throws: ``InputError`` when the network knows that it cannot take such an input.
  public func predict(_ x: Tensor<Float>) async throws(InputError) -> Tensor<Float> {
    try check(x.shape)
    return await withCheckedContinuation { continuation in
      Self.queue.addOperation { continuation.resume(returning: self.output(for: x)) }
    }
  }

  /// What is done for an input of the given shape, by name: `conv2d+add+clamp`, …; nil before the first prediction for that
  /// shape, and for a network that is called as it is.
  public func stepNames(for shape: Shape) -> [String]? {
    guard case .plan(let plan) = known(shape) else { return nil }
    return plan.stepNames
  }

  /// As many predictions at a time as there are threads for kernels: more would only share them.
  private static let queue: OperationQueue = {
    let queue = OperationQueue()
    queue.name = "needletail prediction"
    queue.maxConcurrentOperationCount = ThreadPool.threadCount
    return queue
  }()

  private func check(_ shape: Shape) throws(InputError) {
    if known(shape) == nil { _ = try layer.outputShape(for: shape) }
  }

  private func output(for x: Tensor<Float>) -> Tensor<Float> {
    switch known(x.shape) ?? prepare(for: x) {
    case .plan(let plan): plan(x)
    case .layer: layer(x, context).floats
    }
  }

  private var context: Context { Context(mode: .inference, state: state) }

  /// What was prepared for a shape, which becomes the one used last.
  private func known(_ shape: Shape) -> Way? {
    ways.withLock { ways in
      guard let place = ways.firstIndex(where: { $0.shape == shape }) else { return nil }
      if place > 0 { ways.insert(ways.remove(at: place), at: 0) }
      return ways[0].way
    }
  }

  private func prepare(for x: Tensor<Float>) -> Way {
    preparing.withLock { _ in
      if let known = known(x.shape) { return known }
      let plan = InferencePlan(of: { [layer, context] in layer($0, context) }, on: x, sharing: weights)
      let way = plan.map { Way.plan($0) } ?? .layer
      ways.withLock { ways in
        ways.insert((x.shape, way), at: 0)
        if ways.count > Self.planLimit { ways.removeLast() }
      }
      return way
    }
  }
}

extension Layer {
  /// The network as it is now, made ready for prediction; see ``PreparedModel``.
  public func prepared() -> PreparedModel { PreparedModel(self) }
}
