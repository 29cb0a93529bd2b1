import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct PenaltiesTests {
  private let weights: [Tensor<Double>] = [[[1, -2], [0.5, 3]], [-4, 0]]

  @Test("lectures: the L2 penalty λ/n Σ‖W‖² has the gradient 2λ/n w")
  func l2() {
    let tape = Tape(), watched = weights.map { tape.watch($0) }
    let penalty = l2Penalty(watched, 0.3, count: 6)
    #expect(penalty.shape == [])
    // 1 + 4 + 0.25 + 9 + 16 = 30.25
    #expect(abs(penalty.item - 0.3 / 6 * 30.25) < 1e-14)
    let gradients = penalty.gradients()
    for (variable, weight) in zip(watched, weights) {
      let got = gradients[variable]?.doubles.scalars ?? []
      #expect(got.count == weight.count)
      for (got, w) in zip(got, weight.scalars) { #expect(abs(got - 2 * 0.3 / 6 * w) < 1e-15) }
    }
  }

  @Test("lectures: the L1 penalty has the gradient λ/n sign(w)")
  func l1() {
    let tape = Tape(), watched = weights.map { tape.watch($0) }
    let penalty = l1Penalty(watched, 0.3, count: 6)
    #expect(abs(penalty.item - 0.3 / 6 * 10.5) < 1e-14)
    let gradients = penalty.gradients()
    #expect(gradients[watched[1]]?.doubles.scalars == [-0.3 / 6, 0])
  }

  @Test func gradientsAgreeWithDifferences() {
    let inputs: [Tensor<Double>] = [[[1, -2], [0.5, 3]], [-4, 0.7]]
    let reports = [
      checkGradients("l2", at: inputs) { l2Penalty($0, 0.1) },
      checkGradients("l1", at: inputs) { l1Penalty($0, 0.1) },
    ]
    for report in reports { #expect(report.passes(), "\(report)") }
  }

  @Test("lectures: for plain descent an L2 penalty of λ is a weight decay of 2λ")
  func l2IsWeightDecay() {
    let (a, b) = (Parameter(.double([1.0, -2])), Parameter(.double([1.0, -2])))
    let penalized = SGD([a], learningRate: 0.1), decayed = SGD([b], learningRate: 0.1, weightDecay: 0.04)
    for _ in 0..<20 {
      let x = Tape().watch(a), y = Tape().watch(b)
      penalized.step((x * x).sum() + l2Penalty([x], 0.02))
      decayed.step((y * y).sum())
    }
    for (x, y) in zip(a.value.doubles.scalars, b.value.doubles.scalars) { #expect(abs(x - y) < 1e-12) }
  }

  @Test func floatsStayFloats() {
    let w = Tape().watch(Tensor<Float>([3, 4]))
    #expect(l2Penalty([w], 0.5).floats.scalars == [12.5])
    #expect(l1Penalty([w], 0.5).floats.scalars == [3.5])
  }

  @Test func wrongArgumentsStop() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = l2Penalty([], 0.1)
    }
    #expect(none.says("[l2Penalty] needs at least one weight"))
    await #expect(processExitsWith: .failure) { _ = l1Penalty([Variable(Tensor<Float>([1]))], -1) }
    await #expect(processExitsWith: .failure) { _ = l1Penalty([Variable(Tensor<Float>([1]))], 1, count: 0) }
  }
}
