import Autograd
import Datasets
import Foundation
import NNLayers
import Synchronization
import TensorCore
import Testing
import Training

/// The checks pass for a sound network, and each fails for one that is built to fail it.
struct SanityChecksTests {
  /// Forty random images of 16 numbers in four classes.
  private static func batch(_ count: Int = 40) -> (images: Tensor<Float>, labels: Tensor<Int64>) {
    var random = RandomStream(seed: 5)
    let images = Tensor<Float>.normal([count, 16], using: &random)
    return (images, Tensor((0..<count).map { Int64($0 % 4) }, shape: [count]))
  }

  private static func report(_ model: any Layer, _ change: (inout SanitySettings) -> Void = { _ in }) throws
    -> SanityReport
  {
    let (images, labels) = batch()
    var settings = SanitySettings()
    settings.learningRate = 0.01
    change(&settings)
    return try sanityChecks(model, images: images, labels: labels, settings: settings)
  }

  private static func sound() -> Sequential {
    seeded(1) { Sequential(Linear(16, 24), ReLU(), Dropout(0.3), Linear(24, 24), Tanh(), Linear(24, 4)) }
  }

  private func kinds(_ report: SanityReport) -> Set<LayerWarning.Kind> { Set(report.warnings.map(\.kind)) }

  @Test func aSoundNetworkPasses() throws {
    let report = try Self.report(Self.sound())
    #expect(report.passes, "\(report)")
    #expect(report.warnings.isEmpty, "\(report)")
    #expect(report.initialLoss.expected == log(4))
    #expect(report.memorizing.imageCount == 16)
    #expect(report.memorizing.knownCount == 16)
    #expect(report.gradients.samples.count == 40)
    #expect(report.gradients.parameterCount == 6)
    #expect(report.layers.map(\.name) == ["0", "1", "2", "3", "4", "5"])
    #expect(report.parameters.map(\.name).first == "0.weight")
    let text = report.description
    #expect(text.contains("✔ initial loss") && text.contains("✔ learning") && text.contains("✔ gradients"))
    #expect(text.contains("saturated") && !text.contains("⚠"))
  }

  /// Nothing is left behind: weights, statistics, the settings' own randomness.
  @Test func changesNothing() throws {
    let model = seeded(2) { Sequential(Linear(16, 8), BatchNorm1d(8), ReLU(), Linear(8, 4)) }
    func bytes() -> [[Float]] {
      model.namedState.map { name, cell in
        guard case .tensor(let value) = cell.value else { return [] }
        return value.floats.scalars
      }
    }
    let before = bytes()
    let first = try Self.report(model)
    #expect(bytes() == before)
    #expect(try Self.report(model) == first)
  }

  /// Mean and deviation of a layer, its zeros, and a bias's gradient, by hand.
  @Test func statisticsByHand() throws {
    let linear = Linear(2, 2)
    linear.weight.value = .float([[1, 0], [0, 1]])
    linear.bias?.value = .float([0, 0])
    let network = Sequential(ReLU(), linear)
    let images: Tensor<Float> = [[3, -1], [-2, 0], [1, 0]]
    var settings = SanitySettings()
    settings.stepLimit = 0
    let report = try sanityChecks(network, images: images, labels: [0, 1, 0], settings: settings)
    let rectified = report.layers[0]
    // 3, 0, 0, 0, 1, 0
    #expect(abs(rectified.output.mean - 4.0 / 6) < 1e-7)
    #expect(abs(rectified.output.deviation - (10.0 / 6 - 16.0 / 36).squareRoot()) < 1e-7)
    #expect(abs(rectified.output.zeroShare - 4.0 / 6) < 1e-12)
    #expect(rectified.deadShare == 0.5)
    #expect(rectified.outputShape == [3, 2])
    func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
    let loss = -(log(share(3)) + log(share(0)) + log(share(1))) / 3
    #expect(abs(report.initialLoss.loss - loss) < 1e-6)
    // ∂L/∂b₀ = Σ (p₀ - [label = 0]) / 3, and b₁ the negative.
    let slope = ((share(3) - 1) + share(0) + (share(1) - 1)) / 3
    let bias = try #require(report.parameters.first { $0.name == "1.bias" }?.gradient)
    #expect(abs(bias.mean) < 1e-7)
    #expect(abs(bias.deviation - abs(slope)) < 1e-6)
    #expect(abs(bias.norm - abs(slope) * 2.0.squareRoot()) < 1e-6)
    #expect(report.memorizing.steps == 0)
  }

  @Test func largeLogitsHaveALargeInitialLoss() throws {
    let model = Self.sound()
    seeded(3) { _ = model.initialize(with: .normal(deviation: 2)) }
    let report = try Self.report(model)
    #expect(!report.initialLoss.passes)
    #expect(!report.passes)
    #expect(report.description.contains("✘ initial loss"))
  }

  @Test func weightsOfZeroLearnNothing() throws {
    let model = Self.sound()
    model.initialize(with: .zeros) { _, _ in true }
    let report = try Self.report(model)
    #expect(report.initialLoss.passes)
    #expect(!report.memorizing.passes)
    #expect(report.memorizing.steps == 300)
    #expect(report.warnings.contains { $0.kind == .vanishing && $0.name == "0.weight" })
    #expect(report.warnings.contains { $0.kind == .dead && $0.name == "0" })
  }

  /// A bias of -100 in front of a ReLU: no image passes.
  @Test func deadUnitsAreNamed() throws {
    let model = Self.sound()
    model.namedParameters.first { $0.name == "0.bias" }?.parameter.value = .float(Tensor(repeating: -100, shape: [24]))
    let report = try Self.report(model)
    #expect(report.warnings.contains { $0.kind == .dead && $0.name == "1" }, "\(report)")
    #expect(report.layers[1].deadShare == 1)
    #expect(!report.memorizing.passes)
    #expect(report.warnings.contains { $0.kind == .vanishing && $0.name == "0.weight" })
  }

  /// All units of a layer stay equal, but for what Adam makes of roundings.
  @Test func constantWeightsStaySymmetric() throws {
    let model = Sequential(Linear(16, 24), Tanh(), Linear(24, 4))
    model.initialize(with: .constant(0.1)) { _, _ in true }
    let report = try Self.report(model)
    #expect(report.warnings.contains { $0.kind == .symmetric && $0.name == "0.weight" }, "\(report)")
    #expect(!report.warnings.contains { $0.kind == .symmetric && $0.name == "2.weight" })
  }

  /// Pre-activations of deviation 3 · √16 = 12 lie at tanh's ends.
  @Test func saturatedUnitsAreNamed() throws {
    let model = seeded(4) { Sequential(Linear(16, 24), Tanh(), Linear(24, 24), Sigmoid(), Linear(24, 4)) }
    seeded(5) { _ = model.initialize(with: .normal(deviation: 3)) { name, _ in name == "0.weight" } }
    let report = try Self.report(model)
    #expect(report.warnings.filter { $0.kind == .saturated }.map(\.name) == ["1"], "\(report)")
    // |tanh x| > 0.98 where |x| > 2.2976; of a Gaussian of deviation 12 (times the images' own) that is about 85 %.
    #expect(abs((report.layers[1].saturatedShare ?? 0) - 0.85) < 0.06)
    #expect(report.layers[3].saturatedShare ?? 1 < 0.3)
    #expect(report.layers[0].saturatedShare == nil)
  }

  /// Twelve sigmoids, each of slope at most 1/4: the first weights hardly get a gradient.
  @Test func vanishingGradientsAreNamed() throws {
    let layers: [any Layer] = (0..<12).flatMap { _ in [Linear(16, 16), Sigmoid()] as [any Layer] }
    let model = seeded(6) { Sequential(layers + [Linear(16, 4)]) }
    let report = try Self.report(model) { $0.stepLimit = 1 }
    #expect(report.warnings.contains { $0.kind == .vanishing && $0.name == "0.weight" }, "\(report)")
    #expect(!report.warnings.contains { $0.name == "24.weight" })
  }

  @Test func explodingLayersAreNamed() throws {
    let model = seeded(7) { Sequential(Linear(16, 16), ReLU(), Linear(16, 16), ReLU(), Linear(16, 4)) }
    seeded(8) { _ = model.initialize(with: .normal(deviation: 2000)) { name, _ in name == "2.weight" } }
    let report = try Self.report(model) { $0.stepLimit = 1 }
    #expect(report.warnings.contains { $0.kind == .exploding && $0.name == "2" }, "\(report)")
    #expect(!report.initialLoss.passes)
    model.namedParameters.first { $0.name == "2.bias" }?.parameter.value = .float(
      Tensor(repeating: .infinity, shape: [16]))
    let infinite = try Self.report(model)
    #expect(infinite.warnings.contains { $0.kind == .exploding && $0.name == "2" && $0.detail.contains("finite") })
    #expect(!infinite.passes)
  }

  /// 2 x whose rule says 3.
  private struct WrongDoubling: Autograd.Operation {
    let name = "wrongDoubling"
    func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
      Recorded(inputs[0] * 2) { [$0 * 3] }
    }
  }

  private struct WrongLayer: Layer {
    func forward(_ x: Variable, _ context: Context) -> Variable { WrongDoubling().apply(to: x) }
  }

  @Test func wrongGradientsAreFound() throws {
    let model = seeded(9) { Sequential(Linear(16, 24), WrongLayer(), Tanh(), Linear(24, 4)) }
    let report = try Self.report(model)
    #expect(!report.gradients.passes)
    #expect(Set(report.gradients.failures.map(\.parameter)) == ["0.weight", "0.bias"])
    for failure in report.gradients.failures { #expect(abs(failure.gradient / failure.slope - 1.5) < 1e-3) }
    #expect(report.description.contains("✘ gradients"))
  }

  /// A ReLU whose inputs all lie 3·10⁻⁸ above its kink, beside the input itself: its derivative is 2, differences find less.
  private final class Kinked: Layer {
    private let first = Mutex<TensorValue?>(nil)

    func forward(_ x: Variable, _ context: Context) -> Variable {
      guard context.precision == .double else { return x }
      let start = first.withLock { first in
        first = first ?? x.value
        return first ?? x.value
      }
      return (x - Variable(start) + 3e-8).relu() + x
    }
  }

  /// Of the elements before such a layer nothing can be said, but for a rule that is wrong by more than the kinks explain.
  @Test func kinksAreNoWrongGradients() throws {
    let layers: [any Layer] = seeded(9) { [Linear(16, 24), Kinked(), Tanh(), Linear(24, 4)] }
    let report = try Self.report(Sequential(layers))
    #expect(report.gradients.passes, "\(report)")
    #expect(Set(report.gradients.kinks.map(\.parameter)) == ["0.weight", "0.bias"])
    #expect(report.description.contains("✔ gradients") && report.description.contains("lie at kinks"))
    let twice: [any Layer] = seeded(9) { [Linear(16, 24), WrongLayer(), WrongLayer(), Kinked(), Linear(24, 4)] }
    let wrong = try Self.report(Sequential(twice))
    #expect(!wrong.gradients.passes)
    #expect(wrong.gradients.failures.contains { $0.parameter == "0.weight" }, "\(wrong)")
  }

  /// Frozen parameters are passed over; one that the loss does not depend on is named.
  @Test func partsThatDoNotTrain() throws {
    struct Forgetful: Layer {
      let used = Linear(16, 4)
      let forgotten = Linear(16, 4)
      func forward(_ x: Variable, _ context: Context) -> Variable { used(x, context) }
    }
    let model = seeded(10) { Forgetful() }
    model.freeze { $0 == "used.bias" }
    let report = try Self.report(model)
    #expect(report.warnings.map(\.name) == ["forgotten.weight", "forgotten.bias"])
    #expect(kinds(report) == [.unused])
    #expect(!report.gradients.samples.contains { $0.parameter == "used.bias" })
    model.freeze()
    let frozen = try Self.report(model)
    #expect(!frozen.gradients.passes && !frozen.memorizing.passes)
    #expect(frozen.description.contains("there is no parameter to train"))
  }

  @Test func imagesOfADataSet() throws {
    let samples = PreparedImages(try MadeUpData.splits().training, try MadeUpData.preprocessing())
    var settings = SanitySettings()
    settings.learningRate = 0.01
    let report = try sanityChecks(seeded(1) { TinyNetwork() }, on: samples, settings: settings)
    #expect(report.passes, "\(report)")
    #expect(report.initialLoss.expected == log(3))
    #expect(throws: TrainingError.self) { try sanityChecks(Sequential(Flatten(), Linear(16, 4)), on: samples) }
    #expect(throws: InputError.self) { try sanityChecks(Linear(9, 4), on: samples) }
    let (images, labels) = Self.batch()
    #expect(throws: TrainingError.outputMismatch(expected: [40, 4], found: [40, 4, 4])) {
      try sanityChecks(Reshaped(), images: images, labels: labels)
    }
  }

  private struct Reshaped: Layer {
    let scale = Parameter(Tensor<Float>.ones([16]))
    func forward(_ x: Variable, _ context: Context) -> Variable {
      (x * context[scale]).reshaped([x.shape[0], 4, 4])
    }
  }
}
