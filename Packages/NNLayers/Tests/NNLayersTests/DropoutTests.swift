import Autograd
import NNLayers
import TensorCore
import Testing

struct DropoutTests {
  private let ones = Tensor<Float>.ones([100, 100])

  @Test func inferenceIsTheIdentity() throws {
    #expect(try Dropout(0.5).predict(ones) == ones)
  }

  /// 10,000 draws with p = 0.3: the share dropped has a standard deviation of 0.0046; five of them are allowed.
  @Test func dropsTheShareAndKeepsTheExpectation() {
    let y = Dropout(0.3)(ones, .training(seed: 1)).floats.scalars
    let dropped = Double(y.count { $0 == 0 }) / 10_000
    #expect(abs(dropped - 0.3) < 0.023)
    #expect(y.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
  }

  @Test func seedDecidesTheMaskInBothPrecisions() {
    let a = Dropout(0.5)(ones, .training(seed: 1)).floats
    #expect(Dropout(0.5)(ones, .training(seed: 1)).floats == a)
    #expect(Dropout(0.5)(ones, .training(seed: 2)).floats != a)
    #expect(Dropout(0.5)(ones, .training(seed: 1, precision: .double)).floats == a)
  }

  @Test func twoLayersOfOneStepDiffer() {
    let context = Context.training(seed: 1)
    let (a, b) = (Dropout(0.5)(ones, context).floats, Dropout(0.5)(ones, context).floats)
    #expect(a != b)
  }

  /// A neuron a = w₁ x + w₂ y = 2 · 3 + 4 · 5 and p = 1/2. Four masks are equally likely: both stay (26), x alone (6),
  /// y alone (20), none (0). Their mean, 1/4 of (26 + 6 + 20 + 0) = 13, is what inference gives: half of 26.
  @Test func lectureAQuarterOfFourMasks() throws {
    let layer = Sequential(Dropout(0.5, scaling: .inference), Linear(2, 1, bias: false))
    for parameter in layer.parameters { parameter.value = .float([[2, 4]]) }
    let input: Tensor<Float> = [[3, 5]]
    #expect(try layer.predict(input) == [[13]])
    var counts: [Float: Int] = [:]
    for seed in 0..<1000 {
      counts[layer(input, .training(seed: UInt64(seed))).floats.scalar, default: 0] += 1
    }
    #expect(Set(counts.keys) == [0, 6, 20, 26])
    // Each of the four has the expectation 250 and the deviation √(1000 · 3/16) = 13.7; five of them are allowed.
    #expect(counts.values.allSatisfy { abs($0 - 250) < 69 })
  }

  /// Both scalings: the mean over many masks is what inference gives. A sum of 2,000 elements of mean m that are kept
  /// with 1 - p has a relative deviation of √(p / (1 - p) / 2000); five of them are allowed.
  @Test(arguments: [0.2, 0.5, 0.75], [Dropout.Scaling.training, .inference])
  func theExpectationIsThatOfInference(_ probability: Double, _ scaling: Dropout.Scaling) {
    let x = Tensor<Float>(repeating: 3, shape: [2000])
    let layer = Dropout(probability, scaling: scaling)
    let trained = layer(x, .training(seed: 5)).floats.mean().scalar
    let expected = layer(x, .inference).floats.mean().scalar
    #expect(abs(expected - (scaling == .training ? 3 : 3 * Float(1 - probability))) < 1e-5)
    let deviation = Float((probability / (1 - probability) / 2000).squareRoot())
    #expect(abs(trained / expected - 1) < 5 * deviation)
  }

  /// In training at-inference scaling leaves what stays as it is.
  @Test func scalingInInferenceKeepsWhatStays() {
    let y = Dropout(0.3, scaling: .inference)(ones, .training(seed: 1)).floats.scalars
    #expect(y.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(y.contains(0) && y.contains(1))
  }

  @Test(arguments: [Dropout.Scaling.training, .inference]) func gradientsAgree(_ scaling: Dropout.Scaling) {
    #expect(gradientError(Dropout(0.4, scaling: scaling), at: [[0.3, -1, 2], [0.7, 0.1, -0.4]]) < 1e-6)
  }

  @Test func aProbabilityOfOneStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Dropout(1) }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Dropout] the probability 1.0 is not in 0 ..< 1"))
  }
}
