import Foundation
import TensorCore
import Testing

private struct Formula: Sendable {
  let activation: Activation
  let value: @Sendable (Double) -> Double
  let slope: @Sendable (Double) -> Double
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
private func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

private let formulas: [Formula] = [
  Formula(activation: .step, value: { $0 >= 0 ? 1 : 0 }, slope: { _ in 0 }),
  Formula(activation: .threshold(at: 0.5, value: 7), value: { $0 > 0.5 ? $0 : 7 }, slope: { $0 > 0.5 ? 1 : 0 }),
  Formula(activation: .logSigmoid, value: { log(sigmoid($0)) }, slope: { 1 - sigmoid($0) }),
  Formula(
    activation: .scaledTanh(amplitude: 1.7159, slope: 2.0 / 3), value: { 1.7159 * tanh(2 * $0 / 3) },
    slope: { 1.7159 * 2 / 3 / pow(cosh(2 * $0 / 3), 2) }),
  Formula(activation: .hardTanh(-1...2), value: { min(max($0, -1), 2) }, slope: { $0 > -1 && $0 < 2 ? 1 : 0 }),
  Formula(activation: .leakyReLU(slope: 0.1), value: { $0 > 0 ? $0 : 0.1 * $0 }, slope: { $0 > 0 ? 1 : 0.1 }),
  Formula(activation: .elu(alpha: 2), value: { $0 > 0 ? $0 : 2 * expm1($0) }, slope: { $0 > 0 ? 1 : 2 * exp($0) }),
  Formula(
    activation: .selu, value: { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0)) },
    slope: { 1.0507009873554805 * ($0 > 0 ? 1 : 1.6732632423543772 * exp($0)) }),
  Formula(
    activation: .celu(alpha: 2), value: { $0 > 0 ? $0 : 2 * expm1($0 / 2) }, slope: { $0 > 0 ? 1 : exp($0 / 2) }),
  Formula(activation: .gelu, value: { $0 * normal($0) }, slope: { normal($0) + $0 * density($0) }),
  Formula(
    activation: .geluTanh,
    value: { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) },
    slope: { x in
      let k = (2 / Double.pi).squareRoot()
      let t = tanh(k * (x + 0.044715 * x * x * x))
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * k * (1 + 3 * 0.044715 * x * x)
    }),
  Formula(
    activation: .silu, value: { $0 * sigmoid($0) }, slope: { sigmoid($0) + $0 * sigmoid($0) * (1 - sigmoid($0)) }),
  Formula(
    activation: .hardSwish, value: { $0 * min(max($0 + 3, 0), 6) / 6 },
    slope: { $0 <= -3 ? 0 : $0 >= 3 ? 1 : $0 / 3 + 0.5 }),
  Formula(
    activation: .hardSigmoid, value: { min(max($0 + 3, 0), 6) / 6 }, slope: { $0 <= -3 || $0 >= 3 ? 0 : 1.0 / 6 }),
  Formula(
    activation: .mish, value: { $0 * tanh(log1p(exp($0))) },
    slope: { x in
      let t = tanh(log1p(exp(x)))
      return t + x * (1 - t * t) * sigmoid(x)
    }),
  Formula(activation: .softplus(beta: 2), value: { log1p(exp(2 * $0)) / 2 }, slope: { sigmoid(2 * $0) }),
  Formula(activation: .softsign, value: { $0 / (1 + abs($0)) }, slope: { 1 / pow(1 + abs($0), 2) }),
  Formula(activation: .hardShrink(threshold: 0.5), value: { abs($0) > 0.5 ? $0 : 0 }, slope: { abs($0) > 0.5 ? 1 : 0 }),
  Formula(
    activation: .softShrink(threshold: 0.5), value: { $0 > 0.5 ? $0 - 0.5 : $0 < -0.5 ? $0 + 0.5 : 0 },
    slope: { abs($0) > 0.5 ? 1 : 0 }),
  Formula(activation: .tanhShrink, value: { $0 - tanh($0) }, slope: { pow(tanh($0), 2) }),
]

@Suite struct ActivationTests {
  private func agrees<Scalar: FloatingScalar>(_: Scalar.Type, _ formula: Formula, _ bound: Double) -> Bool {
    let x: [Scalar] = spread(67) + spread(67, seed: 4).map { $0 * 9 } + [0, 30, -30, 3, -3, 0.5, 1, -1, 2]
    let g: [Scalar] = spread(x.count, seed: 2)
    let input = filled([x.count], with: x)
    let y = input.activated(formula.activation).scalars
    let slope = filled([x.count], with: g).activationGradient(formula.activation, input: input).scalars
    return x.indices.allSatisfy { i in
      let value = formula.value(Double(x[i])), derivative = Double(g[i]) * formula.slope(Double(x[i]))
      return abs(Double(y[i]) - value) <= bound * max(1, abs(value))
        && abs(Double(slope[i]) - derivative) <= bound * max(1, abs(derivative))
    }
  }

  @Test(arguments: formulas.indices) func followsItsFormula(_ index: Int) {
    withEachForm { form in
      #expect(agrees(Float.self, formulas[index], 6e-7), "\(formulas[index].activation) \(form)")
      #expect(agrees(Double.self, formulas[index], 1e-14), "\(formulas[index].activation)")
    }
  }

  /// The limits at the infinities and beyond where eˣ overflows: value at -∞, at ∞, slope at -∞, at ∞.
  private static let limits: [(Activation, [Double])] = [
    (.step, [0, 1, 0, 0]), (.logSigmoid, [-.infinity, 0, 1, 0]),
    (.selu, [-1.7580993408473766, .infinity, 0, 1.0507009873554805]),
    (.gelu, [0, .infinity, 0, 1]), (.geluTanh, [0, .infinity, 0, 1]), (.silu, [0, .infinity, 0, 1]),
    (.mish, [0, .infinity, 0, 1]), (.hardSwish, [0, .infinity, 0, 1]), (.hardSigmoid, [0, 1, 0, 0]),
    (.softplus(beta: 3), [0, .infinity, 0, 1]), (.softsign, [-1, 1, 0, 0]), (.hardTanh(-1...1), [-1, 1, 0, 0]),
    (.scaledTanh(amplitude: 2, slope: 1), [-2, 2, 0, 0]), (.elu(alpha: 1), [-1, .infinity, 0, 1]),
    (.hardShrink(threshold: 1), [-.infinity, .infinity, 1, 1]),
    (.softShrink(threshold: 1), [-.infinity, .infinity, 1, 1]), (.tanhShrink, [-.infinity, .infinity, 1, 1]),
  ]

  @Test(arguments: limits.indices) func hasItsLimits(_ index: Int) {
    let (activation, expected) = Self.limits[index]
    withEachForm { form in
      let x = Tensor<Float>([-.infinity, .infinity, .nan])
      let y = x.activated(activation).scalars
      let slope = Tensor<Float>.ones([3]).activationGradient(activation, input: x).scalars
      #expect([y[0], y[1], slope[0], slope[1]] == expected.map { Float($0) }, "\(activation) \(form)")
      #expect(y[2].isNaN)
      let far = Tensor<Double>([-1e300, 1e300])
      let ends = far.activated(activation).scalars + Tensor.ones([2]).activationGradient(activation, input: far).scalars
      #expect(ends.allSatisfy { !$0.isNaN }, "\(activation)")
    }
  }

  /// Far out on the small side the values keep their digits: relative error, against numbers calculated in 30 digits.
  @Test func smallValuesKeepTheirDigits() {
    let cases: [(Activation, Float, Double)] = [
      (.gelu, -10, -7.619853024160526e-23), (.gelu, -5, -1.4332578724134405e-06), (.silu, -30, -2.8072868906520526e-12),
      (.softplus(beta: 1), -30, 9.357622968839735e-14), (.logSigmoid, 30, -9.357622968839735e-14),
    ]
    withEachForm { form in
      for (activation, x, expected) in cases {
        let y = Double(Tensor<Float>([x]).activated(activation).scalar)
        #expect(abs(y / expected - 1) < 1e-6, "\(activation) \(form)")
      }
    }
  }

  @Test func preluByHand() {
    let x = Tensor<Float>([-2, 3, -4, 5, -6, 7, -8, 9], shape: [2, 2, 2])
    withEachForm { _ in
      #expect(x.prelu(Tensor([0.5])).scalars == [-1, 3, -2, 5, -3, 7, -4, 9])
      #expect(x.prelu(Tensor([0.5, 2])).scalars == [-1, 3, -8, 5, -3, 7, -16, 9])
      let back = Tensor<Float>.ones([2, 2, 2]).preluGradient(input: x, weight: Tensor([0.5, 2]))
      #expect(back.input.scalars == [0.5, 1, 2, 1, 0.5, 1, 2, 1])
      #expect(back.weight.scalars == [-8, -12])
      let features = x.reshaped([2, 4]).prelu(Tensor([1, 2, 3, 4]))
      #expect(features.scalars == [-2, 3, -12, 5, -6, 7, -24, 9])
    }
  }

  @Test func sameBitsWithAnyThreads() {
    let x: Tensor<Float> = filled([100, 1001], with: spread(100_100))
    let results = withEachThreadCount {
      bits(x.activated(.gelu)) + bits(x.activationGradient(.mish, input: x)) + bits(x.prelu(Tensor([0.3])))
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func wrongShapesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.ones([2, 3]).prelu(.ones([2]))
    }
    #expect(result.says("[prelu] the input [2, 3] needs a weight [1] or [3], not [2]"))
  }
}
