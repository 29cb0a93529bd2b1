import Autograd
import Optimizers
import TensorCore
import Testing

/// What the lectures show of the rules' paths and recommend for them.
@Suite struct TrajectoryTests {
  private func path(
    _ start: [Double], steps: Int, _ make: (Parameter) -> any Optimizer, slope: ([Double]) -> [Double]
  ) -> [Double] {
    let point = Parameter(.double(Tensor(start)))
    let optimizer = make(point)
    for _ in 0..<steps {
      let gradient = slope(point.value.doubles.scalars)
      optimizer.beginStep()
      optimizer.update(point, gradient: .double(Tensor(gradient)))
    }
    return point.value.doubles.scalars
  }

  /// f = (x² - y²) / 2 has the slopes x and -y: each step takes x to (1 - α) x and y to (1 + α) y.
  @Test("lectures: on a saddle plain descent leaves slowly, momentum sooner, rates by element at once")
  func saddle() {
    let slope: ([Double]) -> [Double] = { [$0[0], -$0[1]] }
    let start = [1, 1e-3]
    let plain = path(start, steps: 50, { SGD([$0], learningRate: 0.1) }, slope: slope)
    #expect(abs(plain[0] - 0.00515377520732012) < 1e-15)  // 0.9⁵⁰
    #expect(abs(plain[1] - 0.117390852879695) < 1e-14)  // 1.1⁵⁰ / 1000
    let momentum = path(start, steps: 50, { SGD([$0], learningRate: 0.1, momentum: 0.9) }, slope: slope)
    let adaptive = path(start, steps: 50, { RMSProp([$0], learningRate: 0.1) }, slope: slope)
    #expect(momentum[1] > 10 * plain[1])
    #expect(adaptive[1] > 10 * plain[1])
  }

  /// Of w²/2 with noise of variance 1 on its slope, w ← (1 - α) w - α ε: its variance settles at α / (2 - α).
  @Test("lectures: noisy gradients leave a spread around the minimum that goes down with the rate")
  func noise() {
    for rate in [0.4, 0.1] {
      var random = RandomStream(seed: 5)
      let noise = Tensor<Double>.normal([20_000], using: &random).scalars
      let point = Parameter(.double([0.0]))
      let optimizer = SGD([point], learningRate: rate)
      var squares = 0.0
      for value in noise {
        let w = point.value.doubles.scalars[0]
        squares += w * w
        optimizer.beginStep()
        optimizer.update(point, gradient: .double(Tensor([w + value])))
      }
      let expected = rate / (2 - rate)
      #expect(abs(squares / 20_000 - expected) < 0.1 * expected)
    }
  }

  @Test("lectures: Adam's defaults are 0.9, 0.999 and 10⁻³; momentum is 0.9 or 0.99")
  func defaults() {
    let adam = Adam([Parameter(.double([0.0]))])
    #expect(adam.beta1 == 0.9 && adam.beta2 == 0.999 && adam.learningRate == 1e-3)
    // The velocity of a constant slope nears 1 / (1 - ρ): ten and a hundred steps in one.
    for (momentum, factor) in [(0.9, 10.0), (0.99, 100.0)] {
      let point = Parameter(.double([0.0]))
      let optimizer = SGD([point], learningRate: 1, momentum: momentum)
      var last = 0.0
      for _ in 0..<3000 {
        last = point.value.doubles.scalars[0]
        optimizer.beginStep()
        optimizer.update(point, gradient: .double([-1.0]))
      }
      #expect(abs(point.value.doubles.scalars[0] - last - factor) < 1e-9 * factor)
    }
  }
}
