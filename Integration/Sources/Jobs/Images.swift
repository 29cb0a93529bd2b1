import Foundation
import Models
import Training

/// Trains LeNet-5 on images in 32×32 by the recommended settings; returns the share of the test images that it recognises
/// at the end.
public func trainedAccuracy(
  on source: any DatasetSource, in folder: URL? = nil, epochs: Int? = nil, seed: UInt64
) throws -> Double {
  let data = try source.load(from: folder)
  let preparation = try source.preprocessing(fittedTo: data.training)
  let choice = RecommendedSettings.forDataset(source.information.name)
  let model = seeded(seed) { LeNet5(classCount: data.training.classNames.count) }
  let training = PreparedImages(data.training, preparation)
  let epochs = epochs ?? choice.epochs
  let steps = (training.count + choice.batchSize - 1) / choice.batchSize
  let trainer = Trainer(
    model, choice.optimizer.makeOptimizer(model.parameters, learningRate: choice.learningRate),
    schedule: choice.schedule.makeSchedule(learningRate: choice.learningRate, epochs: epochs, stepsPerEpoch: steps),
    loss: { crossEntropy($0, $1, smoothing: choice.labelSmoothing) }, testLoss: { crossEntropy($0, $1) },
    augmentation: Augmentation(shift: choice.shift), training: training,
    test: PreparedImages(data.test, preparation), epochs: epochs, batchSize: choice.batchSize, seed: seed)
  try trainer.run()
  guard let accuracy = trainer.evaluation?.accuracy else { throw Unmet("nothing was measured") }
  return accuracy
}

/// The accuracy as a figure; throws when it is below the bar.
public func figure(_ accuracy: Double, atLeast bar: Double) throws -> String {
  let text = String(format: "%.2f %%, at least %.2f %%", accuracy * 100, bar * 100)
  guard accuracy >= bar else { throw Unmet(text) }
  return text
}
