import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// The row "logistic regression: sigmoid + binary cross-entropy; dL/dw = (a - y) x".
struct LogisticRegressionTests {
  @Test(arguments: Precision.allCases) func gradientIsTheClosedForm(_ precision: Precision) throws {
    var random = RandomStream(seed: 3)
    let x = Tensor<Float>.normal([7, 3], mean: 0, deviation: 1, using: &random)
    let targets: [Float] = [0, 1, 1, 0, 1, 0.25, 1]
    let model = LogisticRegression(3)
    model.weight.value = .float([[0.5, -1.5, 2]])
    model.bias.value = .float([0.25])
    let (weight, bias): ([Double], Double) = ([0.5, -1.5, 2], 0.25)
    var (loss, gradient): (Double, [Double]) = (0, [0, 0, 0, 0])
    for (sample, target) in targets.enumerated() {
      let features: [Double] = (0..<3).map { Double(x.scalars[sample * 3 + $0]) } + [1]
      var z: Double = bias
      for place in 0..<3 { z += weight[place] * features[place] }
      let a: Double = 1 / (1 + exp(-z))
      let y = Double(target)
      loss -= (y * log(a) + (1 - y) * log(1 - a)) / 7
      for place in 0..<4 { gradient[place] += (a - y) * features[place] / 7 }
    }
    let output = model(x, Context(mode: .training, precision: precision))
    let measured = model.loss(output, Tensor(targets, shape: [7, 1]))
    let tolerance = precision == .double ? 1e-14 : 1e-6
    #expect(abs(measured.item - loss) < tolerance)
    let gradients = measured.gradients()
    let own = try #require(gradients[model.weight]).doubles.scalars + #require(gradients[model.bias]).doubles.scalars
    for (got, wanted) in zip(own, gradient) { #expect(abs(got - wanted) < tolerance) }
  }

  /// Of four samples with x = 0 one is positive, of four with x = 1 three: the best probabilities are 1/4 and 3/4, their
  /// logits -ln 3 and ln 3, so b = -ln 3 and w = 2 ln 3.
  @Test func fitsTheFrequencies() throws {
    let x = Tensor<Float>([0, 0, 0, 0, 1, 1, 1, 1], shape: [8, 1])
    let y = Tensor<Float>([1, 0, 0, 0, 1, 1, 1, 0], shape: [8, 1])
    let model = LogisticRegression(1)
    let losses = try model.fit(x, y, by: GradientDescent(learningRate: 4, epochCount: 300))
    #expect(abs(losses[0] - log(2)) < 1e-6)
    #expect(abs(Double(model.weight.value.floats.scalars[0]) - 2 * log(3)) < 1e-4)
    #expect(abs(Double(model.bias.value.floats.scalars[0]) + log(3)) < 1e-4)
    for (got, wanted) in zip(try model.probabilities([[0], [1]]).scalars, [0.25, 0.75]) {
      #expect(abs(Double(got) - wanted) < 1e-5)
    }
  }

  /// A sure and right answer costs nothing, a sure and wrong one its logit; no overflow, gradients a - y.
  @Test func extremeLogits() {
    let tape = Tape()
    let z = tape.watch(Tensor<Float>([1000, -1000, 1000, -1000], shape: [4, 1]))
    let loss = LogisticRegression(1).loss(z, Tensor([1, 0, 0, 1], shape: [4, 1]))
    #expect(loss.item == 500)
    #expect(loss.gradients()[z]?.floats.scalars == [0, 0, 0.25, -0.25])
  }

  @Test func wrongInputs() async {
    #expect(throws: InputError.self) { try LogisticRegression(2).predict([[1, 2, 3]]) }
    await #expect(processExitsWith: .failure) {
      let model = LogisticRegression(1)
      _ = model.loss(model([[1]], .inference), Tensor([1]))
    }
  }
}
