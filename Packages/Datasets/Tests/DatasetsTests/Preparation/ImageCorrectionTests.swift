import Datasets
import TensorCore
import Testing

@Suite struct ImageCorrectionTests {
  private func samples(correction: (any ImageCorrection)? = nil) throws -> PreparedImages {
    let dataset = try makeSet(labels: (0..<300).map { $0 % 3 }, channels: 1, height: 2, width: 2) {
      UInt8(truncatingIfNeeded: $0 * $0 * 31 + $0 / 7)
    }
    return PreparedImages(dataset, try plain(dataset), correction: correction)
  }

  @Test func theMeanImageIsSubtracted() throws {
    let plainSamples = try samples()
    let mean = MeanImage(of: plainSamples)
    let all = plainSamples.images(at: Array(0..<300)).scalars
    for pixel in 0..<4 {
      let expected = (0..<300).reduce(0.0) { $0 + Double(all[$1 * 4 + pixel]) } / 300
      #expect(abs(Double(mean.mean.scalars[pixel]) - expected) < 1e-6)
    }
    let centered = try samples(correction: mean).images(at: [7]).scalars
    #expect(largestDifference(centered, zip(all[28..<32], mean.mean.scalars).map { $0 - $1 }) < 1e-6)
    let batch = Batches(try samples(correction: mean), size: 300).batch(0).images
    #expect(abs(batch.sum().scalars[0]) < 1e-3)
  }

  @Test func cachedImagesAreTheSame() throws {
    let fresh = try samples()
    let kept = fresh.cached()
    #expect(kept.images(at: [5, 0, 5]) == fresh.images(at: [5, 0, 5]))
    #expect(kept.cached().images(at: [299]) == fresh.images(at: [299]))
  }

  /// Of Float64 by plain loops: the covariance of white samples is the identity.
  private func covariance(_ white: Tensor<Float>) -> [Double] {
    let (n, d) = (white.shape[0], white.count / white.shape[0])
    let values = white.scalars.map(Double.init)
    return (0..<d * d).map { place in
      (0..<n).reduce(0.0) { $0 + values[$1 * d + place / d] * values[$1 * d + place % d] } / Double(n)
    }
  }

  /// Three numbers with correlations: two sums of one draw and a little of another.
  private func correlated() -> Tensor<Float> {
    var random = RandomStream(seed: 6)
    let values = (0..<500).flatMap { _ -> [Float] in
      let (a, b, c) = (random.normal(), random.normal(), random.normal())
      return [Float(3 * a + b + 5), Float(2 * a - b - 1), Float(a + 0.2 * c)]
    }
    return Tensor(values, shape: [500, 3])
  }

  @Test(arguments: [Whitening.Kind.pca(), .zca])
  func whiteSamplesAreUncorrelated(kind: Whitening.Kind) {
    let x = correlated()
    let white = Whitening(fittedTo: x, kind: kind, epsilon: 0).corrected(x)
    #expect(white.shape == [500, 3])
    for (place, value) in covariance(white).enumerated() { #expect(abs(value - (place % 4 == 0 ? 1 : 0)) < 1e-4) }
  }

  /// ZCA is symmetric, and keeps white samples as they are; PCA's components have falling variances.
  @Test func zcaIsSymmetric() {
    let x = correlated()
    let zca = Whitening(fittedTo: x, kind: .zca, epsilon: 0)
    #expect(largestDifference(zca.matrix.scalars, zca.matrix.transposed().scalars) < 1e-5)
    let white = zca.corrected(x)
    let again = Whitening(fittedTo: white, kind: .zca, epsilon: 0).corrected(white)
    #expect(largestDifference(again.scalars, white.scalars) < 1e-3)
    #expect(zca.variances == zca.variances.sorted(by: >))
  }

  /// By hand: points (±2, ±2) and (±1, ∓1) have the covariance [[2.5, 1.5], [1.5, 2.5]], axes along the diagonals with
  /// variances 4 and 1.
  @Test func twoAxesByHand() {
    let x = Tensor<Float>([2, 2, -2, -2, 1, -1, -1, 1], shape: [4, 2])
    let pca = Whitening(fittedTo: x, kind: .pca(components: 1), epsilon: 0)
    #expect(abs(pca.variances[0] - 4) < 1e-12 && abs(pca.variances[1] - 1) < 1e-12)
    // Along the diagonal (1, 1) / √2, divided by 2: (2, 2) becomes 2√2 / 2 = √2.
    let root = Float(2).squareRoot()
    #expect(largestDifference(pca.corrected(x).scalars, [root, -root, 0, 0]) < 1e-6)
    let zca = Whitening(fittedTo: x, kind: .zca, epsilon: 0).corrected(x).scalars
    #expect(largestDifference(zca, [1, 1, -1, -1, 1, -1, -1, 1]) < 1e-6)
  }

  /// The statistics are those of the samples fitted to, whatever comes later.
  @Test func testSamplesChangeNothing() {
    let x = correlated()
    let whitening = Whitening(fittedTo: x.slice(axis: 0, range: 0..<400), kind: .zca)
    let all = whitening.corrected(x).slice(axis: 0, range: 400..<500)
    let alone = whitening.corrected(x.slice(axis: 0, range: 400..<500))
    #expect(largestDifference(all.scalars, alone.scalars) < 1e-5)
    let images = x.reshaped([500, 3, 1, 1])
    #expect(whitening.corrected(images).shape == [500, 3, 1, 1])
  }

  @Test func wrongShapesStop() async {
    await #expect(processExitsWith: .failure) { _ = Whitening(fittedTo: .zeros([3]), kind: .zca) }
    await #expect(processExitsWith: .failure) { _ = Whitening(fittedTo: .zeros([3, 2]), kind: .pca(components: 3)) }
    await #expect(processExitsWith: .failure) {
      _ = Whitening(fittedTo: .ones([3, 2]), kind: .zca).corrected(.zeros([3, 4]))
    }
  }
}
