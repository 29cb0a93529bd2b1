import Autograd
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

  /// What initialisers give is 0, what is constant stays, and afterwards numbers are drawn as if nothing had been made.
  @Test func nothingIsDrawn() {
    let (network, after) = seeded(3) {
      (withoutInitialWeights { Sequential(Linear(4, 3), BatchNorm1d(3)) }, Linear(2, 2))
    }
    #expect(
      network.parameters.map { $0.value.floats.scalars } == [
        [Float](repeating: 0, count: 12), [0, 0, 0], [1, 1, 1], [0, 0, 0],
      ])
    #expect(after.weight.value.floats == seeded(3) { Linear(2, 2) }.weight.value.floats)
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
    let lecun = 0.0577350  // √(1 / 300)
    expectSpread(.lecunNormal, lecun, "lecunNormal")
    expectSpread(.lecunUniform, lecun, "lecunUniform")
    expectSpread(.he(.out), 0.1, "he of fan-out")  // √(2 / 200)
    expectSpread(.he(gain: Gain.leakyReLU(1)), lecun, "he for a slope of 1")
    expectSpread(.varianceScaling(3, .in, .truncatedNormal), 0.1, "truncated, widened")
    expectSpread(.truncatedNormal(deviation: 0.1), 0.0879626, "truncated")
    expectSpread(.uniform(in: -0.5...0.5), 0.2886751, "uniform")  // 1/√12
  }

  /// The lectures' further rules: uniform in [0, 1] has the mean 1/2; a Gaussian has the mean it was given. The mean of
  /// 60,000 draws is known to 0.0012 and 0.0041.
  @Test func rangesAndMeans() {
    let values = draw(.uniform(in: 0...1))
    #expect(values.allSatisfy { (0..<1).contains($0) })
    #expect(abs(values.reduce(0, +) / 60_000 - 0.5) < 0.005)
    #expect(abs(draw(.normal(mean: 3, deviation: 1)).reduce(0, +) / 60_000 - 3) < 0.015)
    let cut = draw(.truncatedNormal(mean: 1, deviation: 2, within: -1...0.5))
    #expect(cut.allSatisfy { (-1.000001...2.000001).contains($0) })
    #expect(draw(.uniform(bound: 0)).allSatisfy { $0 == 0 })
  }

  /// PyTorch's table.
  @Test func gains() {
    #expect(Gain.linear == 1 && Gain.sigmoid == 1)
    #expect(abs(Gain.tanh - 1.6666667) < 1e-6)
    #expect(abs(Gain.relu - 1.4142135) < 1e-6)
    #expect(abs(Gain.leakyReLU() - 1.4141428) < 1e-6)
    #expect(abs(Gain.leakyReLU(0.2) - 1.3867505) < 1e-6)
    #expect(Gain.selu == 0.75)
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

  /// Fan-in of a convolution: K² C, divided by the groups. LeNet-5's second layer: 5² · 6 = 150, out 5² · 16 = 400.
  @Test func fansOfEveryLayer() {
    #expect(Fan(of: [16, 6, 5, 5]) == Fan(in: 150, out: 400))
    #expect(Fan(of: [120, 400]) == Fan(in: 400, out: 120))
    #expect(Fan(of: [8, 4, 3]) == Fan(in: 12, out: 24))
    #expect(Fan(of: [8, 4, 3, 3, 3]) == Fan(in: 108, out: 216))
    #expect(Fan(of: [7, 5, 3]) == Fan(in: 15, out: 21))  // bilinear: pairs of 5 and 3 inputs
    // 32 channels in 4 groups of 8 to 64, 3×3: 9 · 8 in; a channel reaches the 16 filters of its group: 9 · 16.
    #expect(Conv2d(32, 64, kernelSize: 3, groups: 4).fan == Fan(in: 72, out: 144))
    #expect(Conv2d(32, 64, kernelSize: 3, groups: 32).fan == Fan(in: 9, out: 18))  // depthwise, two filters each
    #expect(Fan.transposedConvolution([32, 16, 3, 3], groups: 4) == Fan(in: 72, out: 144))
    #expect(Fan.embedding([1000, 64]) == Fan(in: 1, out: 64))
    #expect(Linear(5, 7).fan == Fan(in: 5, out: 7))
  }

  @Test func negativeBoundStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Initializer.uniform(bound: -1)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[uniform] the bound -1.0 must be at least 0 and finite"))
  }
}
