import TensorCore
import Testing

@Suite struct CumulativeSumTests {
  @Test func addsUp() {
    let tensor: Tensor<Float> = filled([2, 3], with: [1, 2, 3, 4, 5, 6])
    #expect(tensor.cumulativeSum(along: 1).scalars == [1, 3, 6, 4, 9, 15])
    #expect(tensor.cumulativeSum(along: -2).scalars == [1, 2, 3, 5, 7, 9])
    #expect(tensor.converted(to: Double.self).cumulativeSum(along: 0).scalars == [1, 2, 3, 5, 7, 9])
    #expect(tensor.converted(to: Int32.self).cumulativeSum(along: 1).scalars == [1, 3, 6, 4, 9, 15])
    #expect(tensor.converted(to: Int64.self).cumulativeSum(along: 1).scalars == [1, 3, 6, 4, 9, 15])
    #expect(tensor.converted(to: UInt8.self).cumulativeSum(along: 1).scalars == [1, 3, 6, 4, 9, 15])
    #expect(filled([2, 0], with: [Float]()).cumulativeSum(along: 1).shape == [2, 0])
  }

  @Test func longSumsOfFloatsKeepTheirPlace() {
    let tensor = Tensor<Float>(repeating: 0.1, shape: [3, 100_000])
    let sums = tensor.cumulativeSum(along: 1).scalars
    #expect(sums[99_999] == Float(Double(Float(0.1)) * 100_000))
    #expect(sums[299_999] == sums[99_999])
  }

  @Test func theGradientAddsUpFromTheEnd() {
    let gradient: Tensor<Float> = filled([2, 3], with: [1, 2, 3, 4, 5, 6])
    #expect(gradient.cumulativeSumGradient(along: 1).scalars == [6, 5, 3, 15, 11, 6])
    #expect(gradient.cumulativeSumGradient(along: 0).scalars == [5, 7, 9, 4, 5, 6])
  }

  @Test func whatDoesNotFitStops() async {
    await #expect(processExitsWith: .failure) { _ = Tensor<UInt8>([200, 56]).cumulativeSum(along: 0) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>([1]).cumulativeSum(along: 1) }
  }
}
