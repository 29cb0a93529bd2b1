import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore

/// Looks for a learning rate: trains a copy of the network for some steps, each at a larger rate than the one before, and says
/// at which the loss falls most steeply.
///
///     rate of step k    r = a (b/a)^(k / (n - 1))    for k = 0 … n - 1
///     smoothed loss     s = Σ β^(k-i) Lᵢ / Σ β^(k-i)
///
/// ```swift
/// let sweep = try findLearningRate(for: model, on: samples) { SGD($0.parameters, learningRate: 0, momentum: 0.9) }
/// let rate = sweep.suggestion ?? 0.01
/// ```
/// The network is left as it is. Ends early when the smoothed loss rises beyond four times its least.
///
/// Smith 2017, "Cyclical learning rates for training neural networks"; the exponential sweep, the smoothing and the end are
/// those of the library fastai.
///
/// - Parameters:
///   - model: the network, with the weights that training is to start from.
///   - samples: the images to learn from.
///   - rates: a and b, above 0. Default 10⁻⁶ to 10.
///   - steps: n, at least 2. Default 100.
///   - batchSize: the images in a step. Default 64.
///   - smoothing: β, from 0 up to, not including, 1. Default 0.9.
///   - seed: where the order of the images, dropout and the like come from. Default 0.
///   - augmentation: what is changed at random in the images. Default nothing.
///   - loss: of logits and labels. Default: cross-entropy.
///   - optimizer: makes the update rule for the copy that it is given; the rate that it begins with does not matter.
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when network and images do not fit.
public func findLearningRate(
  for model: any Layer, on samples: PreparedImages, rates: ClosedRange<Double> = 1e-6...10, steps: Int = 100,
  batchSize: Int = 64, smoothing: Double = 0.9, seed: UInt64 = 0, augmentation: Augmentation = .none,
  loss: LossFunction = { crossEntropy($0, $1) }, optimizer: (any Layer) -> any Optimizer
) throws -> LearningRateSweep {
  guard rates.lowerBound > 0, rates.upperBound.isFinite, steps >= 2, batchSize >= 1, (0..<1).contains(smoothing) else {
    stop(
      "findLearningRate",
      "needs rates above 0, 2 steps, 1 image and a smoothing in 0 ..< 1, got \(rates), \(steps), \(batchSize), \(smoothing)"
    )
  }
  try checkFit(model, samples)
  let network = independentCopy(of: model)
  let rule = optimizer(network)
  let batches = EndlessBatches(samples, size: batchSize, augmentation, seed: seed)
  var losses: [(rate: Double, loss: Double)] = []
  for step in 0..<steps {
    let batch = batches.batch(step)
    if let failure = batch.failure { throw failure }
    let random = RandomStream(key: seed, stream: 1 << 63 | UInt64(step), counter: 0)
    let batchLoss = loss(network(batch.images, Context(mode: .training, random: random)), batch.labels)
    rule.learningRate =
      rates.lowerBound * pow(rates.upperBound / rates.lowerBound, Double(step) / Double(steps - 1))
    losses.append((rule.learningRate, batchLoss.item))
    if LearningRateSweep(losses, smoothing: smoothing).hasDiverged { break }
    rule.step(batchLoss)
  }
  return LearningRateSweep(losses, smoothing: smoothing)
}

/// A network like another with parameters and buffers of its own.
func independentCopy(of model: some Layer) -> any Layer { model.copied() }

/// Epoch after epoch as a training would go through them.
private struct EndlessBatches {
  private let samples: PreparedImages
  private let size: Int
  private let augmentation: Augmentation
  private let seed: UInt64

  init(_ samples: PreparedImages, size: Int, _ augmentation: Augmentation, seed: UInt64) {
    (self.samples, self.size, self.augmentation, self.seed) = (samples, size, augmentation, seed)
  }

  func batch(_ step: Int) -> Batch {
    let stepsPerEpoch = (samples.count + size - 1) / size
    let (epoch, number) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    let batches = Batches(
      samples, size: size, order: .shuffled(seed: seed, epoch: epoch),
      augmenter: Augmenter(augmentation, seed: seed, epoch: epoch))
    return batches.batch(number)
  }
}
