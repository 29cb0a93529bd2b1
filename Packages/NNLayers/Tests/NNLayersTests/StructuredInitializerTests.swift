import Autograd
import NNLayers
import TensorCore
import Testing

struct StructuredInitializerTests {
  private func draw(_ initializer: Initializer, _ shape: Shape) -> Tensor<Float> {
    var random = RandomStream(seed: 5)
    return initializer(shape, using: &random)
  }

  /// W Wᵀ = gain² · 1 for wide matrices, Wᵀ W for tall ones.
  @Test func orthogonal() {
    for shape: Shape in [[20, 50], [50, 20], [32, 32], [1, 4], [12, 4, 3, 3], [64, 2, 3, 3]] {
      let w = draw(.orthogonal(gain: 2), shape).reshaped([shape[0], shape.sizes[1...].reduce(1, *)])
        .converted(to: Double.self)
      let tall = w.shape[0] > w.shape[1]
      let product = w.matmul(w, transposingLeft: tall, transposingRight: !tall)
      let difference = (product - Tensor<Double>.identity(product.shape[0]) * 4).abs()
      #expect(difference.scalars.max().map { $0 < 2e-6 } == true, "\(shape)")
    }
  }

  /// R's diagonal is positive, so each first row is its Gaussian draw, scaled: its sign is not fixed, all directions are
  /// equally likely. Over 400 matrices of 2×2, det = ±1 each about half of the time (deviation 10 of 400).
  @Test func orthogonalMatricesOfBothOrientations() {
    var random = RandomStream(seed: 8)
    var turns = 0
    var positive = 0
    for _ in 0..<400 {
      let w = Initializer.orthogonal()([2, 2], using: &random).scalars
      if w[0] * w[3] - w[1] * w[2] > 0 { turns += 1 }
      if w[0] > 0 { positive += 1 }
    }
    #expect(abs(turns - 200) < 50)
    #expect(abs(positive - 200) < 50)
  }

  @Test func identity() {
    #expect(draw(.identity, [2, 3]).scalars == [1, 0, 0, 0, 1, 0])
    #expect(draw(.identity, [3, 2]).scalars == [1, 0, 0, 1, 0, 0])
  }

  /// Channels pass through a convolution of zero padding; with two groups each group's first channels do.
  @Test func dirac() throws {
    var random = RandomStream(seed: 2)
    let x = Tensor<Float>.normal([1, 4, 5, 6], mean: 0, deviation: 1, using: &random)
    let same = Conv2d(4, 4, kernelSize: 3, padding: .same, bias: false, initializer: .dirac())
    #expect(try same.predict(x) == x)
    let narrow = Conv2d(4, 2, kernelSize: 5, padding: .same, groups: 2, bias: false, initializer: .dirac(groups: 2))
    let expected = Tensor.concatenated([x.slice(axis: 1, range: 0..<1), x.slice(axis: 1, range: 2..<3)], along: 1)
    #expect(try narrow.predict(x) == expected)
    #expect(draw(.dirac(), [2, 1, 3]).scalars == [0, 1, 0, 0, 0, 0])
    #expect(draw(.dirac(), [1, 1, 2, 3, 3]).scalars.firstIndex(of: 1) == 13)
  }

  /// 90 % of each row's 300 weights are zero; the 6,000 others have the deviation given, known to 1 %.
  @Test func sparse() {
    let w = draw(.sparse(0.9, deviation: 0.5), [200, 300])
    var energy = 0.0
    for row in 0..<200 {
      let values = w.element(at: row).scalars
      #expect(values.count { $0 == 0 } == 270)
      energy += values.reduce(0) { $0 + Double($1) * Double($1) }
    }
    #expect(abs((energy / 6000).squareRoot() / 0.5 - 1) < 0.05)
    #expect(draw(.sparse(0.1), [1, 7]).scalars.count { $0 == 0 } == 1)  // 0.7, rounded up
  }

  @Test func wrongShapesStop() async {
    await #expect(processExitsWith: .failure) { _ = Initializer.orthogonal()([3]) }
    await #expect(processExitsWith: .failure) { _ = Initializer.dirac(groups: 2)([3, 1, 3, 3]) }
    await #expect(processExitsWith: .failure) { _ = Initializer.heNormal([3]) }
  }
}
