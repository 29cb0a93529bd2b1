import Foundation
import Models
import Training

/// Trains the light capsule network on the built-in digits, enlarged to 32×32 and shifted by up to two pixels, by Adam and
/// the margin loss as in the paper; returns the share of the test images that it recognises.
public func capsulesOnDigits(epochs: Int, seed: UInt64) throws -> Double {
  let data = try Digits().load()
  let preparation = try Digits().preprocessing(fittedTo: data.training)
  let network = seeded(seed) { CapsuleNetworkLite() }
  let training = PreparedImages(data.training, preparation)
  let rate = 0.003
  let steps = epochs * ((training.count + 31) / 32)
  let trainer = Trainer(
    network, Adam(network.parameters, learningRate: rate), schedule: CosineSchedule(rate, steps: steps),
    loss: { capsuleMarginLoss($0, $1) }, augmentation: Augmentation(shift: 2), training: training,
    test: PreparedImages(data.test, preparation), epochs: epochs, batchSize: 32, seed: seed)
  try trainer.run()
  guard let accuracy = trainer.evaluation?.accuracy else { throw Unmet("nothing was measured") }
  return accuracy
}
