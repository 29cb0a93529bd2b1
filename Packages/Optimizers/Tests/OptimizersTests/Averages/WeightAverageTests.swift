import Autograd
import Foundation
import Optimizers
import TensorCore
import Testing

@Suite struct WeightAverageTests {
  private static let rules: [WeightAverage.Rule] = [
    .equal, .exponential(decay: 0.9), .exponential(decay: 0.9, start: .warmUp),
    .exponential(decay: 0.9, start: .corrected),
  ]

  /// The n-th weights of one element.
  private func weight(_ n: Int, _ element: Int) -> Double { sin(Double(n * 5 + element)) + 0.3 }

  /// The average of the first `count` weights by the sum over all of them.
  private func expected(_ rule: WeightAverage.Rule, _ count: Int, _ element: Int) -> Double {
    let all = (1...count).map { weight($0, element) }
    switch rule {
    case .equal: return all.reduce(0, +) / Double(count)
    case .exponential(_, .first): return all.dropFirst().reduce(all[0]) { 0.9 * $0 + 0.1 * $1 }
    case .exponential(_, .warmUp):
      return all.indices.dropFirst().reduce(all[0]) { average, index in
        let d = min(0.9, Double(index + 2) / Double(index + 11))
        return d * average + (1 - d) * all[index]
      }
    case .exponential(_, .corrected):
      let sum = all.enumerated().reduce(0) { $0 + 0.1 * pow(0.9, Double(count - 1 - $1.offset)) * $1.element }
      return sum / (1 - pow(0.9, Double(count)))
    }
  }

  private func update(_ average: WeightAverage, _ numbers: ClosedRange<Int>) {
    for n in numbers {
      for parameter in average.parameters {
        let values = Tensor((0..<parameter.shape.count).map { weight(n, $0) }, shape: parameter.shape)
        parameter.value = TensorValue.double(values).converted(to: parameter.value.precision)
      }
      average.update()
    }
  }

  private func parameters(_ precision: Precision) -> [Parameter] {
    ([[2, 3], [], [5]] as [Shape]).map { Parameter(.filled(0, shape: $0, precision: precision)) }
  }

  @Test(arguments: rules) func equalsTheSumOverAll(_ rule: WeightAverage.Rule) {
    for (precision, tolerance) in [(Precision.double, 1e-14), (.float, 1e-6)] {
      let average = WeightAverage(parameters(precision), rule)
      for count in 1...30 {
        update(average, count...count)
        for parameter in average.parameters {
          let got = average.value(of: parameter)?.doubles.scalars ?? []
          #expect(got.count == parameter.shape.count)
          for (element, value) in got.enumerated() {
            #expect(abs(value - expected(rule, count, element)) < tolerance, "\(count) \(precision)")
          }
        }
      }
      #expect(average.count == 30)
    }
  }

  @Test(arguments: rules) func stateRestoresToTheBit(_ rule: WeightAverage.Rule) throws {
    let whole = WeightAverage(parameters(.float), rule), first = WeightAverage(parameters(.float), rule)
    let second = WeightAverage(first.parameters, rule)
    update(whole, 1...20)
    update(first, 1...8)
    try second.check(first.state)
    second.state = first.state
    update(second, 9...20)
    for (a, b) in zip(whole.parameters, second.parameters) {
      #expect(whole.value(of: a)?.floats == second.value(of: b)?.floats)
    }
  }

  @Test func weightsComeBack() {
    let average = WeightAverage([Parameter(.double([0.0]))], .equal), parameter = average.parameters[0]
    #expect(average.value(of: parameter)?.doubles.scalars == [0])
    for value in [1.0, 3] {
      parameter.value = .double(Tensor([value]))
      average.update()
    }
    #expect(average.withAveragedWeights { parameter.value.doubles.scalars } == [2])
    #expect(parameter.value.doubles.scalars == [3])
    struct Failure: Error {}
    #expect(throws: Failure.self) { try average.withAveragedWeights { throw Failure() } }
    #expect(parameter.value.doubles.scalars == [3])
    average.apply()
    #expect(parameter.value.doubles.scalars == [2])
    #expect(average.value(of: Parameter(.double([0.0]))) == nil)
  }

  /// Noise around the minimum of a bowl averages out.
  @Test func averagesAreCloserToTheMinimum() {
    let parameter = Parameter(.double([1.0, 1, 1, 1]))
    let optimizer = SGD([parameter], learningRate: 0.5), average = WeightAverage([parameter], .equal)
    var random = RandomStream(seed: 5)
    for step in 0..<500 {
      let noise = Tensor<Double>.normal([4], using: &random)
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .double(parameter.value.doubles + noise))
      if step >= 100 { average.update() }
    }
    func size(_ value: TensorValue?) -> Double { value?.doubles.sumOfSquares().scalars[0] ?? .nan }
    #expect(size(average.value(of: parameter)) < 0.1 * size(parameter.value))
  }

  @Test func otherStatesAreRefused() {
    let average = WeightAverage(parameters(.float), .equal)
    #expect(throws: OptimizerStateError(expected: "3 averages of 2 weights", found: "0")) {
      try average.check(OptimizerState(stepCount: 2))
    }
    #expect(throws: OptimizerStateError.self) {
      try average.check(OptimizerState(stepCount: 1, tensors: ["0.momentum": .float([1])]))
    }
  }

  @Test func aDecayOfOneStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = WeightAverage([], .exponential(decay: 1))
    }
    #expect(result.says("[WeightAverage] the decay 1.0 is not in 0 ..< 1"))
  }
}
