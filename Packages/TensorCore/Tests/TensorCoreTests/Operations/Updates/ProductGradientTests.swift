import TensorCore
import Testing

struct ProductGradientTests {
  /// In parts or whole: the same bits, for each way the factors can lie. The sizes are those of fully connected layers, whose
  /// sums are as long as the batch.
  @Test func rowsAreThoseOfTheProduct() {
    for (m, n, k) in [(300, 5000, 8), (257, 4096, 16), (129, 10_000, 1), (64, 9001, 33), (1000, 70, 500)] {
      for (left, right) in [(false, false), (true, false), (true, true)] {
        var random = RandomStream(seed: 3)
        let a = Tensor<Float>.normal(left ? [k, m] : [m, k], using: &random)
        let b = Tensor<Float>.normal(right ? [n, k] : [k, n], using: &random)
        let product = ProductGradient(a, b, transposingLeft: left, transposingRight: right)
        #expect(product.shape == [m, n])
        let whole = product.tensor
        #expect(whole == a.matmul(b, transposingLeft: left, transposingRight: right))
        let parts = Tensor.concatenated(product.runs.map { product.rows($0) })
        #expect(parts == whole, "\(m) \(n) \(k) \(left) \(right)")
      }
    }
  }

  /// Runs follow one another from the first row to the last, and none is short.
  @Test func runsCoverTheRows() {
    for (m, n) in [(4096, 25_088), (1, 1 << 21), (63, 40_000), (130, 1 << 16), (1000, 4096)] {
      let runs = ProductGradient<Float>(.ones([m, 1]), .ones([1, n])).runs
      #expect(runs.first?.lowerBound == 0 && runs.last?.upperBound == m)
      #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(runs.count == 1 || runs.allSatisfy { $0.count >= 64 })
    }
  }

  @Test func inDouble() {
    let product = ProductGradient<Double>([[1, 2]], [[3], [4]])
    #expect(product.tensor == [[11]])
    #expect(product.rows(0..<1) == [[11]])
  }

  @Test func wrongShapesStop() async {
    await #expect(processExitsWith: .failure) { _ = ProductGradient<Float>(.ones([2]), .ones([2, 3])) }
    await #expect(processExitsWith: .failure) { _ = ProductGradient<Float>(.ones([2, 4]), .ones([2, 3])) }
    await #expect(processExitsWith: .failure) {
      _ = ProductGradient<Float>(.ones([2, 4]), .ones([4, 3])).rows(1..<3)
    }
  }
}
