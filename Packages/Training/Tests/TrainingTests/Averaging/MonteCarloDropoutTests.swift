import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct MonteCarloDropoutTests {
  /// A neuron 2 x + 4 y whose inputs are dropped with p = 1/2 beside a constant 0: with x = 3 and y = 5, divided by 1/2, the four
  /// masks give the logits 52, 12, 40 and 0, here in units of 1/40.
  private static func neuron() -> Sequential {
    let last = Linear(2, 2, bias: false)
    last.weight.value = .float([[0.05, 0.1], [0, 0]])
    return Sequential(Dropout(0.5), last)
  }

  private let input: Tensor<Float> = [[3, 5]]

  /// σ of the difference of the two logits.
  private static func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }

  @Test func meanAndDeviationOverFourMasks() throws {
    let unsure = MonteCarloDropout(Self.neuron(), passes: 4000, seed: 3)
    let answers = try unsure.answers(for: input).map { Double($0.scalars[0]) * 40 }
    let masks = [52.0, 12, 40, 0]
    for answer in answers { #expect(masks.contains { abs($0 - answer) < 1e-4 }) }
    // Each of the four has the expectation 1,000 and the deviation √(4000 · 3/16) = 27.4; five of them are allowed.
    for mask in masks { #expect(abs(answers.count { abs(mask - $0) < 1e-4 } - 1000) < 137) }
    let shares = answers.map { Self.share($0 / 40) }
    let mean = shares.reduce(0, +) / 4000
    let deviation = (shares.reduce(0) { $0 + $1 * $1 } / 4000 - mean * mean).squareRoot()
    let average = try unsure.averagedProbabilities(for: input)
    #expect(abs(average.probabilities.scalars[0] - mean) < 1e-6)
    #expect(abs(average.deviations.scalars[0] - deviation) < 1e-6)
    #expect(abs(average.deviations.scalars[1] - deviation) < 1e-6)
    // In the limit: the mean over the four masks. The mean of 4,000 lies within five of its deviations of 0.0017.
    let limit = masks.reduce(0) { $0 + Self.share($1 / 40) / 4 }
    #expect(abs(mean - limit) < 0.0085)
  }

  @Test func theSeedDecides() throws {
    let network = Self.neuron()
    func answers(_ seed: UInt64) throws -> [Tensor<Float>] {
      try MonteCarloDropout(network, passes: 20, seed: seed).answers(for: input)
    }
    #expect(try answers(1) == answers(1))
    #expect(try answers(1) != answers(2))
    #expect(Set(try answers(1).map { $0.scalars[0] }).count > 1)
  }

  /// Batch normalisation uses its averages and leaves them as they are; the weights of the time of making count.
  @Test func allElseIsInference() throws {
    let norm = BatchNorm1d(2)
    norm.normalization.runningMean?.value = .tensor(.float([1, 2]))
    norm.normalization.runningVariance?.value = .tensor(.float([3.99999, 8.99999]))
    let network = Sequential(norm, Dropout(0.5))
    let unsure = MonteCarloDropout(network, passes: 50)
    norm.weight?.value = .float([100, 100])
    // (3 - 1) / 2 and (5 - 2) / 3, doubled where they stay.
    for answer in try unsure.answers(for: input) {
      #expect(answer.scalars.allSatisfy { $0 == 0 || abs($0 - 2) < 1e-5 })
    }
    guard case .tensor(let mean) = norm.normalization.runningMean?.value else { return #expect(Bool(false), "no mean") }
    #expect(mean.floats == [1, 2])
  }

  @Test func wrongImagesThrow() {
    #expect(throws: InputError.self) { try MonteCarloDropout(Linear(3, 2)).answers(for: input) }
  }
}
