import Autograd
import NNLayers
import TensorCore
import Testing

struct RegressionTests {
  private let x = Tensor<Double>([1, 2, -3, 0.5]), y = Variable(Tensor<Double>([3, 1, 1, 0.25]))

  /// Differences -2, 1, -4, 0.25: squares 4, 1, 16, 0.0625, their mean 21.0625 / 4; gradients 2 d / 4.
  @Test func squaredErrorByHand() {
    #expect(meanSquaredError(Variable(x), y).item == 5.265625)
    #expect(meanSquaredError(Variable(x), y, reduction: .none).doubles == [4, 1, 16, 0.0625])
    #expect(gradient(at: x) { meanSquaredError($0, y) } == [-1, 0.5, -2, 0.125])
  }

  /// (2 + 1 + 4 + 0.25) / 4, with the gradients ± 1/4; 0 where both are equal.
  @Test func absoluteErrorByHand() {
    #expect(meanAbsoluteError(Variable(x), y).item == 1.8125)
    #expect(gradient(at: x) { meanAbsoluteError($0, y) } == [-0.25, 0.25, -0.25, 0.25])
    #expect(gradient(at: x) { meanAbsoluteError($0, Variable(x)) } == [0, 0, 0, 0])
  }

  /// δ = 2: |d| = 2 gives 2 · (2 - 1) = 2 on the border, 1 gives 1/2, 4 gives 2 · (4 - 1) = 6, 1/4 gives 1/32; the
  /// gradients are d, at most ± 2.
  @Test func huberByHand() {
    #expect(huberLoss(Variable(x), y, delta: 2, reduction: .none).doubles == [2, 0.5, 6, 0.03125])
    #expect(gradient(at: x) { huberLoss($0, y, delta: 2, reduction: .sum) } == [-2, 1, -2, 0.25])
  }

  /// β = 2: d² / 4 below 2, |d| - 1 from 2 on; the gradients are d / 2, at most ± 1.
  @Test func smoothL1ByHand() {
    #expect(smoothL1Loss(Variable(x), y, beta: 2, reduction: .none).doubles == [1, 0.25, 3, 0.015625])
    #expect(gradient(at: x) { smoothL1Loss($0, y, beta: 2, reduction: .sum) } == [-1, 0.5, -1, 0.125])
    #expect(smoothL1Loss(Variable(x), y, beta: 0).item == meanAbsoluteError(Variable(x), y).item)
  }

  @Test func hugeErrorsDoNotOverflow() {
    let far = Tensor<Float>([1e30, -1e30, .infinity]), zero = Variable(Tensor<Float>([0, 0, 0]))
    #expect(huberLoss(Variable(far), zero, reduction: .none).floats.scalars == [1e30, 1e30, .infinity])
    #expect(gradient(at: far) { huberLoss($0, zero, reduction: .sum) } == [1, -1, 1])
    #expect(gradient(at: far) { smoothL1Loss($0, zero, beta: 0.5, reduction: .sum) } == [1, -1, 1])
    #expect(meanSquaredError(Variable(Tensor<Float>([1e4, -1e4])), Variable(Tensor<Float>([-1e4, 1e4]))).item == 4e8)
  }

  @Test(arguments: Reduction.allCases) func reductions(_ reduction: Reduction) {
    let square = Variable(x.reshaped([2, 2])), target = y.reshaped([2, 2])
    let expected: [Reduction: [Double]] = [
      .mean: [5.265625], .sum: [21.0625], .batchMean: [10.53125], .none: [4, 1, 16, 0.0625],
    ]
    let loss = meanSquaredError(square, target, reduction: reduction)
    #expect(loss.doubles.scalars == expected[reduction])
    #expect(loss.shape == (reduction == .none ? [2, 2] : []))
  }
}
