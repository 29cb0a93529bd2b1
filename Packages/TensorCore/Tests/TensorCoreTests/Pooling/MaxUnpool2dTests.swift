import TensorCore
import Testing

@Suite struct MaxUnpool2dTests {
  /// Pooling what unpooling made gives the maxima back.
  @Test func undoesPooling() {
    var numbers = TestNumbers(seed: 9)
    let x = Tensor<Float>(numbers: numbers.values([2, 3, 6, 8]), shape: [2, 3, 6, 8]) + 2
    let (maxima, choices) = x.maxPool2d(PoolingGeometry(kernel: 2))
    let large = maxima.maxUnpool2d(indices: choices.indices, size: PlaneSize(height: 6, width: 8))
    #expect(large.maxPool2d(PoolingGeometry(kernel: 2)).output == maxima)
    // What is not zero was there before, and there are as many as windows.
    let kept = zip(large.scalars, x.scalars).filter { $0.0 != 0 }
    #expect(kept.count == maxima.count)
    #expect(kept.allSatisfy { $0.0 == $0.1 })
  }

  @Test func byHand() {
    let x = Tensor<Double>([1, 2, 3, 4], shape: [1, 2, 1, 2])
    let indices = Tensor<Int64>([3, 0, 1, 1], shape: [1, 2, 1, 2])
    // The last of two elements with one index counts.
    #expect(x.maxUnpool2d(indices: indices, size: 2).scalars == [2, 0, 0, 1, 0, 4, 0, 0])
    let gradient = Tensor<Double>((10..<18).map(Double.init), shape: [1, 2, 2, 2])
    #expect(gradient.maxUnpool2dGradient(indices: indices).scalars == [13, 10, 0, 15])
    #expect(gradient.scalars == (10..<18).map(Double.init))
  }

  @Test func empty() {
    let indices = Tensor<Int64>.zeros([0, 2, 3, 3])
    #expect(Tensor<Float>.zeros([0, 2, 3, 3]).maxUnpool2d(indices: indices, size: 6).shape == [0, 2, 6, 6])
  }

  @Test func wrongIndicesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let indices = Tensor<Int64>([4], shape: [1, 1, 1, 1])
      _ = Tensor<Float>.zeros([1, 1, 1, 1]).maxUnpool2d(indices: indices, size: 2)
    }
    #expect(outside.says("[max unpooling] index 4 is not inside a plane of 2×2"))
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 1, 2]).maxUnpool2d(indices: .zeros([1, 1, 1, 1]), size: 2)
    }
    #expect(
      shapes.says(
        "[max unpooling] needs [N, C, OH, OW] and indices of the same shape, not [1, 1, 1, 2] and [1, 1, 1, 1]"))
  }
}
