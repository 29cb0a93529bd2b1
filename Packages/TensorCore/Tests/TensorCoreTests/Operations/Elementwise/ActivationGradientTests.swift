import TensorCore
import Testing

/// The gradient functions against their formulas in Double.
@Suite struct ActivationGradientTests {
  @Test(arguments: lengths) func followTheirFormulas(_ length: Int) {
    let g = spread(length, seed: 3, as: Float.self), x = spread(length, seed: 5, as: Float.self)
    let gradient = filled([length], with: g), input = filled([length], with: x)
    func close(_ result: Tensor<Float>, _ formula: (Double, Double) -> Double) -> Bool {
      zip(result.scalars, zip(g, x)).allSatisfy { y, inputs in
        Swift.abs(Double(y) - formula(Double(inputs.0), Double(inputs.1))) <= 4e-6
      }
    }
    withEachForm { _ in
      #expect(close(gradient.tanhGradient(output: input)) { g, y in g * (1 - y * y) })
      #expect(close(gradient.sigmoidGradient(output: input)) { g, y in g * y * (1 - y) })
      #expect(close(gradient.reluGradient(input: input)) { g, x in x > 0 ? g : 0 })
      #expect(close(gradient.absGradient(input: input)) { g, x in x > 0 ? g : x < 0 ? -g : 0 })
      #expect(close(gradient.clampedGradient(input: input, to: -1...2)) { g, x in x >= -1 && x <= 2 ? g : 0 })
    }
  }

  @Test func doubleToo() {
    let g: Tensor<Double> = filled([2], with: [2, 3]), y: Tensor<Double> = filled([2], with: [0.5, -1])
    #expect(g.tanhGradient(output: y).scalars == [1.5, 0])
    #expect(g.sigmoidGradient(output: y).scalars == [0.5, -6])
    #expect(g.reluGradient(input: y).scalars == [2, 0])
    #expect(g.absGradient(input: y).scalars == [2, -3])
    #expect(g.clampedGradient(input: y, to: 0...0.5).scalars == [2, 0])
  }

  @Test func kinksHaveTheGradientZero() {
    let g: Tensor<Float> = filled([3], with: [5, 5, 5]), x: Tensor<Float> = filled([3], with: [0, -0.0, 1])
    withEachForm { _ in
      #expect(g.reluGradient(input: x).scalars == [0, 0, 5])
      #expect(g.absGradient(input: x).scalars == [0, 0, 5])
    }
  }
}
