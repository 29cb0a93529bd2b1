import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

/// All that a training needs to go on to the bit: weights, the optimiser's memory, and how far it came.
///
/// What else decides, as a plateau's rate and the patience that is left, follows from the figures of the epochs done.
public struct TrainerState: Sendable {
  /// The network's parameters and buffers.
  public var model: StateDictionary
  /// What the update rule remembers.
  public var optimizer: OptimizerState
  /// How far the training came.
  public var progress: TrainingProgress
  /// The average of the weights; nil if the plan has none.
  public var average: OptimizerState?
  /// The weights of the best epoch so far by the validation images; nil without one.
  public var best: StateDictionary?

  /// A state of its parts.
  public init(
    model: StateDictionary, optimizer: OptimizerState, progress: TrainingProgress, average: OptimizerState? = nil,
    best: StateDictionary? = nil
  ) {
    self.model = model
    self.optimizer = optimizer
    self.progress = progress
    self.average = average
    self.best = best
  }
}

/// Why a state does not go with a training.
public struct TrainerStateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the training needs.
  public let expected: String
  /// What the state has.
  public let found: String

  public var description: String { "the state does not go with the training: expected \(expected), found \(found)" }
}

extension Trainer {
  /// The state now. Holding it keeps the values as they are; the training may go on.
  public var state: TrainerState {
    TrainerState(
      model: model.stateDictionary(), optimizer: optimizer.state, progress: progress, average: average?.state,
      best: best)
  }

  /// Goes back, or on, to a state. Either all of it is taken over or nothing.
  ///
  /// - Throws: ``TrainerStateError`` when the state is of another network, optimiser, set of images, number of epochs or
  ///   plan.
  public func restore(_ state: TrainerState) throws(TrainerStateError) {
    try check(state.progress)
    try check(state)
    let present = model.stateDictionary()
    // The best weights are loaded too, to see that they fit.
    try load(state.best ?? present, "the network's best weights")
    do throws(TrainerStateError) {
      try load(state.model, "the network's weights")
    } catch {
      try load(present, "the network's weights")
      throw error
    }
    optimizer.state = state.optimizer
    if let averages = state.average { average?.state = averages }
    best = state.best
    progress = state.progress
    plateau = plan.plateau
    for epoch in progress.history {
      if let figure = plan.watched.value(of: epoch) { plateau?.observe(figure) }
    }
  }

  private func load(_ dictionary: StateDictionary, _ title: String) throws(TrainerStateError) {
    do {
      try model.load(dictionary)
    } catch {
      throw TrainerStateError(expected: title, found: error.description)
    }
  }

  /// Checks all but the progress and the network's weights.
  private func check(_ state: TrainerState) throws(TrainerStateError) {
    do throws(OptimizerStateError) {
      try optimizer.check(state.optimizer)
      if let averages = state.average { try average?.check(averages) }
    } catch {
      throw TrainerStateError(expected: error.expected, found: error.found)
    }
    guard (average != nil) == (state.average != nil) else {
      throw TrainerStateError(
        expected: average == nil ? "no average of the weights" : "an average of the weights",
        found: average == nil ? "one" : "none")
    }
    let best = plan.watched.bestEpoch(of: state.progress.history)
    guard (best != nil) == (state.best != nil) else {
      throw TrainerStateError(
        expected: best.map { "the weights of the best epoch, \($0)" } ?? "no best weights without validation figures",
        found: best == nil ? "some" : "none")
    }
  }

  private func check(_ progress: TrainingProgress) throws(TrainerStateError) {
    guard (0...epochs).contains(progress.epoch), progress.history.count == progress.epoch,
      progress.history.enumerated().allSatisfy({ $1.epoch == $0 + 1 })
    else {
      throw TrainerStateError(
        expected: "the figures of at most \(epochs) epochs",
        found: "\(progress.epoch) epochs with the figures of \(progress.history.count)")
    }
    let done = progress.isFinished(epochs: epochs)
    let mostBatches = done ? 0 : stepsPerEpoch
    // The last epoch may have been cut short.
    let steps = done && progress.ending != nil ? progress.history.last?.step : progress.epoch * stepsPerEpoch
    guard (0...mostBatches).contains(progress.batch), let steps,
      ((progress.epoch - 1) * stepsPerEpoch...progress.epoch * stepsPerEpoch).contains(steps),
      progress.step == steps + progress.batch
    else {
      throw TrainerStateError(
        expected: "\(progress.epoch) epochs of \(stepsPerEpoch) steps and at most \(mostBatches) steps more",
        found: "step \(progress.step), \(progress.batch) of them in the epoch under way")
    }
    let images = min(progress.batch * batchSize, training.count)
    guard progress.sums.images == images, (0...images).contains(progress.sums.correct) else {
      throw TrainerStateError(
        expected: "sums over the \(images) images of the epoch under way",
        found: "sums over \(progress.sums.images), \(progress.sums.correct) of them recognised")
    }
  }
}
