import Autograd
import Foundation
import TensorCore

/// A running average of weights: it often generalises better than the last weights themselves.
///
///     exponential     w̄ ← w̄ + (1 - d) (w - w̄)      recent weights count most
///     equal           w̄ ← w̄ + (w - w̄) / n          all n count alike: stochastic weight averaging
///
/// ```swift
/// let average = WeightAverage(model.parameters, .exponential(decay: 0.999))
/// for batch in batches {
///   optimizer.step(crossEntropy(model(batch.images, context), batch.labels))
///   average.update()
/// }
/// let accuracy = try average.withAveragedWeights { try evaluate(model, on: test).accuracy }
/// ```
/// A context may carry the averages in place of the weights: put ``value(of:)`` into its state for each parameter.
/// Running statistics of batch normalisation are no parameters: they belong to the last weights, so let the network see the
/// training images once more with the averages before it is measured.
///
/// Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging"; Izmailov and others 2018, "Averaging
/// weights leads to wider optima and better generalization". Exponential averages as PyTorch's `AveragedModel` has them.
public final class WeightAverage {
  /// How much new weights count.
  public enum Rule: Sendable, Hashable, Codable {
    /// 1 - d, with the decay d in `0 ..< 1`.
    case exponential(decay: Double, start: Start = .first)
    /// 1/n for the n-th weights.
    case equal
  }

  /// How an exponential average begins.
  public enum Start: Sendable, Hashable, Codable {
    /// The first weights count fully, and so much of them stays: dᵗ.
    case first
    /// d is min(d, (1 + n) / (10 + n)) for the n-th weights, so that the first are soon forgotten.
    case warmUp
    /// The average of a start from 0, divided by 1 - dⁿ as in Adam: each weight counts by its age alone.
    case corrected
  }

  /// The parameters whose values are averaged.
  public let parameters: [Parameter]
  /// How much new weights count.
  public let rule: Rule
  /// The number of weights that were averaged.
  public private(set) var count = 0

  private var averages: [TensorValue] = []
  private let positions: [ObjectIdentifier: Int]

  /// An average of nothing yet.
  public init(_ parameters: [Parameter], _ rule: Rule) {
    if case .exponential(let decay, _) = rule { requireFraction("WeightAverage", "decay", decay) }
    self.parameters = parameters
    self.rule = rule
    positions = Dictionary(
      parameters.enumerated().map { (ObjectIdentifier($0.element), $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// Takes the parameters' values now into the average. One pass over memory.
  public func update() {
    count += 1
    let share = share
    guard count > 1 else {
      averages = parameters.map(\.value)
      return
    }
    for position in averages.indices { averages[position].blend(with: parameters[position].value, share: share) }
  }

  /// How much the newest weights count.
  private var share: Double {
    switch rule {
    case .equal: return 1 / Double(count)
    case .exponential(let decay, .first): return 1 - decay
    case .exponential(let decay, .warmUp): return 1 - min(decay, Double(1 + count) / Double(10 + count))
    case .exponential(let decay, .corrected):
      // w̄ₙ = (d (1 - dⁿ⁻¹) w̄ₙ₋₁ + (1 - d) w) / (1 - dⁿ), whose shares add up to 1.
      return (1 - decay) / (1 - pow(decay, Double(count)))
    }
  }

  /// The average of a parameter; its own value before the first ``update()``, nil if it is not averaged.
  public func value(of parameter: Parameter) -> TensorValue? {
    guard let position = positions[ObjectIdentifier(parameter)] else { return nil }
    return averages.isEmpty ? parameter.value : averages[position]
  }

  /// What `body` returns with the averages in the parameters' places; they have their own values back when it returns.
  public func withAveragedWeights<Result>(_ body: () throws -> Result) rethrows -> Result {
    let values = parameters.map(\.value)
    defer { for (parameter, value) in zip(parameters, values) { parameter.value = value } }
    apply()
    return try body()
  }

  /// Gives the parameters the averages for good: at the end of a training.
  public func apply() {
    for (parameter, average) in zip(parameters, averages) { parameter.value = average }
  }

  /// All that is remembered. Setting it makes the next averages those of the saved one, to the bit.
  ///
  /// Stops when the state is not of such an average; use ``check(_:)`` first for states from outside.
  public var state: OptimizerState {
    get {
      var state = OptimizerState(stepCount: count)
      for (position, average) in averages.enumerated() { state.tensors["\(position).average"] = average }
      return state
    }
    set {
      do {
        try check(newValue)
      } catch {
        stop("state", error.description)
      }
      count = newValue.stepCount
      averages = parameters.indices.compactMap { newValue.tensors["\($0).average"] }
    }
  }

  /// Checks that a state can be set.
  ///
  /// - Throws: ``OptimizerStateError`` for the first entry that does not go with these parameters.
  public func check(_ state: OptimizerState) throws(OptimizerStateError) {
    try state.check(for: parameters, quantities: ["average"])
    let expected = state.stepCount > 0 ? parameters.count : 0
    guard state.tensors.count == expected else {
      throw OptimizerStateError(
        expected: "\(expected) averages of \(state.stepCount) weights", found: "\(state.tensors.count)")
    }
  }
}
