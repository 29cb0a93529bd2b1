import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// The row "softmax regression: one-hot or integer labels, stable log-softmax + cross-entropy".
struct SoftmaxRegressionTests {
  private let labels: [Int] = [0, 2, 3, 1, 2]

  /// The sum formula with one-hot targets t in Float64: L = -1/m Σ Σ t ln p, ∂L/∂W = 1/m Σ (p - t) xᵀ.
  @Test(arguments: Precision.allCases) func equalsTheSumFormula(_ precision: Precision) throws {
    var random = RandomStream(seed: 3)
    let x = Tensor<Float>.normal([5, 2, 3], mean: 0, deviation: 1, using: &random)
    let model = SoftmaxRegression(6, classCount: 4)
    let weight = Tensor<Float>.normal([4, 6], mean: 0, deviation: 1, using: &random)
    model.weight.value = .float(weight)
    model.bias.value = .float([0.5, -0.25, 0, 1])
    let bias: [Double] = [0.5, -0.25, 0, 1]
    var (loss, weights, biases) = (0.0, [Double](repeating: 0, count: 24), [Double](repeating: 0, count: 4))
    for (sample, label) in labels.enumerated() {
      let features: [Double] = (0..<6).map { Double(x.scalars[sample * 6 + $0]) }
      var powers: [Double] = []
      for row in 0..<4 {
        var z = bias[row]
        for column in 0..<6 { z += Double(weight.scalars[row * 6 + column]) * features[column] }
        powers.append(exp(z))
      }
      let total: Double = powers.reduce(0, +)
      for row in 0..<4 {
        let p: Double = powers[row] / total
        let t: Double = row == label ? 1 : 0
        loss -= t * log(p) / 5
        biases[row] += (p - t) / 5
        for column in 0..<6 { weights[row * 6 + column] += (p - t) * features[column] / 5 }
      }
    }
    let output = model(x, Context(mode: .training, precision: precision))
    let measured = model.loss(output, Tensor(labels.map { Int64($0) }))
    let tolerance = precision == .double ? 1e-13 : 1e-6
    #expect(abs(measured.item - loss) < tolerance)
    let gradients = measured.gradients()
    let own = try #require(gradients[model.weight]).doubles.scalars + #require(gradients[model.bias]).doubles.scalars
    for (got, wanted) in zip(own, weights + biases) { #expect(abs(got - wanted) < tolerance) }
  }

  /// Samples of two kinds: of the first 2, 1 and 1 are of the classes, of the second 1, 2 and 1. The best probabilities are
  /// these shares.
  @Test func fitsTheFrequencies() throws {
    let kinds: [Float] = [1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]
    let model = SoftmaxRegression(2, classCount: 3)
    let losses = try model.fit(
      Tensor(kinds, shape: [8, 2]), Tensor([0, 0, 1, 2, 0, 1, 1, 2]),
      by: GradientDescent(learningRate: 2, epochCount: 400))
    #expect(abs(losses[0] - log(3)) < 1e-6)
    let shares: [Float] = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25]
    for (got, wanted) in zip(try model.probabilities([[1, 0], [0, 1]]).scalars, shares) {
      #expect(abs(got - wanted) < 1e-4)
    }
  }

  @Test func imagesNeedNoReshaping() throws {
    let model = SoftmaxRegression(784, classCount: 10)
    #expect(model.parameterCount == 7850)
    #expect(try model.predict(.zeros([3, 1, 28, 28])).shape == [3, 10])
    #expect(throws: InputError.self) { try model.predict(.zeros([3, 1, 32, 32])) }
    #expect(throws: InputError.self) { try model.predict(.zeros([784])) }
  }
}
