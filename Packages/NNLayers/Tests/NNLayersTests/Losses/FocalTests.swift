import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct FocalTests {
  private let x: [Double] = [-3, -0.5, 0, 0.25, 2, 7]
  private let t: [Double] = [0, 1, 1, 0, 0, 1]

  /// -α_t (1 - p_t)^γ log p_t, in Float64.
  @Test(arguments: [0, 0.5, 1, 2, 5], [nil, 0.25, 1]) func equalsTheFormula(_ gamma: Double, _ alpha: Double?) {
    let losses = zip(x, t).map { x, t in
      let p = 1 / (1 + exp(-x)), ofTarget = t == 1 ? p : 1 - p
      let weight = alpha.map { t == 1 ? $0 : 1 - $0 } ?? 1
      return -weight * pow(1 - ofTarget, gamma) * log(ofTarget)
    }
    let loss = focalLoss(Variable(Tensor(x)), Variable(Tensor(t)), alpha: alpha, gamma: gamma, reduction: .none)
    expectClose(loss, losses)
  }

  @Test func withoutFocusItIsTheBinaryCrossEntropy() {
    let (logits, targets) = (Variable(Tensor(x)), Variable(Tensor(t)))
    let focal = focalLoss(logits, targets, alpha: nil, gamma: 0)
    #expect(focal.item == binaryCrossEntropyWithLogits(logits, targets).item)
  }

  @Test func extremeLogitsStayFinite() {
    let x = Tensor<Float>([1e4, -1e4, 1e4, -1e4]), t = Variable(Tensor<Float>([1, 0, 0, 1]))
    let body: (Variable) -> Variable = { focalLoss($0, t, alpha: nil, reduction: .none) }
    #expect(body(Variable(x)).floats.scalars == [0, 0, 1e4, 1e4])
    #expect(gradient(at: x, of: body) == [0, 0, 1, -1])
  }

  /// -w (1 - p)^γ log p with p = softmax(logits)[label].
  @Test(arguments: [0, 1, 2, 3.5]) func severalClasses(_ gamma: Double) {
    let rows: [[Double]] = [[0.2, -1, 3], [2, 2, -2], [9, 0, 0]], labels: [Int64] = [2, 0, 0]
    let weights: [Double] = [2, 1, 0.5]
    let losses = zip(rows, labels).map { row, label in
      let p = exp(row[Int(label)]) / row.map { exp($0) }.reduce(0, +)
      return -weights[Int(label)] * pow(1 - p, gamma) * log(p)
    }
    let logits = Variable(Tensor<Double>(rows.flatMap(\.self), shape: [3, 3]))
    let loss = focalLoss(logits, Tensor(labels), classWeights: Tensor(weights), gamma: gamma, reduction: .none)
    expectClose(loss, losses, within: 1e-11)
    let far = Variable(Tensor<Float>([1e4, -1e4], shape: [1, 2]))
    #expect(focalLoss(far, Tensor([0]), gamma: gamma).item == 0)
    #expect(focalLoss(far, Tensor([1]), gamma: gamma).item == 2e4)
  }
}
