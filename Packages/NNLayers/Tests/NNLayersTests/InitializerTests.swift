import NNLayers
import TensorCore
import Testing

struct InitializerTests {
  private let shape: Shape = [200, 300]

  private func draw(_ initializer: Initializer, _ shape: Shape? = nil) -> [Double] {
    var random = RandomStream(seed: 5)
    return initializer(shape ?? self.shape, using: &random).scalars.map(Double.init)
  }

  private func deviation(_ values: [Double]) -> Double {
    (values.map { $0 * $0 }.reduce(0, +) / Double(values.count)).squareRoot()
  }

  /// 60,000 draws: the standard deviation is known to about 0.3 %, 1.5 % is allowed; the mean to 0.4 % of it.
  private func expectSpread(_ initializer: Initializer, _ expected: Double, _ name: String) {
    let values = draw(initializer)
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(deviation(values) / expected - 1) < 0.015, "\(name)")
    #expect(abs(mean) < 0.02 * expected, "\(name)")
  }

  @Test func spread() {
    let xavier = 0.0632456  // √(2 / 500)
    expectSpread(.xavierUniform(), xavier, "xavierUniform")
    expectSpread(.xavierNormal(), xavier, "xavierNormal")
    expectSpread(.xavierUniform(gain: 2), 2 * xavier, "xavierUniform with gain")
    let he = 0.0816497  // √(2 / 300)
    expectSpread(.heUniform, he, "heUniform")
    expectSpread(.heNormal, he, "heNormal")
    expectSpread(.fanInUniform, 1 / 30.0, "fanInUniform")  // 1/√300/√3
    expectSpread(.normal(deviation: 0.01), 0.01, "normal")
  }

  @Test func uniformStaysWithinItsBound() {
    let bound = 0.1095446  // √(6 / 500)
    let values = draw(.xavierUniform())
    let largest = values.map { abs($0) }.max() ?? 0
    #expect(largest <= bound)
    #expect(largest > 0.99 * bound)
  }

  @Test func constants() {
    #expect(draw(.zeros).allSatisfy { $0 == 0 })
    #expect(draw(.ones).allSatisfy { $0 == 1 })
    #expect(draw(.constant(0.25)).allSatisfy { $0 == 0.25 })
  }

  /// The fan-in of a convolution is K² C: 5² · 6 = 150 for LeNet-5's second, its fan-out 5² · 16 = 400.
  @Test func fans() {
    #expect(Fan(of: [16, 6, 5, 5]).in == 150)
    #expect(Fan(of: [16, 6, 5, 5]).out == 400)
    #expect(Fan(of: [120, 400]).in == 400)
    #expect(Fan(of: [120, 400]).out == 120)
  }

  /// Six tanh layers of 4096 units, 16 Gaussian inputs: the deviations of the activations by the lectures' figures.
  /// With Xavier's they hold, with 0.01 they vanish.
  @Test func activationsOfSixTanhLayers() {
    expectDeviations([0.49, 0.29, 0.18, 0.11, 0.07, 0.05], .normal(deviation: 0.01))
    expectDeviations([0.63, 0.49, 0.41, 0.36, 0.32, 0.30], .normal(deviation: 1.0 / 64))
  }

  private func expectDeviations(_ expected: [Double], _ initializer: Initializer) {
    var random = RandomStream(seed: 9)
    var x = Tensor<Float>.normal([16, 4096], mean: 0, deviation: 1, using: &random)
    for wanted in expected {
      x = x.matmul(initializer([4096, 4096], using: &random)).tanh()
      let got = deviation(x.scalars.map(Double.init))
      #expect(abs(got - wanted) < 0.011)
    }
  }
}
