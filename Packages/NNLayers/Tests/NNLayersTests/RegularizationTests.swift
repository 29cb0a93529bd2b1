import Autograd
import NNLayers
import TensorCore
import Testing

/// The layers that make training harder, but for ``Dropout``.
struct RegularizationTests {
  @Test(arguments: [1, 2]) func theMasksDoNotDependOnThreads(_ threads: Int) {
    let before = ThreadPool.threadCount
    defer { ThreadPool.threadCount = before }
    let x = Tensor<Float>.ones([300, 400])
    ThreadPool.threadCount = threads
    let (a, b) = (Dropout(0.5)(x, .training(seed: 3)), GaussianNoise(deviation: 1)(x, .training(seed: 3)))
    ThreadPool.threadCount = 3 - threads
    #expect(Dropout(0.5)(x, .training(seed: 3)).floats == a.floats)
    #expect(GaussianNoise(deviation: 1)(x, .training(seed: 3)).floats == b.floats)
  }

  @Test func inferenceIsTheIdentity() throws {
    let x = Tensor<Float>([1, -2, 3, 4, 0.5, 7], shape: [1, 2, 3])
    #expect(try SpatialDropout(0.5).predict(x) == x)
    #expect(try AlphaDropout(0.5).predict(x) == x)
    #expect(try StochasticDepth(0.5).predict(x) == x)
    #expect(try GaussianNoise(deviation: 2).predict(x) == x)
  }

  /// Dropout may act in inference, as for Monte-Carlo dropout, and rest in training; what it draws is the same.
  @Test func theContextSaysWhetherTheyAct() {
    let x = Tensor<Float>([1, -2, 3, 4, 0.5, 7, -0.25, 9], shape: [2, 2, 2])
    let connections = seeded(1) { DropConnect(2, 3) }
    let layers: [any Layer] = [
      Dropout(0.5), Dropout(0.5, scaling: .inference), SpatialDropout(0.5), AlphaDropout(0.5), StochasticDepth(0.5),
      GaussianNoise(deviation: 2), connections,
    ]
    for layer in layers {
      let acting = Context(mode: .inference, random: RandomStream(seed: 4), dropsOut: true)
      let resting = Context(mode: .training, random: RandomStream(seed: 4), dropsOut: false)
      let usual = layer(x, .inference).floats
      #expect(layer(x, acting).floats == layer(x, .training(seed: 4)).floats, "\(layer.typeName)")
      #expect(layer(x, acting).floats != usual, "\(layer.typeName)")
      #expect(layer(x, resting).floats == usual, "\(layer.typeName)")
    }
  }

  @Test func gradientsAgree() {
    let x: Tensor<Double> = [[[0.3, -1], [2, 0.7]], [[0.1, -0.4], [1, 1.5]], [[-2, 0.2], [0.9, -0.8]]]
    #expect(gradientError(SpatialDropout(0.4), at: x) < 1e-6)
    #expect(gradientError(AlphaDropout(0.4), at: x) < 1e-6)
    #expect(gradientError(StochasticDepth(0.4), at: x) < 1e-6)
    #expect(gradientError(StochasticDepth(0.4, per: .batch), at: x, seed: 4) < 1e-6)
    #expect(gradientError(GaussianNoise(deviation: 0.3), at: x) < 1e-6)
    #expect(gradientError(seeded(2) { DropConnect(2, 3, probability: 0.4) }, at: x) < 1e-6)
  }

  /// 60 × 50 channels of 2 × 2: each is dropped or multiplied by 1 / 0.8 as a whole; p = 0.2 has a deviation of 0.0073 over
  /// 3,000; five of them are allowed.
  @Test func channelsAreDroppedAsAWhole() {
    let y = SpatialDropout(0.2)(Tensor<Float>.ones([60, 50, 2, 2]), .training(seed: 1)).floats
    let channels = y.reshaped([3000, 4]).scalars
    let sums = (0..<3000).map { channel -> Float in channels[channel * 4..<channel * 4 + 4].reduce(0, +) }
    #expect(sums.allSatisfy { $0 == 0 || $0 == 5 })
    #expect(abs(Double(sums.count { $0 == 0 }) / 3000 - 0.2) < 0.037)
  }

  /// 200,000 Gaussian numbers: the mean of the output has a deviation of 0.0022, the variance one of about 0.0035.
  @Test(arguments: [0.1, 0.5]) func alphaDropoutKeepsMeanAndVariance(_ probability: Double) {
    var random = RandomStream(seed: 8)
    let x = Tensor<Float>.normal([200_000], using: &random)
    let y = AlphaDropout(probability)(x, .training(seed: 2)).floats
    #expect(abs(y.mean().scalar) < 0.012)
    #expect(abs(y.variance().scalar - 1) < 0.018)
    // What is dropped lies at a α' + b = a α' (1 - p), what stays at a x + b.
    let lowest = -1.7580993408473766
    let a = 1 / ((1 - probability) * (1 + probability * lowest * lowest)).squareRoot()
    let (low, b) = (a * lowest * (1 - probability), -a * probability * lowest)
    let isDropped = y.scalars.map { abs(Double($0) - low) < 1e-6 }
    // A share of 200,000 has a deviation of 0.0011 at most; five of them are allowed.
    #expect(abs(Double(isDropped.count { $0 }) / 200_000 - probability) < 0.0056)
    let stays = zip(zip(x.scalars, y.scalars), isDropped).allSatisfy { pair, isDropped in
      isDropped || abs(a * Double(pair.0) + b - Double(pair.1)) < 1e-5
    }
    #expect(stays)
  }

  /// With the identity for an input the output is the weight's columns: each connection is missing or doubled.
  @Test func connectionsAreDropped() throws {
    let layer = seeded(1) { DropConnect(60, 50, bias: false) }
    let identity = Tensor<Float>.identity(60)
    let all = try layer.predict(identity).scalars
    let some = layer(identity, .training(seed: 1)).floats.scalars
    #expect(zip(all, some).allSatisfy { $1 == 0 || abs($1 - 2 * $0) < 1e-6 })
    #expect(abs(Double(some.count { $0 == 0 }) / 3000 - 0.5) < 0.046)
  }

  @Test func dropConnectPredictsAsLinear() throws {
    let layer = seeded(1) { DropConnect(3, 2, probability: 0.3) }, linear = seeded(1) { Linear(3, 2) }
    #expect(layer.namedState.map(\.name) == ["weight", "bias"])
    let x: Tensor<Float> = [[1, 2, 3], [-1, 0, 4]]
    #expect(try layer.predict(x) == linear.predict(x))
    let error = #expect(throws: InputError.self) { try layer.predict([[1, 2]]) }
    #expect(error?.description == "DropConnect takes an input of […, 3], this one is [1, 2]")
  }

  /// The mean over 2,000 masks is inference: one connection's 0 or 1 / (1 - p) has the deviation √(p / (1 - p)).
  @Test func dropConnectKeepsTheExpectation() throws {
    let layer = DropConnect(1, 2000, probability: 0.75, bias: false, initializer: .ones)
    let mean = layer(Tensor<Float>([2], shape: [1, 1]), .training(seed: 1)).floats.mean().scalar
    // Five of the deviation 2 √3 / √2000 = 0.077.
    #expect(abs(mean - 2) < 0.39)
  }

  @Test func stochasticDepthLeavesOutSamplesOrBatches() {
    let x = Tensor<Float>.ones([2000, 3])
    let rows = StochasticDepth(0.2)(x, .training(seed: 1)).floats.scalars
    let sums = (0..<2000).map { row -> Float in rows[row * 3..<row * 3 + 3].reduce(0, +) }
    #expect(sums.allSatisfy { $0 == 0 || $0 == 3.75 })
    // A share of 2,000 at p = 0.2 has a deviation of 0.0089; five of them are allowed. Likewise below, of 500: 0.0179.
    #expect(abs(Double(sums.count { $0 == 0 }) / 2000 - 0.2) < 0.045)
    let batches = (0..<500).map { (seed: UInt64) -> Set<Float> in
      Set(StochasticDepth(0.2, per: .batch)(x, .training(seed: seed)).floats.scalars)
    }
    #expect(batches.allSatisfy { $0 == [0] || $0 == [1.25] })
    #expect(abs(Double(batches.count { $0 == [0] }) / 500 - 0.2) < 0.09)
  }

  /// 100,000 numbers: five deviations of the mean, 2 / √10⁵, and of the variance, 4 √(2 / 10⁵).
  @Test func noiseHasItsDeviation() {
    let y = GaussianNoise(deviation: 2)(Tensor<Float>(repeating: 3, shape: [100_000]), .training(seed: 1)).floats
    #expect(abs(y.mean().scalar - 3) < 0.032)
    #expect(abs(y.variance().scalar - 4) < 0.09)
  }

  @Test func wrongInputsStopOrThrow() async {
    let error = #expect(throws: InputError.self) { try SpatialDropout(0.5).predict([[1, 2]]) }
    #expect(error?.description == "SpatialDropout takes an input of [N, C, d₁, …], this one is [1, 2]")
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SpatialDropout(0.5)(Tensor<Float>.zeros([2, 3]), .inference)
    }
    #expect(says(channels, "[SpatialDropout] needs channels with positions [N, C, …], the input is [2, 3]"))
    let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DropConnect(3, 4)(Tensor<Float>.zeros([2, 5]), .training(seed: 1))
    }
    #expect(says(features, "[DropConnect] weight [4, 3] needs 3 features, the input is [2, 5]"))
    let noise = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianNoise(deviation: -1)
    }
    #expect(says(noise, "[GaussianNoise] the deviation -1.0 is negative"))
  }

  private func says(_ result: ExitTest.Result?, _ message: String) -> Bool {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).contains(message)
  }
}
