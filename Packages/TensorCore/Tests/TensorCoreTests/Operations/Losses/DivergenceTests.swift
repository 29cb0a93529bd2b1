import Foundation
import TensorCore
import Testing

@Suite struct DivergenceTests {
  private let x: [Double] = [-1, -0.2, -3, -.infinity, -2]
  private let t: [Double] = [0.25, 1, 0.5, 0, 1e-3]
  private let g: [Double] = [1, -2, 0.5, 3, 4]

  private func close(_ a: Tensor<Double>, _ b: [Double]) -> Bool {
    zip(a.scalars, b).allSatisfy { Swift.abs($0 - $1) <= 1e-14 }
  }

  /// t (ln t - x) and, for the targets, g (ln t + 1 - x); nothing where t is 0.
  @Test func targetsFollowTheFormula() {
    let terms = zip(x, t).map { $1 == 0 ? 0 : $1 * (Foundation.log($1) - $0) }
    let slopes = x.indices.map { t[$0] == 0 ? 0 : g[$0] * (Foundation.log(t[$0]) + 1 - x[$0]) }
    #expect(close(Tensor(x).divergence(targets: Tensor(t)), terms))
    #expect(close(Tensor(g).divergenceTargetGradient(input: Tensor(x), targets: Tensor(t)), slopes))
  }

  /// e^l (l - x) and, for the logarithms, g e^l (l + 1 - x).
  @Test func logarithmsFollowTheFormula() {
    let l = t.map { Foundation.log($0) }
    let terms = zip(x, t).map { $1 == 0 ? 0 : $1 * (Foundation.log($1) - $0) }
    let slopes = x.indices.map { t[$0] == 0 ? 0 : g[$0] * t[$0] * (Foundation.log(t[$0]) + 1 - x[$0]) }
    #expect(close(Tensor(x).divergence(logTargets: Tensor(l)), terms))
    #expect(close(Tensor(g).divergenceTargetGradient(input: Tensor(x), logTargets: Tensor(l)), slopes))
  }

  @Test func shapesThatDifferStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).divergence(targets: .zeros([3]))
    }
    #expect(result.says("[klDivergence] logarithms [2, 3] and targets [3] differ in shape"))
  }
}
