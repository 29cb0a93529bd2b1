import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore

/// The file that a stopped training goes on from: the trainer's state and what the run is.
///
/// A safetensors file with tensors `model.NAME` and `optimizer.NAME`, and where there are such weights `average.NAME` and
/// `best.NAME`; whole numbers, sums and settings are JSON texts in
/// its metadata, which keep every bit.
public struct Checkpoint: Sendable {
  /// Weights, the optimiser's memory and how far the training came.
  public var state: TrainerState
  /// What the run is.
  public var run: RunDescription

  /// A checkpoint of its parts.
  public init(state: TrainerState, run: RunDescription) {
    self.state = state
    self.run = run
  }

  /// Whether the training is done and measured.
  public var isFinished: Bool { state.progress.isFinished(epochs: run.settings.epochs) }
}

/// What a run is: the same from its start to its end.
public struct RunDescription: Sendable, Equatable, Codable {
  /// Tells this run from all others, so that results can be matched with their checkpoint.
  public let identifier: String
  /// All that was chosen.
  public let settings: RunSettings
  /// The number of training images.
  public let trainingCount: Int
  /// The number of test images.
  public let testCount: Int
  /// The number of validation images; nil for none.
  public let validationCount: Int?

  /// A new run of `settings` on the given data.
  public init(settings: RunSettings, data: DatasetSplits) {
    identifier = UUID().uuidString
    self.settings = settings
    trainingCount = data.training.count
    testCount = data.test.count
    validationCount = data.validation?.count
  }
}
