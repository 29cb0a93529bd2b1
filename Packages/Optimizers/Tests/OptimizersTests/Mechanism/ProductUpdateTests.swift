import Autograd
import Optimizers
import TensorCore
import Testing

/// A rule that is not elementwise and may not be called with parts.
private final class WholeOnly: UpdateRule {
  let memory: RuleMemory
  private(set) var shapes: [Shape] = []

  init(_ parameters: [Parameter]) { memory = RuleMemory("WholeOnly", parameters, learningRate: 1) }

  func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    shapes.append(gradient.shape)
    w -= gradient
  }
}

@Suite struct ProductUpdateTests {
  /// A layer of 600×4000 weights, taken in parts, and a small one, which is not.
  private static let shapes: [Shape] = [[600, 4000], [4, 600]]

  private static func parameters() -> [Parameter] {
    var random = RandomStream(seed: 2)
    return shapes.map { Parameter(Tensor<Float>.normal($0, using: &random)) }
  }

  private static func loss(_ parameters: [Parameter], seed: UInt64) -> Variable {
    var random = RandomStream(seed: seed)
    let tape = Tape()
    let x = Variable(Tensor<Float>.normal([8, 4000], using: &random))
    let h = x.matmul(tape.watch(parameters[0]), transposingRight: true).tanh()
    return h.matmul(tape.watch(parameters[1]), transposingRight: true).sumOfSquares()
  }

  /// One walk that updates at once, large gradients in parts, gives the bits of gradients that are all there; with every
  /// rule, what it remembers included.
  @Test(arguments: ruleCases.map(\.description) + ["LARS"])
  func stepsAreThoseOfWholeGradients(_ rule: String) throws {
    let make = try #require(
      rule == "LARS" ? { LARS($0, learningRate: 0.1) } : ruleCases.first { $0.description == rule }?.make)
    let (together, apart) = (Self.parameters(), Self.parameters())
    let (first, second) = (make(together), make(apart))
    for seed in 1...3 as ClosedRange<UInt64> {
      first.update(Self.loss(together, seed: seed).gradients())
      second.step(Self.loss(apart, seed: seed))
    }
    for (a, b) in zip(together, apart) { #expect(a.value.floats == b.value.floats) }
    let (expected, found) = (first.state, second.state)
    #expect(found.numbers == expected.numbers)
    #expect(Set(found.tensors.keys) == Set(expected.tensors.keys))
    for (name, tensor) in expected.tensors { #expect(found.tensors[name]?.floats == tensor.floats, "\(name)") }
  }

  @Test func rulesThatNeedTheWholeGetIt() {
    let parameters = Self.parameters()
    let rule = WholeOnly(parameters)
    rule.step(Self.loss(parameters, seed: 1))
    #expect(rule.shapes == [[4, 600], [600, 4000]])
  }

  @Test func frozenAndUnknownParametersStay() {
    let parameters = Self.parameters()
    let before = parameters[0].value.floats
    let rule = SGD([parameters[1]], learningRate: 0.1)
    rule.step(Self.loss(parameters, seed: 1))
    #expect(parameters[0].value.floats == before)
  }

  /// The gradient of the large layer, 9.6 MB, is never there as a whole.
  @Test func gradientIsNotInMemory() async {
    await #expect(processExitsWith: .success) {
      let parameters = Self.parameters()
      let rule = SGD(parameters, learningRate: 0.1, momentum: 0.9)
      rule.step(Self.loss(parameters, seed: 1))
      let loss = Self.loss(parameters, seed: 2)
      BlockPool.resetPeak()
      let before = BlockPool.statistics.peak
      rule.step(loss)
      let more = BlockPool.statistics.peak - before
      guard more < 6_500_000 else { fatalError("\(more) bytes") }
    }
  }
}
