import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct ParameterGroupTests {
  private func value(_ parameter: Parameter) -> Double { parameter.value.doubles.scalars[0] }

  @Test func factorsAndDecaysAreTheGroups() {
    let parameters = (0..<3).map { _ in Parameter(.double([1.0])) }
    let optimizer = SGD(
      [
        ParameterGroup([parameters[0]]), ParameterGroup([parameters[1]], learningRateFactor: 0.1),
        ParameterGroup([parameters[2]], weightDecay: 0),
      ], learningRate: 0.5, weightDecay: 0.2)
    optimizer.beginStep()
    for parameter in optimizer.parameters { optimizer.update(parameter, gradient: .double([1.0])) }
    #expect(abs(value(parameters[0]) - (1 - 0.5 * 1.2)) < 1e-15)
    #expect(abs(value(parameters[1]) - (1 - 0.05 * 1.2)) < 1e-15)
    #expect(value(parameters[2]) == 0.5)
  }

  @Test func vectorsAreExempt() {
    let (matrix, bias) = (Parameter(.double([[2.0]])), Parameter(.double([2.0])))
    let groups = ParameterGroup.exemptingVectors([matrix, bias])
    #expect(groups.map(\.parameters.count) == [1, 1])
    let optimizer = AdamW(groups, learningRate: 0.1, weightDecay: 0.5)
    optimizer.beginStep()
    optimizer.update(matrix, gradient: .double([[0.0]]))
    optimizer.update(bias, gradient: .double([0.0]))
    #expect(abs(value(matrix) - 2 * (1 - 0.05)) < 1e-15)
    #expect(value(bias) == 2)
  }

  @Test func exemptionByName() {
    let (scale, weight) = (Parameter(.double([[1.0]])), Parameter(.double([[1.0]])))
    scale.describe(path: "layer1.norm.weight")
    weight.describe(path: "layer1.conv.weight")
    let groups = ParameterGroup.exempting([scale, weight]) { $0.path.contains("norm") }
    #expect(groups[0].parameters.map(\.path) == ["layer1.conv.weight"])
    #expect(groups[1].parameters.map(\.path) == ["layer1.norm.weight"])
    #expect(groups[0].weightDecay == nil)
    #expect(groups[1].weightDecay == 0)
  }

  @Test func tiedWeightsMayComeTwiceButNotWithTwoSettings() async {
    let tied = Parameter(.double([1.0]))
    let optimizer = SGD([tied, tied], learningRate: 0.5)
    optimizer.beginStep()
    optimizer.update(tied, gradient: .double([1.0]))
    #expect(value(tied) == 0.5)
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let tied = Parameter(.double([1.0]))
      _ = SGD([ParameterGroup([tied]), ParameterGroup([tied], learningRateFactor: 2)], learningRate: 0.5)
    }
    #expect(result.says("[SGD] a parameter [1] is in two groups of different settings"))
  }

  @Test func wrongNumbersStop() async {
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterGroup([], learningRateFactor: -1)
    }
    #expect(factor.says("[ParameterGroup] the factor -1.0 of the learning rate must be at least 0"))
    await #expect(processExitsWith: .failure) { _ = ParameterGroup([], weightDecay: -1) }
  }
}
