import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

/// All that a training needs to go on to the bit: weights, the optimiser's memory, and how far it came.
public struct TrainerState: Sendable {
  /// The network's parameters and buffers.
  public var model: StateDictionary
  /// What the update rule remembers.
  public var optimizer: OptimizerState
  /// How far the training came.
  public var progress: TrainingProgress

  /// A state of its parts.
  public init(model: StateDictionary, optimizer: OptimizerState, progress: TrainingProgress) {
    self.model = model
    self.optimizer = optimizer
    self.progress = progress
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
    TrainerState(model: model.stateDictionary(), optimizer: optimizer.state, progress: progress)
  }

  /// Goes back, or on, to a state. Either all of it is taken over or nothing.
  ///
  /// - Throws: ``TrainerStateError`` when the state is of another network, optimiser, set of images or number of epochs.
  public func restore(_ state: TrainerState) throws(TrainerStateError) {
    try check(state.progress)
    do {
      try optimizer.check(state.optimizer)
    } catch {
      throw TrainerStateError(expected: error.expected, found: error.found)
    }
    do {
      try model.load(state.model)
    } catch {
      throw TrainerStateError(expected: "the network's weights", found: error.description)
    }
    optimizer.state = state.optimizer
    progress = state.progress
  }

  private func check(_ progress: TrainingProgress) throws(TrainerStateError) {
    guard (0...epochs).contains(progress.epoch), progress.history.count == progress.epoch else {
      throw TrainerStateError(
        expected: "the figures of at most \(epochs) epochs",
        found: "\(progress.epoch) epochs with the figures of \(progress.history.count)")
    }
    let mostBatches = progress.epoch == epochs ? 0 : stepsPerEpoch
    guard (0...mostBatches).contains(progress.batch),
      progress.step == progress.epoch * stepsPerEpoch + progress.batch
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
