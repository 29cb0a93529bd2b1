import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct SGDTests {
  private let start = [1.0, -2, 0.5]
  private let steepness = [1.0, 0.3, 4]

  /// Twenty steps on ½ Σ s w² with the library.
  private func trajectory(_ make: (Parameter) -> SGD, lookingAhead: Bool = false) -> [[Double]] {
    let parameter = Parameter(.double(Tensor(start)))
    let optimizer = make(parameter)
    func gradients() -> Gradients {
      let w = Tape().watch(parameter)
      return (w * w * Variable(Tensor<Double>(steepness.map { 0.5 * $0 }))).sum().gradients()
    }
    return (0..<20).map { _ in
      optimizer.update(lookingAhead ? optimizer.lookingAhead(gradients) : gradients())
      return parameter.value.doubles.scalars
    }
  }

  /// Twenty steps of a formula in plain Float64: w and v of one element, given the slope at any point.
  private func loop(
    _ formula: (_ w: inout Double, _ v: inout Double, _ slope: (Double) -> Double) -> Void
  ) -> [[Double]] {
    var (w, v) = (start, [0.0, 0, 0])
    return (0..<20).map { _ in
      for i in w.indices { formula(&w[i], &v[i]) { steepness[i] * $0 } }
      return w
    }
  }

  private func expectEqual(_ a: [[Double]], _ b: [[Double]]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a.flatMap(\.self), b.flatMap(\.self)) { #expect(abs(x - y) <= 1e-12 * max(1, abs(y))) }
  }

  @Test("lectures: v = ρv + g, w -= αv and v = ρv - αg, w += v are the same sequence")
  func bothFormsOfMomentumAreTheSame() {
    let first = loop { w, v, slope in
      v = 0.9 * v + slope(w)
      w -= 0.1 * v
    }
    let second = loop { w, v, slope in
      v = 0.9 * v - 0.1 * slope(w)
      w += v
    }
    expectEqual(first, second)
    expectEqual(trajectory { SGD([$0], learningRate: 0.1, momentum: 0.9) }, first)
    expectEqual(trajectory { SGD([$0], learningRate: 0.1, momentum: 0.9, form: .steps) }, second)
  }

  /// Where the rate falls, the first form shortens the momentum at once, the second keeps the steps it has.
  @Test func formsOfMomentumDifferWhereTheRateChanges() {
    let results = [SGD.MomentumForm.gradients, .steps].map { form in
      let parameter = Parameter(.double([1.0]))
      let optimizer = SGD([parameter], learningRate: 0.1, momentum: 0.5, form: form)
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .double([1.0]))  // v = 1 or -0.1; w = 0.9
      optimizer.learningRate = 0.01
      optimizer.update(parameter, gradient: .double([1.0]))  // v = 1.5 or -0.06
      return parameter.value.doubles.scalars[0]
    }
    #expect(abs(results[0] - (0.9 - 0.015)) < 1e-15)
    #expect(abs(results[1] - (0.9 - 0.06)) < 1e-15)
  }

  /// Look-ahead: v = ρv - α∇f(w + ρv), w += v. With ŵ = w + ρv for w: ŵ += -ρ v_old + (1 + ρ) v.
  @Test("lectures: Nesterov's look-ahead form and its change of variables are the same")
  func bothFormsOfNesterovAreTheSame() {
    var ahead: [[Double]] = []
    var (w, v) = (start, [0.0, 0, 0])
    for _ in 0..<20 {
      for i in w.indices {
        v[i] = 0.9 * v[i] - 0.1 * steepness[i] * (w[i] + 0.9 * v[i])
        w[i] += v[i]
      }
      ahead.append(zip(w, v).map { $0 + 0.9 * $1 })
    }
    let changed = loop { w, v, slope in
      let old = v
      v = 0.9 * old - 0.1 * slope(w)
      w += -0.9 * old + (1 + 0.9) * v
    }
    expectEqual(ahead, changed)
    expectEqual(trajectory { SGD([$0], learningRate: 0.1, momentum: 0.9, nesterov: true) }, changed)
    expectEqual(trajectory { SGD([$0], learningRate: 0.1, momentum: 0.9, nesterov: true, form: .steps) }, changed)
  }

  @Test("lectures: the look-ahead form, its gradient taken at w + ρv", arguments: [SGD.MomentumForm.gradients, .steps])
  func looksAheadLiterally(_ form: SGD.MomentumForm) {
    let expected = loop { w, v, slope in
      v = 0.9 * v - 0.1 * slope(w + 0.9 * v)
      w += v
    }
    expectEqual(
      trajectory({ SGD([$0], learningRate: 0.1, momentum: 0.9, form: form) }, lookingAhead: true), expected)
  }

  @Test func lookingAheadLeavesParametersAsTheyWere() {
    let parameter = Parameter(Tensor<Float>([0.1, 0.2]))
    let optimizer = SGD([parameter], learningRate: 0.3, momentum: 0.9)
    descend([parameter], with: optimizer, steps: 2)
    let before = parameter.value.floats
    let inside = optimizer.lookingAhead { parameter.value.floats }
    #expect(inside != before)
    #expect(parameter.value.floats == before)
  }

  @Test func updatingDuringTheWalkIsTheSame() {
    let (a, b) = (Parameter(.double(Tensor(start))), Parameter(.double(Tensor(start))))
    let (first, second) = (SGD([a], learningRate: 0.1, momentum: 0.9), SGD([b], learningRate: 0.1, momentum: 0.9))
    for _ in 0..<5 {
      let (x, y) = (Tape().watch(a), Tape().watch(b))
      first.update((x * x).sum().gradients())
      second.step((y * y).sum())
    }
    #expect(a.value.doubles == b.value.doubles)
  }

  /// J = 1/(2m) Σ (θᵀx - y)²: the mean over all m examples is what a mini-batch of m has.
  @Test("lectures: mini-batch descent with b = m is batch descent")
  func miniBatchOfAllIsBatchDescent() {
    let x: [[Double]] = [[1, 2], [1, -1], [1, 0.5], [1, 3]], y: [Double] = [3, -1, 1, 5.5]
    func miniBatches(of size: Int, epochs: Int) -> [Double] {
      let theta = Parameter(.double([[0.0], [0.0]]))
      let optimizer = SGD([theta], learningRate: 0.1)
      for _ in 0..<epochs {
        for first in stride(from: 0, to: 4, by: size) {
          let rows = first..<min(first + size, 4)
          let inputs = Tensor<Double>(rows.flatMap { x[$0] }, shape: [rows.count, 2])
          let targets = Tensor<Double>(rows.map { y[$0] }, shape: [rows.count, 1])
          let error = Variable(inputs).matmul(Tape().watch(theta)) - Variable(targets)
          optimizer.step((error * error).sum() * Variable(Tensor<Double>(0.5 / Double(rows.count))))
        }
      }
      return theta.value.doubles.scalars
    }
    var theta = [0.0, 0]
    for _ in 0..<30 {
      let errors = zip(x, y).map { x, y in theta[0] * x[0] + theta[1] * x[1] - y }
      for j in 0..<2 { theta[j] -= 0.1 / 4 * zip(errors, x).reduce(0) { $0 + $1.0 * $1.1[j] } }
    }
    for (got, expected) in zip(miniBatches(of: 4, epochs: 30), theta) { #expect(abs(got - expected) < 1e-12) }
    #expect(abs(miniBatches(of: 1, epochs: 30)[0] - theta[0]) > 1e-3)
  }

  @Test func wrongNumbersStop() async {
    let nesterov = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Parameter](), learningRate: 0.1, nesterov: true)
    }
    #expect(nesterov.says("[SGD] Nesterov's form needs a momentum above 0 and no dampening, not 0.0 and 0.0"))
    let momentum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Parameter](), learningRate: 0.1, momentum: 1)
    }
    #expect(momentum.says("[SGD] the momentum 1.0 is not in 0 ..< 1"))
    let rate = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SGD([Parameter](), learningRate: -1)
    }
    #expect(rate.says("[SGD] the learning rate -1.0 must be at least 0"))
    await #expect(processExitsWith: .failure) { _ = SGD([Parameter](), learningRate: 1, momentum: 0.9, dampening: 2) }
    await #expect(processExitsWith: .failure) {
      _ = SGD([Parameter](), learningRate: 1, momentum: 0.9, nesterov: true).lookingAhead { 1 }
    }
  }

  @Test func aWeightThatComesTwiceLooksAheadOnce() {
    func ahead(_ count: Int) -> Tensor<Float> {
      let parameter = Parameter(Tensor<Float>([0.1, 0.2]))
      let optimizer = SGD(Array(repeating: parameter, count: count), learningRate: 0.3, momentum: 0.9)
      descend([parameter], with: optimizer, steps: 2)
      return optimizer.lookingAhead { parameter.value.floats }
    }
    #expect(ahead(2) == ahead(1))
  }
}
