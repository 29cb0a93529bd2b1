import TensorCore
import Testing

@Suite struct ReductionStopTests {
  @Test func axesThatAreNotThereStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2, 3]) { $0.initialize(repeating: 0) }.sum(along: [2])
    }
    #expect(result.says("[sum]"))
    #expect(result.says("[2, 3]"))
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(shape: [2, 3]) { $0.initialize(repeating: 0) }.mean(along: [0, -2])
    }
  }

  @Test func theExtremumOfNothingStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [0, 3]) { _ in }.max(along: 0)
    }
    #expect(result.says("[max] the shape [0, 3] has no elements there"))
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(shape: [0]) { _ in }.argmax(along: 0) }
  }

  @Test func sumsOfWholeNumbersThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<UInt8>(shape: [2]) { $0.initialize(repeating: 200) }.sum()
    }
    #expect(result.says("[sum] a result does not fit in UInt8"))
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Int64>(shape: [2]) { $0.initialize(repeating: .max) }.sum()
    }
  }

  @Test func shapesThatWereNotBroadcastStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2, 3]) { $0.initialize(repeating: 0) }.sum(to: [2])
    }
    #expect(result.says("the shape [2] does not broadcast to [2, 3]"))
  }
}
