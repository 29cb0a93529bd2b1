import TensorCore
import Testing
import Training

struct ValueHistogramTests {
  @Test func byHand() {
    let histogram = ValueHistogram(Tensor<Float>([-1, -0.5, 0, 0.25, 0.5, 1, 3, 3]), bucketCount: 4)
    #expect(histogram.smallest == -1 && histogram.largest == 3 && histogram.count == 8)
    #expect(histogram.limits == [0, 1, 2, 3])
    #expect(histogram.counts == [2, 3, 1, 2])
    // -1 - 0.5 + 0.25 + 0.5 + 1 + 6, and 1 + 0.25 + 0.0625 + 0.25 + 1 + 18.
    #expect(histogram.sum == 6.25 && histogram.squareSum == 20.5625)
    #expect(histogram.mean == 0.78125)
    #expect(abs(histogram.deviation - (20.5625 / 8 - 0.78125 * 0.78125).squareRoot()) < 1e-15)
  }

  @Test func equalValuesAreOneBucket() {
    let histogram = ValueHistogram(Tensor<Float>([0.5, 0.5]))
    #expect(histogram.limits == [0.5] && histogram.counts == [2] && histogram.deviation == 0)
  }

  @Test func undefinedValuesAreCountedApart() {
    let histogram = ValueHistogram(Tensor<Float>([.nan, 1, .infinity, 2, -.infinity]), bucketCount: 2)
    #expect(histogram.undefinedCount == 3 && histogram.count == 2 && histogram.counts == [1, 1])
    let nothing = ValueHistogram(Tensor<Float>([.nan]))
    #expect(nothing.count == 0 && nothing.limits.isEmpty && nothing.mean.isNaN)
  }

  @Test func everyValueHasABucket() {
    var random = RandomStream(seed: 8)
    let values = Tensor<Float>.normal([10_000], using: &random)
    let histogram = ValueHistogram(values)
    #expect(histogram.counts.reduce(0, +) == 10_000 && histogram.counts.count == 30)
    for (bucket, limit) in histogram.limits.enumerated() {
      let below = values.scalars.filter { Double($0) < limit }.count
      let counted = histogram.counts[...bucket].reduce(0, +)
      // Values on the edge of two buckets may round to either.
      #expect(abs(counted - below) <= 1)
    }
    #expect(abs(histogram.mean) < 0.05 && abs(histogram.deviation - 1) < 0.05)
  }

  @Test func noBucketsStop() async {
    await #expect(processExitsWith: .failure) { _ = ValueHistogram(Tensor<Float>([1]), bucketCount: 0) }
  }
}
