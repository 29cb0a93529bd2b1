import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct ClippingTests {
  private let a = Parameter(.double([0.0, 0])), b = Parameter(.double([[0.0]]))
  private func both(_ x: Double, _ y: Double, _ z: Double) -> Gradients {
    gradients([(a, .double(Tensor([x, y]))), (b, .double(Tensor([z], shape: [1, 1])))])
  }
  private func values(_ gradients: Gradients) -> [Double] { gradients.flatMap(\.gradient.doubles.scalars) }

  /// √(2² + 3² + 6²) = 7: to a norm of 3.5 everything is halved.
  @Test func normByHand() {
    var clipped = both(2, -3, 6)
    #expect(clipped.norm == 7)
    #expect(clipped.clip(toNorm: 3.5) == 7)
    for (got, expected) in zip(values(clipped), [1, -1.5, 3]) { #expect(abs(got - expected) < 1e-6) }
    // PyTorch's 1e-6 beside the norm.
    #expect(abs(values(clipped)[2] - 6 * 3.5 / (7 + 1e-6)) < 1e-15)
  }

  @Test func smallNormsStay() {
    var small = both(2, -3, 6)
    #expect(small.clip(toNorm: 7.1) == 7)
    #expect(values(small) == [2, -3, 6])
    var none = Gradients()
    #expect(none.clip(toNorm: 1) == 0)
    var zeros = both(0, 0, 0)
    #expect(zeros.clip(toNorm: 0.5) == 0)
    #expect(values(zeros) == [0, 0, 0])
  }

  /// Squares of 1e30 overflow in Float, those of 1e-30 vanish: the norms are right all the same.
  @Test func explodingGradientsAreClipped() {
    let parameter = Parameter(Tensor<Float>([0, 0]))
    var huge = gradients([(parameter, .float([3e30, 4e30]))])
    #expect(abs(huge.clip(toNorm: 1) / 5e30 - 1) < 1e-6)
    let clipped = huge[parameter]?.floats.scalars ?? []
    for (got, expected) in zip(clipped, [0.6, 0.8] as [Float]) { #expect(abs(got - expected) < 1e-6) }
    let tiny = gradients([(parameter, .float([3e-30, 4e-30]))])
    #expect(abs(tiny.norm / 5e-30 - 1) < 1e-6)
    let large = both(1e200, 1e200, 1e200)
    #expect(large.norm.isInfinite || abs(large.norm / 1e200 - 3.0.squareRoot()) < 1e-9)
  }

  @Test func whatIsNotFiniteIsReturnedAndLeft() {
    var broken = both(.nan, 1, 2)
    #expect(broken.clip(toNorm: 1).isNaN)
    #expect(values(broken)[1...] == [1, 2])
    var infinite = both(1, 1, .infinity)
    #expect(infinite.clip(toNorm: 1) == .infinity)
    #expect(values(infinite) == [1, 1, .infinity])
  }

  @Test func values() {
    var clipped = both(2, -3, 0.5)
    clipped.clip(toValue: 1)
    #expect(values(clipped) == [1, -1, 0.5])
    let parameter = Parameter(Tensor<Float>([0, 0]))
    var floats = gradients([(parameter, .float([0.2, -0.2]))])
    floats.clip(toValue: 0.1)
    #expect(floats[parameter]?.floats.scalars == [0.1, -0.1])
  }

  @Test func wrongNumbersStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var none = Gradients()
      none.clip(toNorm: -1)
    }
    #expect(result.says("[clip] the largest norm -1.0 must be at least 0"))
    await #expect(processExitsWith: .failure) {
      var none = Gradients()
      none.clip(toValue: .nan)
    }
  }
}
