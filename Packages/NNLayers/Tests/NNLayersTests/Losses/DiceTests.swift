import Autograd
import NNLayers
import TensorCore
import Testing

struct DiceTests {
  /// Two channels of 2×2: p = (1, 0.5, 0, 0.5), t = (1, 1, 0, 0): the overlap is 1.5, the sizes are 2 and 2;
  /// with squares 1.5 and 2. The second channel has nothing in common.
  private let p = Variable(Tensor<Double>([1, 0.5, 0, 0.5, 0, 0, 1, 1], shape: [1, 2, 2, 2]))
  private let t = Variable(Tensor<Double>([1, 1, 0, 0, 1, 1, 0, 0], shape: [1, 2, 2, 2]))

  @Test func byHand() {
    expectClose(diceLoss(p, t, smoothing: 0, reduction: .none), [0.25, 1])
    expectClose(diceLoss(p, t, smoothing: 1, reduction: .none), [1 - 4.0 / 5, 1 - 1.0 / 5])
    expectClose(diceLoss(p, t, smoothing: 0, squaresDenominator: true, reduction: .none), [1 - 3 / 3.5, 1])
    expectClose(diceLoss(p, t, smoothing: 0), [0.625])
    #expect(diceLoss(p, t, reduction: .none).shape == [1, 2])
  }

  @Test func emptyRegionsAgree() {
    let empty = Variable(Tensor<Float>.zeros([1, 1, 4]))
    #expect(abs(diceLoss(empty, empty).item) < 1e-6)
    #expect(diceLoss(empty, empty, smoothing: 0).item.isNaN)
    #expect(gradient(at: Tensor<Float>.zeros([1, 1, 4])) { diceLoss($0, empty) }?.allSatisfy(\.isFinite) == true)
  }
}
