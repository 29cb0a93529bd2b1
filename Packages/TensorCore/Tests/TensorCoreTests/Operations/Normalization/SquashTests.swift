import TensorCore
import Testing

struct SquashTests {
  /// Of (3, 4) the length is 5 and 5 / 26 the factor; of (0, 1) 1 and 1 / 2; a vector of zeros stays.
  @Test func byHand() {
    let x: Tensor<Double> = [[3, 4], [0, 1], [0, 0]]
    #expect(x.lengths() == [5, 1, 0])
    let squashed: [Double] = [15 / 26.0, 20 / 26.0, 0, 0.5, 0, 0]
    for (got, expected) in zip(x.squashed().scalars, squashed) {
      #expect(abs(got - expected) < 1e-15)
    }
  }

  /// At (0, 1): f = 1/2 and f' = 0, so that dx = g / 2. At (2, 0): f = 2 / 5, f' = -3 / 25, u · g = g₀, so that
  /// dx = (2/5 - 6/25) g₀, 2/5 g₁. At 0 the slope is 0.
  @Test func gradientByHand() {
    let x: Tensor<Double> = [[0, 1], [2, 0], [0, 0]], g: Tensor<Double> = [[1, 3], [5, 10], [7, 7]]
    let slopes: [Double] = [0.5, 1.5, 0.8, 4, 0, 0]
    for (got, expected) in zip(g.squashedGradient(input: x).scalars, slopes) {
      #expect(abs(got - expected) < 1e-15)
    }
    let lengths = ([2, 3, 4] as Tensor<Double>).lengthsGradient(input: x, lengths: x.lengths())
    #expect(lengths == [[0, 2], [3, 0], [0, 0]])
  }

  /// The new length is n² / (1 + n²), near 1 for long vectors; the direction stays, and no vector becomes NaN.
  @Test func longAndShortVectors() {
    let scales: [Float] = [1e-30, 1e-15, 1e-3, 1, 30, 1e4, 1e15]
    let x = Tensor<Float>(scales.flatMap { [$0 * 0.6, $0 * -0.8] }, shape: [scales.count, 2])
    let y = x.squashed()
    let expected = scales.map { scale -> Double in
      let squared = Double(scale) * Double(scale)
      return squared / (1 + squared)
    }
    for (got, wanted) in zip(y.converted(to: Double.self).lengths().scalars, expected) {
      #expect(abs(got - wanted) <= 1e-6 * wanted + 1e-38)
    }
    #expect(y.scalars.allSatisfy { $0.isFinite })
    let slopes = Tensor<Float>.ones([scales.count, 2]).squashedGradient(input: x)
    #expect(slopes.scalars.allSatisfy { $0.isFinite })
  }

  @Test func withoutVectors() async {
    #expect(Tensor<Float>.zeros([0, 3]).squashed().shape == [0, 3])
    #expect(Tensor<Float>.zeros([2, 0]).lengths() == [0, 0])
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(3).lengths() }
  }
}
