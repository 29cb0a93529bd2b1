import Autograd
import NNLayers
import TensorCore
import Testing

struct HingeTests {
  /// 1 - y x: 1 - 2 < 0, 1 - 0.5, 1 + 0.5, 1 + 3; the mean of 0, 0.5, 1.5, 4 and the gradients -y where it is above 0.
  @Test func byHand() {
    let x = Tensor<Double>([2, 0.5, 0.5, 3]), y = Tensor<Int64>([1, 1, -1, -1])
    #expect(hingeLoss(Variable(x), y).item == 1.5)
    #expect(hingeLoss(Variable(x), y, reduction: .none).doubles == [0, 0.5, 1.5, 4])
    #expect(gradient(at: x) { hingeLoss($0, y, reduction: .sum) } == [0, -1, 1, 1])
    #expect(hingeLoss(Variable(x), y, margin: 2, reduction: .none).doubles == [0, 1.5, 2.5, 5])
  }

  /// Distances 2 and 0.25 of pairs that belong together count as they are; of those that do not: 1 - 0.25 and nothing.
  @Test func hingeEmbeddingByHand() {
    let x = Tensor<Double>([2, 0.25, 0.25, 3]), y = Tensor<Int64>([1, 1, -1, -1])
    #expect(hingeEmbeddingLoss(Variable(x), y, reduction: .none).doubles == [2, 0.25, 0.75, 0])
    #expect(hingeEmbeddingLoss(Variable(x), y).item == 0.75)
    #expect(gradient(at: x) { hingeEmbeddingLoss($0, y, reduction: .sum) } == [1, 1, -1, 0])
  }

  /// m - y (a - b): 0.5 - (2 - 1) < 0, 0.5 + (2 - 1), 0.5 - (1 - 3), 0.5 + (1 - 3) < 0.
  @Test func rankingByHand() {
    let a = Tensor<Double>([2, 2, 1, 1]), b = Variable(Tensor<Double>([1, 1, 3, 3])), y = Tensor<Int64>([1, -1, 1, -1])
    #expect(marginRankingLoss(Variable(a), b, y, margin: 0.5, reduction: .none).doubles == [0, 1.5, 2.5, 0])
    #expect(gradient(at: a) { marginRankingLoss($0, b, y, margin: 0.5, reduction: .sum) } == [0, 1, -1, 0])
  }

  @Test func extremeScores() {
    let x = Tensor<Float>([1e4, -1e4, .infinity, -.infinity]), y = Tensor<Int64>([1, 1, 1, 1])
    #expect(hingeLoss(Variable(x), y, reduction: .none).floats.scalars == [0, 10_001, 0, .infinity])
    #expect(gradient(at: x) { hingeLoss($0, y, reduction: .sum) } == [0, -1, 0, -1])
  }

  /// The label's score is 1: terms 1 - 1 + 0.5 and 1 - 1 + 3, that is 0.5 + 3, by three classes. Then 2 against -1 and 0:
  /// 1 - 2 - 1 < 0 and 1 - 2 + 0 < 0.
  @Test func multiClassByHand() {
    let x = Tensor<Double>([1, 0.5, 3, -1, 2, 0], shape: [2, 3]), labels = Tensor<Int64>([0, 1])
    expectClose(multiMarginLoss(Variable(x), labels, reduction: .none), [3.5 / 3, 0])
    expectClose(multiMarginLoss(Variable(x), labels), [3.5 / 6])
    expectClose(multiMarginLoss(Variable(x), labels, squared: true, reduction: .none), [9.25 / 3, 0])
    expectClose(multiMarginLoss(Variable(x), labels, classWeights: [2, 1, 1], reduction: .none), [7.0 / 3, 0])
    let slope = gradient(at: x) { multiMarginLoss($0, labels, reduction: .sum) * 3 } ?? []
    #expect(slope.map { $0.rounded() } == [-2, 1, 1, 0, 0, 0])
  }

  @Test func multiClassOfExtremeScores() {
    let x = Variable(Tensor<Float>([1e4, -1e4], shape: [1, 2]))
    #expect(multiMarginLoss(x, Tensor([0])).item == 0)
    #expect(multiMarginLoss(x, Tensor([1])).item == 10_000.5)
  }
}
