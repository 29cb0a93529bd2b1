import Foundation
import Models
import Training

/// Trains LeNet-5 on images in 32×32 with SGD, momentum 0.9 and a cosine schedule; returns the share of the test images
/// that it recognises at the end.
public func trainedAccuracy(
  on source: any DatasetSource, in folder: URL? = nil, epochs: Int, batchSize: Int = 64, learningRate: Double,
  weightDecay: Double = 0, seed: UInt64
) throws -> Double {
  let data = try source.load(from: folder)
  let preparation = try source.preprocessing(fittedTo: data.training)
  let model = seeded(seed) { LeNet5(classCount: data.training.classNames.count) }
  let training = PreparedImages(data.training, preparation)
  let steps = epochs * ((training.count + batchSize - 1) / batchSize)
  let trainer = Trainer(
    model, SGD(model.parameters, learningRate: learningRate, momentum: 0.9, weightDecay: weightDecay),
    schedule: CosineSchedule(learningRate, steps: steps), training: training,
    test: PreparedImages(data.test, preparation), epochs: epochs, batchSize: batchSize, seed: seed)
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
