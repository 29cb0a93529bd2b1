import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct PredictionTests {
  /// Gives its input.
  private struct Identity: Layer {
    func forward(_ x: Variable, _ context: Context) -> Variable { x }
  }

  @Test func topClassesWithTheirSoftmax() throws {
    let logits = Tensor<Float>([0, 1, -1, 2, 800, 800, -800, 0], shape: [2, 4])
    let predictions = try Identity().topPredictions(for: logits, count: 3)
    #expect(predictions.map { $0.map(\.label) } == [[3, 1, 0], [0, 1, 2]])
    let sum = 1 + exp(1.0) + exp(-1) + exp(2)
    #expect(zip(predictions[0], [exp(2.0), exp(1), 1]).allSatisfy { abs($0.probability - $1 / sum) < 1e-15 })
    #expect(predictions[1].map(\.probability) == [0.5, 0.5, 0])
  }

  @Test func asksForNoMoreClassesThanThereAre() throws {
    #expect(try Identity().topPredictions(for: Tensor<Float>([1, 2], shape: [1, 2])).map(\.count) == [2])
    #expect(try Identity().topPredictions(for: Tensor<Float>([], shape: [0, 2])).isEmpty)
  }

  @Test func wrongImagesThrow() {
    #expect(throws: InputError.self) { try Linear(3, 2).topPredictions(for: Tensor<Float>([1, 2], shape: [1, 2])) }
  }
}
