import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct BinaryCrossEntropyTests {
  private let x: [Double] = [-3, -0.5, 0, 0.25, 2, 7]
  private let y: [Double] = [0, 1, 1, 0.5, 0, 1]

  /// -y log p - (1 - y) log(1 - p), in Float64.
  private func formula(_ p: Double, _ y: Double, weight: Double = 1) -> Double {
    -weight * y * log(p) - (1 - y) * log(1 - p)
  }

  @Test func probabilitiesEqualTheFormula() {
    let p = x.map { 1 / (1 + exp(-$0)) }
    let losses = zip(p, y).map { formula($0, $1) }
    let (a, b) = (Variable(Tensor(p)), Variable(Tensor(y)))
    expectClose(binaryCrossEntropy(a, b, reduction: .none), losses)
    expectClose(binaryCrossEntropy(a, b), [losses.reduce(0, +) / 6])
    expectClose(binaryCrossEntropy(a, b, reduction: .sum), [losses.reduce(0, +)])
  }

  @Test func logitsEqualTheFormula() {
    let losses = zip(x, y).map { formula(1 / (1 + exp(-$0)), $1) }
    expectClose(binaryCrossEntropyWithLogits(Variable(Tensor(x)), Variable(Tensor(y)), reduction: .none), losses)
    let weighed = zip(x, y).map { formula(1 / (1 + exp(-$0)), $1, weight: 3) }
    expectClose(
      binaryCrossEntropyWithLogits(
        Variable(Tensor(x)), Variable(Tensor(y)), positiveWeight: Tensor(3), reduction: .none), weighed)
  }

  /// A weight for each of the last axis' classes.
  @Test func weightsBroadcast() {
    let logits = Variable(Tensor<Double>(x, shape: [2, 3])), targets = Variable(Tensor<Double>(y, shape: [2, 3]))
    let weights: [Double] = [1, 2, 0.5]
    let losses = x.indices.map { formula(1 / (1 + exp(-x[$0])), y[$0], weight: weights[$0 % 3]) }
    expectClose(
      binaryCrossEntropyWithLogits(logits, targets, positiveWeight: Tensor(weights), reduction: .none), losses)
  }

  /// dL/dx = σ(x) - y: with x = w·u this is the (a - y) u of logistic regression. At 0 too, where max and |x| have kinks.
  @Test func lectureGradientIsTheClosedForm() {
    let slope = gradient(at: Tensor(x)) {
      binaryCrossEntropyWithLogits($0, Variable(Tensor(y)), reduction: .sum)
    }
    for (got, (x, y)) in zip(slope ?? [], zip(x, y)) { #expect(abs(got - (1 / (1 + exp(-x)) - y)) < 1e-15) }
    #expect(slope?[2] == -0.5)
  }

  @Test func extremeLogitsStayFinite() {
    let x = Tensor<Float>([1e4, -1e4, 1e4, -1e4]), y = Variable(Tensor<Float>([1, 0, 0, 1]))
    let body: (Variable) -> Variable = { binaryCrossEntropyWithLogits($0, y, reduction: .none) }
    #expect(body(Variable(x)).floats.scalars == [0, 0, 1e4, 1e4])
    #expect(gradient(at: x, of: body) == [0, 0, 1, -1])
    let ends = Tensor<Float>([.infinity, -.infinity, .infinity, -.infinity])
    #expect(body(Variable(ends)).floats.scalars == [0, 0, .infinity, .infinity])
    #expect(gradient(at: ends, of: body) == [0, 0, 1, -1])
    // e^-30: what 1 - sigmoid(30) would have lost.
    let sure = binaryCrossEntropyWithLogits(Variable(Tensor<Float>([30])), Variable(Tensor<Float>([1])))
    #expect(abs(sure.item / exp(-30) - 1) < 1e-6)
  }

  @Test func sureAndWrongProbabilitiesCostAHundred() {
    let p = Tensor<Float>([0, 1, 0, 1]), y = Variable(Tensor<Float>([0, 1, 1, 0]))
    let body: (Variable) -> Variable = { binaryCrossEntropy($0, y, reduction: .none) }
    #expect(body(Variable(p)).floats.scalars == [0, 0, 100, 100])
    #expect(gradient(at: p, of: body)?.allSatisfy(\.isFinite) == true)
    #expect(binaryCrossEntropy(Variable(Tensor<Float>([.nan])), Variable(Tensor<Float>([1]))).item.isNaN)
  }
}
