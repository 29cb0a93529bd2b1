import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

extension Trainer {
  /// The training that settings describe, for settings that pass ``RunSettings/validate()`` and a plan that goes with the network.
  ///
  /// - Throws: ``SettingsError`` for a metric that there is not.
  convenience init(
    _ model: any Layer, _ settings: RunSettings, training: PreparedImages, validation: PreparedImages?,
    test: PreparedImages?
  ) throws(SettingsError) {
    let stepsPerEpoch = (training.count + settings.batchSize - 1) / settings.batchSize
    self.init(
      model, settings.optimizer.makeOptimizer(model.parameters, learningRate: settings.learningRate),
      schedule: settings.schedule.makeSchedule(
        learningRate: settings.learningRate, epochs: settings.epochs, stepsPerEpoch: stepsPerEpoch),
      loss: settings.loss.function(smoothing: settings.labelSmoothing), testLoss: settings.loss.function(),
      augmentation: Augmentation(shift: settings.shift, recipe: settings.augmentation), training: training,
      validation: validation, test: test, epochs: settings.epochs, batchSize: settings.batchSize, seed: settings.seed,
      plan: settings.completePlan,
      metrics: try settings.metrics.map { name throws(SettingsError) in try Metrics.named(name) })
  }
}
