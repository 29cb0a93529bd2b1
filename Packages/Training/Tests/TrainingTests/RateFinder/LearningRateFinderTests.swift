import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

struct LearningRateFinderTests {
  /// Gives its only weight, whatever the images.
  private struct OneWeight: Layer {
    let weight = Parameter(Tensor<Float>([3]))
    func forward(_ x: Variable, _ context: Context) -> Variable { context[weight] }
  }

  private static func samples() throws -> PreparedImages {
    PreparedImages(try MadeUpData.splits().training, try MadeUpData.preprocessing())
  }

  private static func sweep(_ model: any Layer, steps: Int, smoothing: Double) throws -> LearningRateSweep {
    try findLearningRate(
      for: model, on: samples(), rates: 1e-4...100, steps: steps, batchSize: 8, smoothing: smoothing,
      loss: { output, _ in (output * output).sum() * 0.5 },
      optimizer: { SGD($0.parameters, learningRate: 1) })
  }

  /// L = w²/2 and its gradient w: each step multiplies w by 1 - r. A rate above 2 makes it grow.
  @Test(arguments: [0, 0.9]) func followsALoop(smoothing: Double) throws {
    let model = OneWeight()
    let steps = 60
    let sweep = try Self.sweep(model, steps: steps, smoothing: smoothing)
    #expect(model.weight.value.floats.scalars == [3])
    var (weight, sum, weights, least, count) = (3.0, 0.0, 0.0, Double.infinity, 0)
    var smoothed: [Double] = []
    for step in 0..<steps {
      let rate = 1e-4 * pow(1e6, Double(step) / 59)
      let loss = weight * weight / 2
      (sum, weights) = (smoothing * sum + loss, smoothing * weights + 1)
      let point = try #require(step < sweep.points.count ? sweep.points[step] : nil)
      #expect(abs(point.rate / rate - 1) < 1e-12)
      #expect(abs(point.loss - loss) <= 1e-5 * max(loss, 1e-3))
      #expect(abs(point.smoothedLoss - sum / weights) <= 1e-5 * max(sum / weights, 1e-3))
      smoothed.append(sum / weights)
      least = min(least, sum / weights)
      count += 1
      if sum / weights > 4 * least { break }
      weight *= 1 - rate
    }
    #expect(count < steps)
    #expect(sweep.points.count == count)
    let suggestion = try #require(sweep.suggestion)
    // Steps are equally far apart in the logarithm: the largest fall over as many steps as are looked at.
    let reach = max(1, count / 20)
    let places = max(reach, count / 10)..<(count - reach)
    let steepest = try #require(
      places.max { smoothed[$0 - reach] - smoothed[$0 + reach] < smoothed[$1 - reach] - smoothed[$1 + reach] })
    #expect(abs(suggestion / (1e-4 * pow(1e6, Double(steepest) / 59)) - 1) < 1e-12)
    #expect((0.005...2).contains(suggestion))
  }

  @Test func aLossThatNeverFallsSuggestsNothing() throws {
    let model = OneWeight()
    model.weight.value = .float([0])
    #expect(try Self.sweep(model, steps: 30, smoothing: 0.9).suggestion == nil)
  }

  /// Weights, running statistics and frozen parts stay; the same seed gives the same sweep; the rate it suggests trains.
  @Test func leavesTheNetworkAsItIs() throws {
    let model = seeded(1) {
      Sequential(Flatten(), Linear(16, 12), BatchNorm1d(12), ReLU(), Dropout(0.2), Linear(12, 3))
    }
    model.freeze { $0 == "5.bias" }
    func numbers() -> [[Float]] {
      model.namedState.map { _, cell in
        guard case .tensor(let value) = cell.value else { return [] }
        return value.floats.scalars
      }
    }
    let before = numbers()
    func sweep(_ seed: UInt64) throws -> LearningRateSweep {
      try findLearningRate(for: model, on: Self.samples(), steps: 80, batchSize: 10, seed: seed) {
        SGD($0.parameters, learningRate: 0, momentum: 0.9)
      }
    }
    let first = try sweep(1)
    #expect(numbers() == before)
    #expect(try sweep(1) == first)
    #expect(try sweep(2) != first)
    let rate = try #require(first.suggestion)
    #expect((1e-4...1).contains(rate))
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: rate, momentum: 0.9), training: try Self.samples(), epochs: 20,
      batchSize: 10, seed: 1)
    try trainer.run()
    #expect(
      (trainer.progress.history.last?.trainingLoss ?? 9) < 0.5 * (trainer.progress.history.first?.trainingLoss ?? 0))
  }

  @Test func refuses() async throws {
    #expect(throws: InputError.self) {
      try findLearningRate(for: Linear(3, 3), on: Self.samples()) { SGD($0.parameters, learningRate: 1) }
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let samples = PreparedImages(try MadeUpData.splits().training, try MadeUpData.preprocessing())
      _ = try findLearningRate(for: TinyNetwork(), on: samples, steps: 1) { SGD($0.parameters, learningRate: 1) }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[findLearningRate] needs rates above 0, 2 steps"))
  }
}
