import Autograd
import TensorCore
import Testing

struct InferencePlanTests {
  private func images(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  /// Other inputs than the one that was recorded, and constants that stay what they were.
  @Test func repeatsWithOtherNumbers() throws {
    let parameter = Parameter(Tensor<Float>([2, 3]))
    let plan = try #require(
      InferencePlan(of: { ($0 * Variable(parameter.value)).tanh() }, on: [1, 1], sharing: PlanWeights()))
    parameter.value = .float([0, 0])
    #expect(plan([0.25, -1]).scalars == Tensor<Float>([0.5, -3]).tanh().scalars)
    #expect(plan.stepNames == ["multiply", "tanh"])
  }

  @Test func theInputItselfMayBeTheResult() throws {
    let plan = try #require(InferencePlan(of: { $0 }, on: [1, 2], sharing: PlanWeights()))
    #expect(plan([3, 4]).scalars == [3, 4])
    #expect(plan.stepNames.isEmpty)
  }

  /// Whoever looks at numbers may do something else with others.
  @Test func calculationsThatLookAtNumbersAreNotRecorded() {
    let x: Tensor<Float> = [[1, 2], [3, 5]]
    func isRecorded(_ calculation: (Variable) -> Variable) -> Bool {
      InferencePlan(of: calculation, on: x, sharing: PlanWeights()) != nil
    }
    #expect(isRecorded { $0 * 2 })
    #expect(!isRecorded { $0 * $0.sum().item })
    #expect(!isRecorded { $0 + Variable($0.floats) })
    #expect(!isRecorded { $0 + Variable($0.exp().value) })
    #expect(!isRecorded { $0.batchNorm().output })
    #expect(!isRecorded { $0.reshaped([1, 1, 2, 2]).maxPool2dWithIndices(PoolingGeometry(kernel: 2)).output })
    #expect(!isRecorded { _ in Variable(x) })
  }

  /// Steps of all kinds, with the same bits each time.
  @Test(arguments: [0, 1, 5]) func repeats(_ batch: Int) throws {
    let weight = Variable(images([8, 4, 3, 3], seed: 1)), matrix = Variable(images([8, 3], seed: 2))
    let geometry = ConvolutionGeometry(kernel: 3, padding: 1)
    let x = images([batch, 4, 9, 9], seed: 3)
    let network: (Variable) -> Variable = { x in
      let y = x.conv2d(weight, geometry: geometry).relu()
      return y.maxPool2d(PoolingGeometry(kernel: 2)).mean(along: [2, 3]).matmul(matrix).softmax(along: 1)
    }
    let plan = try #require(InferencePlan(of: network, on: x, sharing: PlanWeights()))
    let expected = network(Variable(x)).floats
    let results = (0..<5).map { _ in plan(x) }
    #expect(results.allSatisfy { $0.shape == [batch, 3] && $0.scalars == results[0].scalars })
    for (a, b) in zip(results[0].scalars, expected.scalars) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func otherShapesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = InferencePlan(of: { $0 * 2 }, on: [1, 2], sharing: PlanWeights())?([1, 2, 3])
    }
  }

  /// Plans of several shapes fold and pack a weight once.
  @Test func plansShareWeights() throws {
    let weight = Tensor<Float>([3], shape: [1, 1, 1, 1]),
      statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    let shared = PlanWeights()
    for batch in 1...3 {
      let x = Tensor((0..<4 * batch).map { Float($0) }, shape: [batch, 1, 2, 2])
      let plan = try #require(
        InferencePlan(
          of: {
            $0.conv2d(Variable(weight), geometry: ConvolutionGeometry(kernel: 1)).batchNorm(
              with: statistics, epsilon: 1)
          }, on: x, sharing: shared))
      #expect(plan(x).scalars == x.scalars.map { 1.5 * $0 - 0.5 })
    }
    #expect(shared.foldedCount == 1)
  }
}
