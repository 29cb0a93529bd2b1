import Autograd
import Datasets
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct EvaluationTests {
  /// Takes the first three pixels of an image for its logits.
  private struct FirstPixels: Layer {
    func forward(_ x: Variable, _ context: Context) -> Variable {
      Variable(x.floats.reshaped([x.shape[0], 16]).slice([0..<x.shape[0], 0..<3]))
    }
  }

  /// Four images whose first pixels, over 51, are the logits.
  private static func samples() throws -> PreparedImages {
    let logits: [[UInt8]] = [[2, 1, 0], [0, 3, 1], [0, 4, 1], [1, 1, 0]]
    let labels: [Int64] = [0, 1, 2, 1]
    var pixels: [UInt8] = []
    for row in logits { pixels += row.map { $0 * 51 } + [UInt8](repeating: 0, count: 13) }
    let information = DatasetInformation(
      name: "rows", title: "Rows", classNames: MadeUpData.classNames, license: "", citation: "", homepage: "")
    let images = try ImageDataset(
      pixels: Tensor(pixels, shape: [4, 1, 4, 4]), labels: Tensor(labels, shape: [4]), information: information)
    let preprocessing = try Preprocessing(
      channels: 1, imageSize: ImageSize(height: 4, width: 4), mean: [0], deviation: [0.2])
    return PreparedImages(images, preprocessing)
  }

  @Test func countsByHand() throws {
    for batchSize in [1, 3, 4, 100] {
      let evaluation = try evaluate(FirstPixels(), on: Self.samples(), batchSize: batchSize)
      // The first two are right; the third is taken for class 1; the last is a tie, which the first class wins.
      #expect(evaluation.confusion.counts == [[1, 0, 0], [1, 1, 0], [0, 1, 0]])
      #expect(evaluation.accuracy == 0.5)
      let losses = [
        log(exp(2.0) + exp(1) + 1) - 2, log(1 + exp(3.0) + exp(1)) - 3, log(1 + exp(4.0) + exp(1)) - 1,
        log(exp(1.0) + exp(1) + 1) - 1,
      ]
      #expect(abs(evaluation.loss - losses.reduce(0, +) / 4) < 1e-6)
    }
  }

  @Test func wrongAnswersAreTheSurestFirst() throws {
    let evaluation = try evaluate(FirstPixels(), on: Self.samples(), batchSize: 2)
    #expect(evaluation.wrongAnswers.map(\.sampleIndex) == [2, 3])
    let first = try #require(evaluation.wrongAnswers.first)
    #expect(first.label == 2)
    #expect(first.predictions.map(\.label) == [1, 2, 0])
    #expect(abs(first.predictions[0].probability - exp(4) / (1 + exp(4) + exp(1))) < 1e-6)
    #expect(abs(first.predictions.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    #expect(try evaluate(FirstPixels(), on: Self.samples(), wrongAnswerLimit: 1).wrongAnswers == [first])
  }

  @Test func progressReachesTheEnd() throws {
    var done: [Int] = []
    _ = try evaluate(FirstPixels(), on: Self.samples(), batchSize: 3, afterBatch: { done.append($0.done) })
    #expect(done == [3, 4])
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try evaluate(FirstPixels(), on: Self.samples(), batchSize: 3, afterBatch: { _ in throw Enough() })
    }
  }

  @Test func changesNothingInTheNetwork() throws {
    let model = TinyNetwork()
    let samples = PreparedImages(try MadeUpData.splits().test, try MadeUpData.preprocessing())
    let first = try evaluate(model, on: samples)
    #expect(try evaluate(model, on: samples) == first)
    guard case .int64(let steps) = model.steps.value else { return #expect(Bool(false), "no whole number") }
    #expect(steps.scalars == [0])
  }
}
