import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct GradientAccumulatorTests {
  private let a = Parameter(Tensor<Float>([0, 0])), b = Parameter(Tensor<Float>([0]))

  private func batch(_ number: Float) -> Gradients {
    gradients([(a, .float(Tensor([number, 0.1 * number])))] + (number == 2 ? [(b, .float([5]))] : []))
  }

  /// 1 + 2 + 3 over three batches; `b` took part in one of them.
  @Test func sumsAndMeans() {
    var sums = GradientAccumulator(over: 3, .sum), means = GradientAccumulator(over: 3)
    for number in [1, 2] as [Float] {
      #expect(sums.add(batch(number)) == nil)
      #expect(means.add(batch(number)) == nil)
    }
    let sum = sums.add(batch(3)), mean = means.add(batch(3))
    #expect(sum?[a]?.floats.scalars == [6, 0.1 + 0.2 + 0.3 as Float])
    #expect(sum?[b]?.floats.scalars == [5])
    #expect(mean?[a]?.floats.scalars[0] == 2)
    #expect(abs((mean?[b]?.doubles.scalars[0] ?? 0) - 5.0 / 3) < 1e-6)
    #expect(sums.pending == 0)
    #expect(sums.add(batch(1)) == nil)
  }

  /// The mean over equal parts of a batch is the gradient of the whole batch's mean loss.
  @Test func partsOfABatchGiveItsGradient() {
    let w = Parameter(.double([0.3, -0.7]))
    let rows: [[Double]] = [[1, 2], [3, -1], [0.5, 0.25], [-2, 1], [4, 1], [1, 1]]
    func meanLoss(_ rows: [[Double]]) -> Gradients {
      let x = Variable(Tensor<Double>(rows.flatMap(\.self), shape: [rows.count, 2]))
      let products = x * Tape().watch(w)
      return (products * products).sum().scaled(by: 1 / Double(rows.count)).gradients()
    }
    var accumulator = GradientAccumulator(over: 3)
    let parts = stride(from: 0, to: 6, by: 2).map { accumulator.add(meanLoss(Array(rows[$0..<$0 + 2]))) }
    let whole = meanLoss(rows)[w]?.doubles.scalars ?? []
    let accumulated = parts[2]?[w]?.doubles.scalars ?? []
    #expect(accumulated.count == 2)
    for (got, expected) in zip(accumulated, whole) { #expect(abs(got - expected) < 1e-13) }
  }

  @Test func anEpochsRestIsFlushed() {
    var accumulator = GradientAccumulator(over: 4)
    #expect(accumulator.flush() == nil)
    _ = accumulator.add(batch(1))
    _ = accumulator.add(batch(3))
    #expect(accumulator.flush()?[a]?.floats.scalars[0] == 2)
    #expect(accumulator.pending == 0)
  }

  @Test func stateRestoresToTheBit() throws {
    var whole = GradientAccumulator(over: 3), first = whole, second = whole
    var results: [Gradients?] = []
    for number in [0.1, 2, 0.7] as [Float] { results.append(whole.add(batch(number))) }
    _ = first.add(batch(0.1))
    _ = first.add(batch(2))
    try second.restore(first.state(for: [a, b]), for: [a, b])
    #expect(second.pending == 2)
    let last = second.add(batch(0.7))
    #expect(last?[a]?.floats == results[2]?[a]?.floats)
    #expect(last?[b]?.floats == results[2]?[b]?.floats)
  }

  @Test func otherStatesAreRefused() {
    var accumulator = GradientAccumulator(over: 3)
    #expect(throws: OptimizerStateError(expected: "fewer than 3 batches", found: "3")) {
      try accumulator.restore(OptimizerState(stepCount: 3), for: [a])
    }
    #expect(throws: OptimizerStateError.self) {
      try accumulator.restore(OptimizerState(stepCount: 1, tensors: ["0.gradient": .float([1])]), for: [a])
    }
  }

  @Test func noBatchesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GradientAccumulator(over: 0)
    }
    #expect(result.says("[GradientAccumulator] the number of batches must be at least 1, not 0"))
  }
}

extension Variable {
  fileprivate func scaled(by factor: Double) -> Variable { self * Variable(Tensor<Double>(factor)) }
}
