import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct DivergenceTests {
  private let p: [Double] = [0.5, 0.25, 0.25, 0.1, 0.6, 0.3]
  private let t: [Double] = [0.25, 0.25, 0.5, 0, 0.75, 0.25]
  private var x: Variable { Variable(Tensor<Double>(p.map { log($0) }, shape: [2, 3])) }

  /// t (log t - log p), 0 for t = 0.
  private var terms: [Double] { zip(t, p).map { $0 == 0 ? 0 : $0 * (log($0) - log($1)) } }

  @Test func equalsTheFormula() {
    let targets = Variable(Tensor<Double>(t, shape: [2, 3]))
    expectClose(klDivergence(x, targets, reduction: .none), terms)
    expectClose(klDivergence(x, targets), [terms.reduce(0, +) / 6])
    expectClose(klDivergence(x, targets, reduction: .batchMean), [terms.reduce(0, +) / 2])
  }

  @Test func logarithmsOfTargets() {
    let targets = Variable(Tensor<Double>(t.map { log($0) }, shape: [2, 3]))
    expectClose(klDivergence(x, targets, targetsAreLogarithms: true, reduction: .none), terms)
  }

  /// The divergence from itself is 0, and of (1, 0) from (1/2, 1/2) it is log 2.
  @Test func knownValues() {
    let half = Variable(Tensor<Double>([log(0.5), log(0.5)]))
    #expect(klDivergence(half, Variable(Tensor<Double>([0.5, 0.5])), reduction: .sum).item == 0)
    expectClose(klDivergence(half, Variable(Tensor<Double>([1, 0])), reduction: .sum), [log(2)])
  }

  @Test func impossibleEventsCostNothingUnlessTheyHappen() {
    let never = Tensor<Float>([0, -.infinity])
    let body: (Variable) -> Variable = { klDivergence($0, Variable(Tensor<Float>([1, 0])), reduction: .sum) }
    #expect(body(Variable(never)).item == 0)
    #expect(gradient(at: never, of: body) == [-1, 0])
    #expect(klDivergence(Variable(never), Variable(Tensor<Float>([0.5, 0.5])), reduction: .sum).item == .infinity)
    let logarithms = Variable(Tensor<Float>([0, -.infinity]))
    #expect(klDivergence(Variable(never), logarithms, targetsAreLogarithms: true, reduction: .sum).item == 0)
    let slope = gradient(at: never) { klDivergence(Variable(never), $0, targetsAreLogarithms: true, reduction: .sum) }
    #expect(slope == [1, 0])
  }
}
