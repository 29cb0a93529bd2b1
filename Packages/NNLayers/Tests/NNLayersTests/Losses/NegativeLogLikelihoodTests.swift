import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct NegativeLogLikelihoodTests {
  private let x = Variable(Tensor<Double>([-1, -2, -3, -4, -5, -6], shape: [2, 3]))

  /// By hand: labels 1 and 2 pick -2 and -6: (2 + 6) / 2; with weights 1, 3, 0.5: (3·2 + 0.5·6) / 3.5.
  @Test func byHand() {
    let labels = Tensor<Int64>([1, 2])
    #expect(negativeLogLikelihood(x, labels).item == 4)
    expectClose(negativeLogLikelihood(x, labels, classWeights: [1, 3, 0.5]), [9 / 3.5])
    #expect(negativeLogLikelihood(x, labels, classWeights: [1, 3, 0.5], reduction: .none).doubles.scalars == [6, 3])
    #expect(negativeLogLikelihood(x, Tensor([1, 9]), ignoring: 9).item == 2)
  }

  @Test func gradientLiesAtTheLabels() {
    let slope = gradient(at: x.doubles) { negativeLogLikelihood($0, Tensor([1, 2]), classWeights: [1, 3, 1]) }
    #expect(slope == [0, -0.75, 0, 0, 0, -0.25])
  }

  @Test func afterLogSoftmaxItIsTheCrossEntropy() {
    var random = RandomStream(seed: 3)
    let logits = Variable(Tensor<Double>.normal([2, 4, 3], deviation: 2, using: &random))
    let labels = Tensor<Int64>([0, 3, 1, 2, 2, -1], shape: [2, 3])
    let a = negativeLogLikelihood(logits.logSoftmax(along: 1), labels, classWeights: [1, 2, 3, 4], ignoring: -1)
    expectClose(a, [crossEntropy(logits, labels, classWeights: [1, 2, 3, 4], ignoring: -1).item])
  }

  @Test func impossibleLabelsCostInfinitelyMuch() {
    let never = Variable(Tensor<Float>([0, -.infinity], shape: [1, 2]))
    #expect(negativeLogLikelihood(never, Tensor([1])).item == .infinity)
    #expect(negativeLogLikelihood(never, Tensor([0])).item == 0)
    let slope = gradient(at: Tensor<Float>([-.infinity, -1], shape: [2, 1])) {
      negativeLogLikelihood($0, Tensor([5, 0]), ignoring: 5)
    }
    #expect(slope == [0, -1])
  }
}
