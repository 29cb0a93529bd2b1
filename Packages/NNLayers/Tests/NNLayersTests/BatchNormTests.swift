import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct BatchNormTests {
  /// A batch of two features: (1, 10), (3, 30), (5, 20): means 3 and 20, variances 8/3 and 200/3, unbiased 4 and 100.
  private let batch: Tensor<Float> = [[1, 10], [3, 30], [5, 20]]

  private func floats(_ buffer: Buffer?) -> [Float] {
    guard case .tensor(let value)? = buffer?.value else { return [] }
    return value.floats.scalars
  }

  private func count(_ layer: some BatchNormLayer) -> Int64? {
    guard case .int64(let count)? = layer.normalization.batchCount?.value else { return nil }
    return count.scalar
  }

  @Test func namesAndShapesAreTorchvisions() {
    let state = Sequential(BatchNorm2d(3)).stateDictionary()
    #expect(
      state.entries.map(\.name) == [
        "0.weight", "0.bias", "0.running_mean", "0.running_var", "0.num_batches_tracked",
      ])
    #expect(state.entries.map(\.value.shape) == [[3], [3], [3], [3], []])
    guard case .int64(let batches)? = state["0.num_batches_tracked"] else {
      Issue.record("the batches are not counted in Int64")
      return
    }
    #expect(batches.scalar == 0)
    #expect(
      BatchNorm2d(3, affine: false).namedState.map(\.name) == ["running_mean", "running_var", "num_batches_tracked"])
    #expect(BatchNorm2d(3, tracksStatistics: false).namedState.map(\.name) == ["weight", "bias"])
    #expect(BatchNorm2d(3).parameterCount == 6)
  }

  /// (x - μ) / √σ² by hand: -2/√(8/3) = -1.2247449 and so on.
  @Test func trainingNormalizesByTheBatch() {
    let layer = BatchNorm1d(2, epsilon: 0)
    let y = layer(batch, .training(seed: 1)).floats.scalars
    let step = Float(2 / (8.0 / 3).squareRoot())
    for (got, expected) in zip(y, [-step, -step, 0, step, step, 0]) { #expect(abs(got - expected) < 1e-6) }
  }

  @Test func averagesFollowPyTorchsMomentum() {
    let layer = BatchNorm1d(2)
    _ = layer(batch, .training(seed: 1))
    // 0.9 · 0 + 0.1 · 3 and 20; 0.9 · 1 + 0.1 · 4 and 100 (the unbiased variances).
    #expect(floats(layer.normalization.runningMean) == [0.3, 2])
    #expect(floats(layer.normalization.runningVariance) == [1.3, 10.9])
    #expect(count(layer) == 1)
  }

  @Test func keraMomentumWeighsTheOldValue() {
    let layer = BatchNorm1d(2, average: .exponential(oldWeight: 0.75))
    _ = layer(batch, .training(seed: 1))
    #expect(floats(layer.normalization.runningMean) == [0.75, 5])
    #expect(RunningAverage.exponential(oldWeight: 0.75) == .exponential(newWeight: 0.25))
  }

  /// The mean over all batches: of (3, 20) and, for the batch shifted by 2, (5, 22).
  @Test func wholeSetAveragesAllBatchesAlike() {
    let layer = BatchNorm1d(2, average: .wholeSet)
    _ = layer(batch, .training(seed: 1))
    #expect(floats(layer.normalization.runningMean) == [3, 20])
    _ = layer(batch + 2, .training(seed: 2))
    #expect(floats(layer.normalization.runningMean) == [4, 21])
    #expect(floats(layer.normalization.runningVariance) == [4, 100])
    #expect(count(layer) == 2)
  }

  @Test func inferenceUsesTheAveragesAndChangesNothing() throws {
    let layer = BatchNorm1d(2, epsilon: 0, average: .exponential(newWeight: 1))
    _ = layer(batch, .training(seed: 1))
    // (7 - 3)/√4 and (0 - 20)/√100: a batch of one is welcome.
    #expect(try layer.predict([[7, 0]]) == [[2, -2]])
    #expect(floats(layer.normalization.runningMean) == [3, 20])
    #expect(count(layer) == 1)
  }

  @Test func withoutAveragesInferenceUsesTheBatch() throws {
    let layer = BatchNorm1d(2, tracksStatistics: false)
    #expect(try layer.predict(batch) == layer(batch, .training(seed: 1)).floats)
  }

  @Test func aSecondCalculationDoesNotCountTwice() {
    let layer = BatchNorm1d(2)
    _ = layer(batch, Context(mode: .training, updatesBuffers: false))
    #expect(floats(layer.normalization.runningMean) == [0, 0])
    #expect(count(layer) == 0)
  }

  @Test func aRunInDoubleKeepsStateInFloat() {
    let layer = BatchNorm1d(2)
    let y = layer(batch, .training(seed: 1, precision: .double))
    #expect(y.precision == .double)
    #expect(floats(layer.normalization.runningMean) == [0.3, 2])
    guard case .tensor(.float)? = layer.normalization.runningMean?.value else {
      Issue.record("the averages changed their type")
      return
    }
  }

  @Test(arguments: [[4, 3, 5, 5], [16, 3, 2, 2]] as [Shape]) func lectureGammaSigmaBetaMuRecoversTheIdentity(
    _ shape: Shape
  ) {
    var random = RandomStream(seed: 5)
    let x = Tensor<Double>.normal(shape, mean: 2, deviation: 3, using: &random)
    let statistics = x.channelStatistics()
    let layer = BatchNorm2d(3, epsilon: 0)
    layer.weight?.value = .double(statistics.variance.sqrt())
    layer.bias?.value = .double(statistics.mean)
    let y = layer(Variable(x), Context(mode: .training, precision: .double)).doubles
    #expect(zip(y.scalars, x.scalars).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func lectureBiasBeforeBatchNormIsRedundant() {
    let (linear, norm) = seeded(3) { (Linear(4, 3), BatchNorm1d(3)) }
    let x = Tensor<Float>([1, 2, 3, 4, -1, 0, 2, 1, 0.5, -2, 1, 3], shape: [3, 4])
    let context = Context.training(seed: 1, precision: .double)
    let loss =
      (norm(linear(x, context), context) * Variable(Tensor<Double>([1, 2, 3, -1, 0, 2, 5, 1, 1], shape: [3, 3]))).sum()
    let gradient = loss.gradients()[linear.bias!]!.doubles
    #expect(gradient.scalars.allSatisfy { abs($0) < 1e-12 })
    let before = Sequential(linear, norm)(x, .training(seed: 1)).floats
    linear.bias?.value = .float(Tensor([7, -3, 2]))
    let after = Sequential(linear, norm)(x, .training(seed: 1)).floats
    #expect(zip(before.scalars, after.scalars).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  /// For two values ±d around the mean and ε = 0, x̂ = ±1 whatever x: the exact gradient with respect to x is 0.
  @Test func lectureExactBackwardPassOfTwoValues() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([1, 5], shape: [2, 1]))
    let loss = (x.batchNorm(epsilon: 0).output * Variable(Tensor<Double>([3, 7], shape: [2, 1]))).sum()
    #expect(loss.item == 4)
    #expect(loss.gradients()[x]?.doubles.scalars == [0, 0])
  }

  /// x = (2, 2, 6, 6), γ = 3, β = 1, ε = 0, and the output's gradient g = (1, 2, 3, 6), in the steps of the paper:
  /// μ = 4, σ² = 4, x̂ = (-1, -1, 1, 1), y = 3 x̂ + 1 = (-2, -2, 4, 4);
  /// dβ = 1 + 2 + 3 + 6 = 12, dγ = -1 - 2 + 3 + 6 = 6, dx̂ = 3 g = (3, 6, 9, 18);
  /// dσ² = Σ dx̂ (x - μ) · -1/2 · 4^(-3/2) = (-6 - 12 + 18 + 36) · -1/16 = -9/4;
  /// dμ = Σ dx̂ · -1/2 = -18, and through σ² nothing, since Σ (x - μ) = 0;
  /// dx = dx̂/2 + dσ² · 2 (x - μ)/4 + dμ/4 = (1.5, 3, 4.5, 9) + (2.25, 2.25, -2.25, -2.25) - 4.5 = (-0.75, 0.75, -2.25, 2.25).
  @Test func lectureExactBackwardPassByHand() {
    let layer = BatchNorm1d(1, epsilon: 0)
    layer.weight?.value = .float(Tensor([3]))
    layer.bias?.value = .float(Tensor([1]))
    let context = Context.training(seed: 1, precision: .double)
    let tape = context.tape!
    let x = tape.watch(Tensor<Double>([2, 2, 6, 6], shape: [4, 1]))
    let y = layer(x, context)
    #expect(y.doubles.scalars == [-2, -2, 4, 4])
    let gradients = (y * Variable(Tensor<Double>([1, 2, 3, 6], shape: [4, 1]))).sum().gradients()
    #expect(gradients[layer.bias!]?.doubles.scalars == [12])
    #expect(gradients[layer.weight!]?.doubles.scalars == [6])
    #expect(gradients[x]?.doubles.scalars == [-0.75, 0.75, -2.25, 2.25])
  }

  @Test func oneValuePerChannelInTrainingStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm2d(3)(Tensor<Float>.ones([1, 3, 1, 1]), .training(seed: 1))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[BatchNorm2d] training needs more than one value per channel, the input is [1, 3, 1, 1]"))
  }

  @Test func wrongInputsThrowBeforehand() {
    func message(_ layer: some BatchNormLayer, _ shape: Shape) -> String? {
      #expect(throws: InputError.self) { try layer.predict(.zeros(shape)) }?.description
    }
    #expect(message(BatchNorm1d(3), [2, 4]) == "BatchNorm1d takes an input of [N, 3] or [N, 3, L], this one is [2, 4]")
    #expect(message(BatchNorm2d(3), [2, 3]) == "BatchNorm2d takes an input of [N, 3, H, W], this one is [2, 3]")
    #expect(message(BatchNorm3d(3), [3]) == "BatchNorm3d takes an input of [N, 3, D, H, W], this one is [3]")
  }

  @Test func volumesAndSequencesAreNormalizedOverAllButTheChannel() {
    let x = Tensor<Float>((0..<48).map { Float($0 * $0 % 17) }, shape: [2, 2, 12])
    let sequence = BatchNorm1d(2)(x, .training(seed: 1)).floats
    let volume = BatchNorm3d(2)(x.reshaped([2, 2, 3, 2, 2]), .training(seed: 1)).floats
    let image = BatchNorm2d(2)(x.reshaped([2, 2, 3, 4]), .training(seed: 1)).floats
    #expect(volume.scalars == sequence.scalars && image.scalars == sequence.scalars)
  }
}
