import Autograd
import TensorCore

/// What every rule has: the groups, the rate, and for each parameter the tensors that the rule remembers and the number of
/// its steps. Made by the rule's initialiser; ``UpdateRule`` does the rest.
public final class RuleMemory {
  /// The parameters in order, those of the first group first.
  public private(set) var parameters: [Parameter] = []
  /// α, before the factors of the groups.
  public var learningRate: Double
  /// The number of steps taken.
  public internal(set) var stepCount = 0

  private let rule: String
  private var positions: [ObjectIdentifier: Int] = [:]
  private var slots: [Slot] = []

  /// What a parameter has from its group.
  private struct Settings: Equatable {
    let learningRateFactor: Double
    let weightDecay: Double
  }

  /// One parameter's settings and memory; no tensors before its first step.
  private struct Slot {
    let settings: Settings
    var steps = 0
    var tensors: [TensorValue] = []
  }

  /// The memory of a rule, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - rule: the rule's name, for messages.
  ///   - parameters: what to change, as the rule was given it.
  ///   - learningRate: α, at least 0.
  ///   - weightDecay: λ of groups that do not name their own, at least 0.
  public init(
    _ rule: String, _ parameters: [some ParameterGroupConvertible], learningRate: Double, weightDecay: Double = 0
  ) {
    requireNotNegative(rule, "learning rate", learningRate)
    requireNotNegative(rule, "weight decay", weightDecay)
    self.rule = rule
    self.learningRate = learningRate
    for group in parameters.map(\.parameterGroup) {
      let settings = Settings(
        learningRateFactor: group.learningRateFactor, weightDecay: group.weightDecay ?? weightDecay)
      for parameter in group.parameters { add(parameter, settings) }
    }
  }

  private func add(_ parameter: Parameter, _ settings: Settings) {
    // A tied weight may come twice, but not with two different settings.
    if let position = position(of: parameter), slots[position].settings != settings {
      let name = parameter.path.isEmpty ? "a parameter" : parameter.path
      stop(rule, "\(name) \(parameter.shape) is in two groups of different settings")
    }
    if position(of: parameter) == nil { positions[ObjectIdentifier(parameter)] = self.parameters.count }
    self.parameters.append(parameter)
    slots.append(Slot(settings: settings))
  }

  /// Where a parameter is; nil if it is not one of these.
  func position(of parameter: Parameter) -> Int? { positions[ObjectIdentifier(parameter)] }

  /// Counts a step of one parameter, and says what it is.
  func nextStep(at position: Int) -> UpdateStep {
    slots[position].steps += 1
    let settings = slots[position].settings
    return UpdateStep(
      number: slots[position].steps, learningRate: learningRate * settings.learningRateFactor,
      weightDecay: settings.weightDecay)
  }

  /// Takes a parameter's tensors out, so that they can be changed in place; new ones before its first step.
  func take<Scalar: CarriedScalar>(
    _ quantities: [Quantity], at position: Int, shape: Shape, as scalar: Scalar.Type
  ) -> Remembered<Scalar> {
    let tensors = slots[position].tensors
    slots[position].tensors = []
    var remembered = Remembered<Scalar>(empty: Tensor(repeating: 0, shape: [0]))
    for (number, quantity) in quantities.enumerated() {
      guard number < tensors.count else {
        remembered[number] = Tensor(repeating: Scalar(quantity.start), shape: shape)
        continue
      }
      guard let tensor = Scalar.unwrap(tensors[number]) else {
        stop(
          rule,
          "remembers \(position).\(quantity.name) in \(tensors[number].precision), the gradient is in "
            + "\(Scalar.precision)")
      }
      remembered[number] = tensor
    }
    return remembered
  }

  /// Puts a parameter's tensors back.
  func put<Scalar: CarriedScalar>(_ remembered: Remembered<Scalar>, count: Int, at position: Int) {
    slots[position].tensors = (0..<count).map { Scalar.wrap(remembered[$0]) }
  }

  /// What is remembered of a parameter by the quantity's number; nil before its first step.
  func tensor(_ number: Int, of parameter: Parameter) -> TensorValue? {
    guard let position = position(of: parameter), number < slots[position].tensors.count else { return nil }
    return slots[position].tensors[number]
  }

  /// α with the factor of the parameter's group.
  func learningRate(of parameter: Parameter) -> Double {
    learningRate * (position(of: parameter).map { slots[$0].settings.learningRateFactor } ?? 1)
  }

  func state(_ quantities: [Quantity]) -> OptimizerState {
    var state = OptimizerState(stepCount: stepCount)
    for (position, slot) in slots.enumerated() where slot.steps > 0 {
      state.numbers["\(position).\(OptimizerState.steps)"] = Double(slot.steps)
      for (tensor, quantity) in zip(slot.tensors, quantities) {
        state.tensors["\(position).\(quantity.name)"] = tensor
      }
    }
    return state
  }

  func set(_ state: OptimizerState, _ quantities: [Quantity]) {
    stepCount = state.stepCount
    for position in slots.indices {
      let steps = state.numbers["\(position).\(OptimizerState.steps)"] ?? 0
      slots[position].steps = Int(steps)
      slots[position].tensors = quantities.compactMap { state.tensors["\(position).\($0.name)"] }
    }
  }

  /// Checks a state: what ``OptimizerState/check(for:quantities:)`` checks, and that no parameter's memory is in parts.
  func check(_ state: OptimizerState, _ quantities: [Quantity]) throws(OptimizerStateError) {
    try state.check(for: parameters, quantities: quantities.map(\.name))
    for position in parameters.indices {
      let steps = state.numbers["\(position).\(OptimizerState.steps)"] ?? 0
      for quantity in quantities {
        let name = "\(position).\(quantity.name)"
        guard (state.tensors[name] != nil) == (steps > 0) else {
          throw OptimizerStateError(
            expected: steps > 0 ? "a tensor '\(name)' after \(Int(steps)) steps" : "no '\(name)' before the first step",
            found: steps > 0 ? "none" : "one")
        }
      }
    }
  }
}
