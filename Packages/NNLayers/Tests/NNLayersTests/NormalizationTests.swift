import Autograd
import NNLayers
import TensorCore
import Testing

/// Whether these are the same numbers, but for rounding.
func isClose(_ got: [Double], to expected: [Double], within bound: Double) -> Bool {
  got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) < bound }
}

/// Layer, RMS, group and instance normalisation.
struct NormalizationTests {
  private func floats(_ buffer: Buffer?) -> [Float] {
    guard case .tensor(let value)? = buffer?.value else { return [] }
    return value.floats.scalars
  }

  private func message(_ layer: some Layer, _ shape: Shape) -> String? {
    #expect(throws: InputError.self) { try layer.predict(.zeros(shape)) }?.description
  }

  @Test func namesAndShapesAreTorchvisions() {
    func state(_ layer: some Layer) -> [String] { layer.namedState.map { "\($0.name) \($0.cell.shape)" } }
    #expect(state(LayerNorm([3, 4])) == ["weight [3, 4]", "bias [3, 4]"])
    #expect(state(LayerNorm([4], bias: false)) == ["weight [4]"])
    #expect(state(LayerNorm([4], affine: false)).isEmpty)
    #expect(state(RMSNorm([4])) == ["weight [4]"])
    #expect(state(GroupNorm(groups: 2, 6)) == ["weight [6]", "bias [6]"])
    #expect(state(GroupNorm(groups: 2, 6, affine: false)).isEmpty)
    #expect(state(InstanceNorm2d(6)).isEmpty)
    #expect(
      state(InstanceNorm1d(2, affine: true, tracksStatistics: true)) == [
        "weight [2]", "bias [2]", "running_mean [2]", "running_var [2]", "num_batches_tracked []",
      ])
  }

  /// (1, 3, 5, 7) has mean 4 and variance 5, (0, 0, 8, 8) mean 4 and variance 16; with ε = 4 the roots are 3 and √20.
  @Test func layerNormByHand() throws {
    let layer = LayerNorm([4], epsilon: 4)
    layer.weight?.value = .float(Tensor([3, 6, 9, 3]))
    layer.bias?.value = .float(Tensor([0, 0, 1, 10]))
    let y = try layer.predict([[1, 3, 5, 7], [0, 0, 8, 8]]).scalars.map(Double.init)
    let step = 4 / 20.0.squareRoot()
    let second: [Double] = [-3 * step, -6 * step, 9 * step + 1, 3 * step + 10]
    #expect(isClose(y, to: [-3, -2, 4, 13] + second, within: 1e-5))
  }

  /// √(mean of 9 and 16, plus ε): 5/√2 without ε.
  @Test func rmsNormByHand() throws {
    let y = try RMSNorm([2], epsilon: 0).predict([[3, 4]]).scalars
    let root = 2.0.squareRoot()
    #expect(isClose(y.map(Double.init), to: [0.6 * root, 0.8 * root], within: 1e-6))
  }

  /// Values of 2⁻¹¹ have mean square 2⁻²²; Float's own ε is 2⁻²³, Double's is far below.
  @Test func rmsNormsEpsilonIsThePrecisions() {
    let x = Tensor<Float>(repeating: Float(sign: .plus, exponent: -11, significand: 1), shape: [1, 2])
    let float = RMSNorm([2])(x, .inference).floats.scalars[0]
    let double = RMSNorm([2])(x, Context(mode: .inference, precision: .double)).doubles.scalars[0]
    #expect(abs(float - 1 / Float(1.5).squareRoot()) < 1e-6)
    #expect(abs(double - 1) < 1e-9)
  }

  /// Two groups of two channels with one position: (1, 3) and (2, 6) have means 2 and 4, variances 1 and 4.
  @Test func groupNormByHand() throws {
    let layer = GroupNorm(groups: 2, 4, epsilon: 0)
    layer.weight?.value = .float(Tensor([1, 2, 3, 4]))
    layer.bias?.value = .float(Tensor([0, 0, 1, 1]))
    #expect(try layer.predict([[1, 3, 2, 6]]) == [[-1, 2, -2, 5]])
  }

  /// Batch norm: each channel of the batch; layer norm: each image; instance norm: each channel of each image; group norm:
  /// the channels of a group of each image. Over those values the mean is 0 and the variance 1.
  @Test func lectureWhichAxesAreNormalized() {
    var random = RandomStream(seed: 3)
    let x = Tensor<Float>.normal([3, 4, 2, 5], mean: 2, deviation: 3, using: &random)
    func moments(_ layer: some Layer, _ shape: Shape, _ axes: [Int]) -> Bool {
      let y = layer(x, .training(seed: 1)).floats.reshaped(shape)
      let (means, variances) = (y.mean(along: axes), y.variance(along: axes))
      return means.scalars.allSatisfy { abs($0) < 1e-6 } && variances.scalars.allSatisfy { abs($0 - 1) < 1e-4 }
    }
    #expect(moments(BatchNorm2d(4), x.shape, [0, 2, 3]))
    #expect(moments(LayerNorm([4, 2, 5]), x.shape, [1, 2, 3]))
    #expect(moments(InstanceNorm2d(4), x.shape, [2, 3]))
    #expect(moments(GroupNorm(groups: 2, 4), [3, 2, 2, 2, 5], [2, 3, 4]))
    #expect(!moments(GroupNorm(groups: 2, 4), x.shape, [2, 3]))
  }

  @Test func lectureTheyAreTheSameInTrainingAndTest() throws {
    var random = RandomStream(seed: 4)
    let x = Tensor<Float>.normal([3, 4, 2, 5], mean: 2, deviation: 3, using: &random)
    let layers: [any Layer] = [LayerNorm([2, 5]), RMSNorm([5]), GroupNorm(groups: 2, 4), InstanceNorm2d(4)]
    for layer in layers { #expect(try layer.predict(x) == layer(x, .training(seed: 1)).floats) }
    // An image by itself comes out as it does among others; with batch norm it would not.
    for layer in layers { #expect(try layer.predict(x.slice([0..<1])) == layer.predict(x).slice([0..<1])) }
  }

  @Test func groupNormsEndsAreInstanceAndLayerNorm() throws {
    let x = Tensor<Float>((0..<48).map { Float($0 * $0 % 17) }, shape: [2, 4, 2, 3])
    func close(_ a: some Layer, _ b: some Layer) throws -> Bool {
      zip(try a.predict(x).scalars, try b.predict(x).scalars).allSatisfy { abs($0 - $1) < 1e-5 }
    }
    #expect(try close(GroupNorm(groups: 4, 4), InstanceNorm2d(4)))
    #expect(try close(GroupNorm(groups: 1, 4), LayerNorm([4, 2, 3])))
  }

  /// Images (1, 3) and (5, 9): means 2 and 7, unbiased variances 2 and 8, on average 4.5 and 5.
  @Test func instanceNormsAverages() throws {
    let x = Tensor<Float>([1, 3, 5, 9], shape: [2, 1, 2])
    let layer = InstanceNorm1d(1, tracksStatistics: true)
    let y = layer(x, .training(seed: 1)).floats.scalars
    #expect(isClose(y.map(Double.init), to: [-1, 1, -1, 1], within: 1e-5))
    let averages = floats(layer.normalization.runningMean) + floats(layer.normalization.runningVariance)
    #expect(isClose(averages.map(Double.init), to: [0.45, 1.4], within: 1e-6))
    let exact = InstanceNorm1d(1, epsilon: 4, average: .exponential(newWeight: 1), tracksStatistics: true)
    _ = exact(x, .training(seed: 1))
    // Inference: (x - 4.5) / √(5 + 4).
    #expect(try exact.predict(Tensor([4.5, 10.5], shape: [1, 1, 2])).scalars == [0, 2])
  }

  @Test func sequencesAndVolumes() throws {
    let x = Tensor<Float>((0..<24).map { Float($0 * $0 % 17) }, shape: [2, 2, 6])
    let y = try InstanceNorm1d(2).predict(x).scalars
    #expect(try InstanceNorm2d(2).predict(x.reshaped([2, 2, 2, 3])).scalars == y)
    #expect(try InstanceNorm3d(2).predict(x.reshaped([2, 2, 1, 2, 3])).scalars == y)
  }

  @Test func wrongInputsThrowBeforehand() {
    #expect(
      message(LayerNorm([3]), [2, 4]) == "LayerNorm takes an input of a shape that ends in [3], this one is [2, 4]")
    #expect(message(RMSNorm([3]), [2, 4]) == "RMSNorm takes an input of a shape that ends in [3], this one is [2, 4]")
    #expect(message(GroupNorm(groups: 1, 3), [2, 4]) == "GroupNorm takes an input of [N, 3, …], this one is [2, 4]")
    #expect(
      message(InstanceNorm2d(3), [2, 3, 4]) == "InstanceNorm2d takes an input of [N, 3, H, W], this one is [2, 3, 4]")
  }

  @Test func oneValuePerChannelOfAnImageStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = InstanceNorm2d(3)(Tensor<Float>.ones([5, 3, 1, 1]), .training(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      text.contains("[InstanceNorm2d] needs more than one value per channel of an image, the input is [5, 3, 1, 1]"))
  }
}
