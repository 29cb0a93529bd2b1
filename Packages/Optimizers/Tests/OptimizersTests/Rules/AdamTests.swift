import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct AdamTests {
  /// The size of the first step of each element, for gradients of very different sizes.
  private func firstSteps(_ make: (Parameter) -> any Optimizer) -> [Double] {
    let parameter = Parameter(.double([1.0, 1, 1]))
    let optimizer = make(parameter)
    optimizer.beginStep()
    optimizer.update(parameter, gradient: .double([1e-3, -0.5, 200]))
    return parameter.value.doubles.scalars.map { abs($0 - 1) }
  }

  @Test("lectures: with bias correction the first step has the size of the rate, whatever the gradient's")
  func firstStepHasTheSizeOfTheRate() {
    for size in firstSteps({ Adam([$0], learningRate: 0.05) }) { #expect(abs(size - 0.05) < 1e-6) }
  }

  /// m = (1 - β₁) g and √v = √(1 - β₂) |g|: 0.1 / √0.001 = 3.16 rates with β₂ = 0.999, ten with 0.9999.
  @Test("lectures: almost Adam, without bias correction, takes a huge first step")
  func almostAdamTakesAHugeFirstStep() {
    for size in firstSteps({ Adam([$0], learningRate: 0.05, biasCorrection: false) }) {
      #expect(abs(size - 0.05 * 0.1 / 0.001.squareRoot()) < 1e-4)
    }
    for size in firstSteps({ Adam([$0], learningRate: 0.05, beta2: 0.9999, biasCorrection: false) }) {
      #expect(abs(size - 0.5) < 1e-3)
    }
  }

  /// A parameter that is freed late has averages that are as young as its steps.
  @Test func correctionCountsTheParametersOwnSteps() {
    let (early, late) = (Parameter(.double([1.0])), Parameter(.double([1.0])))
    let optimizer = Adam([early, late], learningRate: 0.05)
    late.isTrainable = false
    for _ in 0..<100 {
      optimizer.beginStep()
      optimizer.update(early, gradient: .double([1.0]))
    }
    late.isTrainable = true
    optimizer.beginStep()
    optimizer.update(late, gradient: .double([1.0]))
    #expect(abs(late.value.doubles.scalars[0] - 0.95) < 1e-6)
  }

  /// After a large gradient and many small ones Adam has forgotten it, AMSGrad has not.
  @Test func amsgradKeepsTheLargestSquare() {
    let steps = [false, true].map { amsgrad in
      let parameter = Parameter(.double([0.0]))
      let optimizer = Adam([parameter], learningRate: 1, beta1: 0, beta2: 0.5, amsgrad: amsgrad)
      for step in 0..<60 {
        optimizer.beginStep()
        if step == 59 { parameter.value = .double([0.0]) }
        optimizer.update(parameter, gradient: .double(Tensor([step == 0 ? 100.0 : 1.0])))
      }
      return -parameter.value.doubles.scalars[0]
    }
    #expect(abs(steps[0] - 1) < 1e-6)
    // The largest v is that of the first step, ½ 100².
    #expect(abs(steps[1] - 1 / 5000.squareRoot()) < 1e-6)
  }

  /// β₂ = 0.999 makes ρ∞ = 1999 and ρ = t up to a hundredth at first: five steps of momentum SGD, each of length α for a
  /// constant gradient whatever v is; at the sixth, with ρ = 5.99…, r² = 3.99 · 1.99 · 1999 / (1995 · 1997 · 5.99) and a
  /// step of α r √(1 - β₂⁶) / √v = α r, since v = 1 - β₂⁶ for a gradient of 1.
  @Test func radamIsRectifiedFromTheSixthStep() {
    let parameter = Parameter(.double([0.0]))
    let optimizer = RAdam([parameter], learningRate: 0.1)
    var steps: [Double] = []
    for _ in 0..<6 {
      let before = parameter.value.doubles.scalars[0]
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .double([1.0]))
      steps.append(before - parameter.value.doubles.scalars[0])
    }
    for step in steps.prefix(5) { #expect(abs(step - 0.1) < 1e-12) }
    let power = 0.999 * 0.999 * 0.999 * 0.999 * 0.999 * 0.999
    let rho = 1999 - 12 * power / (1 - power)
    let expected = ((rho - 4) * (rho - 2) * 1999 / (1995 * 1997 * rho)).squareRoot()
    #expect(abs(steps[5] - 0.1 * expected) < 1e-8)
    #expect(expected < 0.03)
  }

  /// NAdam's momentum product follows from the step: long runs and late starts need no memory of it.
  @Test func nadamsProductEndsQuietly() {
    let parameter = Parameter(.double([0.0]))
    let optimizer = NAdam([parameter], learningRate: 0.001)
    for _ in 0..<3000 {
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .double([1.0]))
    }
    // With a constant gradient every average is 1: each step is α (1 - μ + μ'), close to α.
    #expect(abs(parameter.value.doubles.scalars[0] + 3) < 0.02)
  }

  @Test func wrongNumbersStop() async {
    let beta = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam([Parameter](), beta1: 1)
    }
    #expect(beta.says("[Adam] the beta1 1.0 is not in 0 ..< 1"))
    let epsilon = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AdamW([Parameter](), epsilon: 0)
    }
    #expect(epsilon.says("[AdamW] the epsilon 0.0 must be above 0"))
    await #expect(processExitsWith: .failure) { _ = NAdam([Parameter](), momentumDecay: -1) }
    await #expect(processExitsWith: .failure) { _ = AdaMax([Parameter](), beta2: 2) }
    await #expect(processExitsWith: .failure) { _ = RAdam([Parameter](), epsilon: 0) }
  }
}
