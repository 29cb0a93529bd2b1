import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct EmbeddingsTests {
  /// (3, 4) and (4, 3) have the cosine 24/25; (1, 0) and (0, 2) have 0; (1, 0) and (-2, 0) have -1.
  @Test func cosineByHand() {
    let a = Variable(Tensor<Double>([3, 4, 1, 0, 1, 0], shape: [3, 2]))
    let b = Variable(Tensor<Double>([4, 3, 0, 2, -2, 0], shape: [3, 2]))
    expectClose(cosineEmbeddingLoss(a, b, Tensor([1, 1, 1]), reduction: .none), [0.04, 1, 2])
    expectClose(cosineEmbeddingLoss(a, b, Tensor([-1, -1, -1]), reduction: .none), [0.96, 0, 0])
    expectClose(cosineEmbeddingLoss(a, b, Tensor([-1, 1, -1]), margin: 0.5), [1.46 / 3])
  }

  @Test func cosineOfZerosAndOfLongVectors() {
    let zero = Tensor<Float>.zeros([1, 3]), long = Variable(Tensor<Float>([1e4, -1e4, 1e4], shape: [1, 3]))
    #expect(cosineEmbeddingLoss(Variable(zero), long, Tensor([1])).item == 1)
    let slope = gradient(at: zero) { cosineEmbeddingLoss($0, long, Tensor([1])) }
    #expect(slope?.allSatisfy(\.isFinite) == true)
    #expect(abs(cosineEmbeddingLoss(long, long, Tensor([1])).item) < 1e-6)
  }

  /// d(a, p) = 5 and d(a, n) = 13 (the triangles 3-4-5 and 5-12-13), d(p, n) = √(2² + 8²), up to the 10⁻⁶ in each
  /// coordinate.
  @Test func tripletByHand() {
    let a = Variable(Tensor<Double>([0, 0], shape: [1, 2])), p = Variable(Tensor<Double>([3, 4], shape: [1, 2]))
    let n = Variable(Tensor<Double>([5, 12], shape: [1, 2]))
    #expect(tripletMarginLoss(anchor: a, positive: p, negative: n).item == 0)
    expectClose(tripletMarginLoss(anchor: a, positive: p, negative: n, margin: 10), [2], within: 1e-5)
    expectClose(tripletMarginLoss(anchor: a, positive: n, negative: p), [9], within: 1e-5)
    expectClose(
      tripletMarginLoss(anchor: a, positive: p, negative: n, margin: 10, swaps: true), [15 - sqrt(68)], within: 1e-5)
  }

  /// |3| + |4| = 7 against |5| + |12| = 17, up to the 10⁻⁶.
  @Test func tripletOfNormOne() {
    let a = Variable(Tensor<Double>([0, 0], shape: [1, 2])), p = Variable(Tensor<Double>([3, -4], shape: [1, 2]))
    let n = Variable(Tensor<Double>([-5, 12], shape: [1, 2]))
    expectClose(tripletMarginLoss(anchor: a, positive: p, negative: n, margin: 12, norm: .one), [2], within: 1e-5)
  }

  /// Where anchor and positive are the same, up to the 10⁻⁶, there is nothing to divide by.
  @Test func tripletOfEqualVectorsHasAFiniteGradient() {
    let a = Tensor<Double>([-1e-6], shape: [1, 1]), zero = Variable(Tensor<Double>([0], shape: [1, 1]))
    let far = Variable(Tensor<Double>([3], shape: [1, 1]))
    let slope = gradient(at: a) { tripletMarginLoss(anchor: $0, positive: zero, negative: far, margin: 5) }
    expectClose(Variable(Tensor(slope ?? [])), [1])
    let long = Variable(Tensor<Float>([1e4, -1e4], shape: [1, 2]))
    let other = Variable(Tensor<Float>([-1e4, 1e4], shape: [1, 2]))
    expectClose(
      tripletMarginLoss(anchor: long, positive: other, negative: long), [1 + sqrt(8.0) * 1e4], within: 1e-6)
  }
}
