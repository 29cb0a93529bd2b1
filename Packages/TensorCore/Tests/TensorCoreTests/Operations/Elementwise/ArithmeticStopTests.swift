import TensorCore
import Testing

@Suite struct ArithmeticStopTests {
  @Test func shapesThatDoNotFitStopWithBoth() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ =
        Tensor<Float>(shape: [64, 120]) { $0.initialize(repeating: 0) }
        + Tensor<Float>(shape: [84]) { $0.initialize(repeating: 0) }
    }
    #expect(result.says("[+] the shapes [64, 120] and [84] do not fit each other"))
  }

  @Test func theLeftSideOfAnAssignmentKeepsItsShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var a = Tensor<Float>(shape: [3]) { $0.initialize(repeating: 0) }
      a += Tensor<Float>(shape: [2, 3]) { $0.initialize(repeating: 0) }
    }
    #expect(result.says("[+=] [2, 3] does not broadcast to the shape [3]"))
  }

  @Test func wholeNumbersThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<UInt8>(shape: [40_000]) { $0.initialize(repeating: 200) } + 100
    }
    #expect(
      result.says("[+] a result does not fit in UInt8")
    )
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Int32>(shape: [1]) { $0.initialize(repeating: .min) } / -1
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Int64>(shape: [1]) { $0.initialize(repeating: .max) } * 2
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Int32>(shape: [1]) { $0.initialize(repeating: .min) }.abs()
    }
  }

  @Test func divisionOfWholeNumbersByZeroStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Int64>(shape: [2]) { $0.initialize(repeating: 1) } / 0
    }
    #expect(result.says("a divisor is 0"))
  }
}
