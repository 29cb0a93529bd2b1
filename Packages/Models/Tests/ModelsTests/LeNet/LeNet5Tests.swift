import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

struct LeNet5Tests {
  @Test func publishedFacts() throws {
    let model = LeNet5()
    #expect(model.parameterCount == 61_706)
    #expect(LeNet5(inputChannels: 3).parameterCount == 61_706 + 300)
    let state = model.stateDictionary().entries.map { ($0.name, $0.value.shape) }
    let expected: [(String, Shape)] = [
      ("features.0.weight", [6, 1, 5, 5]), ("features.0.bias", [6]),
      ("features.3.weight", [16, 6, 5, 5]), ("features.3.bias", [16]),
      ("classifier.0.weight", [120, 400]), ("classifier.0.bias", [120]),
      ("classifier.2.weight", [84, 120]), ("classifier.2.bias", [84]),
      ("classifier.4.weight", [10, 84]), ("classifier.4.bias", [10]),
    ]
    #expect(state.map(\.0) == expected.map(\.0))
    #expect(state.map(\.1) == expected.map(\.1))
    #expect(try model.predict(.zeros([3, 1, 32, 32])).shape == [3, 10])
  }

  /// With random weights all classes are about equally likely: the first loss is near ln 10 = 2.303.
  @Test func firstLossIsTheLogarithmOfTheClassCount() {
    let model = seeded(1) { LeNet5() }
    var random = RandomStream(seed: 2)
    let images = Tensor<Float>.normal([64, 1, 32, 32], mean: 0, deviation: 1, using: &random)
    let labels = Tensor<Int64>((0..<64).map { Int64($0 % 10) })
    let loss = crossEntropy(model(images, .inference), labels).item
    #expect(abs(loss - log(10)) < 0.05)
  }

  @Test func wrongInputThrows() {
    let error = #expect(throws: InputError.self) { try LeNet5(inputChannels: 3).predict(.zeros([1, 1, 32, 32])) }
    #expect(error?.description == "LeNet5 takes an input of [N, 3, 32, 32], this one is [1, 1, 32, 32]")
    #expect(throws: InputError.self) { try LeNet5().predict(.zeros([1, 1, 28, 28])) }
    #expect(throws: InputError.self) { try LeNet5().predict(.zeros([1, 32, 32])) }
  }

  @Test func predictsAnEmptyBatch() throws {
    #expect(try LeNet5().predict(.zeros([0, 1, 32, 32])).shape == [0, 10])
  }
}

/// A LeNet-5 small enough in freedom to be worked out on paper: within a layer all weights are equal, the biases too,
/// and the image is one grey value. Then every map is constant and a layer is a product:
///
///     conv 1    z1 = 25 a v + b         t1 = tanh z1       (25 taps, one channel)
///     conv 2    z2 = 150 c t1 + d       t2 = tanh z2       (25 taps, six channels)
///     linear 1  z3 = 400 e t2 + f       t3 = tanh z3
///     linear 2  z4 = 120 g t3 + h       t4 = tanh z4
///     linear 3  logit_k = 84 u_k t4 + w_k
///
/// Pooling a constant map changes nothing. Backwards, with p = softmax(logits) and label y:
///
///     δ_k = p_k - [k = y]                          gradient of w_k; of each of u_k's 84 weights: δ_k t4
///     δ4 = (Σ_k δ_k u_k)(1 - t4²)                  gradient of each h; of each g: δ4 t3
///     δ3 = 84 g δ4 (1 - t3²)                       gradient of each f; of each e: δ3 t2
///     δ2 = 120 e δ3 (1 - t2²)                      at one position of each pooling window, the first of four equals
///
/// The 5×5 windows of the second pooling pass 25 such δ2 on to each of 16 maps: the gradient of d is 25 δ2, that of
/// each c is 25 δ2 t1. Each δ2 reaches a map of the first pooling through 25 taps of weight c, from 16 maps: together
/// 16 · 25 · 25 · c δ2, wherever the taps lie, and each again goes to one position of its window:
///
///     Σδ1 = 10,000 c δ2 (1 - t1²)                  gradient of each b; of each a: Σδ1 v
struct LeNet5ByHandTests {
  /// Weights are stored as Float; the derivation starts from what is stored.
  private static func stored(_ value: Double) -> Double { Double(Float(value)) }

  private let a = Self.stored(0.03)
  private let b = Self.stored(0.1)
  private let v = Self.stored(0.5)
  private let c = Self.stored(0.004)
  private let d = Self.stored(-0.2)
  private let e = Self.stored(0.003)
  private let f = Self.stored(0.05)
  private let g = Self.stored(-0.006)
  private let h = Self.stored(0.3)
  private let u = (0..<10).map { Self.stored(0.002 * Double($0) - 0.007) }
  private let w = (0..<10).map { Self.stored(0.1 * Double(9 - $0)) }
  private let label = 3

  @Test(arguments: Precision.allCases) func logitsAndGradients(_ precision: Precision) throws {
    let model = LeNet5()
    try model.load(dictionary)
    let image = Variable(.filled(v, shape: [1, 1, 32, 32], precision: precision))
    let context = Context(mode: .training, precision: precision)
    let logits = model(image, context)
    let loss = crossEntropy(logits, Tensor([Int64(label)]))
    let expected = derivation
    let tolerance = precision == .double ? 1e-12 : 1e-5
    expectClose(logits.value, expected.logits, tolerance, "logits")
    expectClose(loss.value, [expected.loss], tolerance, "loss")
    let gradients = loss.gradients()
    for (name, parameter) in model.namedParameters {
      let gradient = try #require(gradients[parameter])
      let values = try #require(expected.gradients[name])
      let perRow = gradient.shape.count / values.count
      expectClose(gradient, values.flatMap { [Double](repeating: $0, count: perRow) }, tolerance, name)
    }
  }

  private func expectClose(_ value: TensorValue, _ expected: [Double], _ tolerance: Double, _ name: String) {
    let scale = expected.map(abs).max() ?? 1
    let scalars = value.doubles.scalars
    #expect(scalars.count == expected.count)
    for (got, wanted) in zip(scalars, expected) where abs(got - wanted) > tolerance * scale {
      Issue.record("\(name): \(got) instead of \(wanted)")
      return
    }
  }

  private var dictionary: StateDictionary {
    func constant(_ value: Double, _ shape: Shape) -> StateValue {
      .tensor(.filled(value, shape: shape, precision: .float))
    }
    let last = Tensor<Float>(u.flatMap { [Float](repeating: Float($0), count: 84) }, shape: [10, 84])
    return StateDictionary([
      ("features.0.weight", constant(a, [6, 1, 5, 5])), ("features.0.bias", constant(b, [6])),
      ("features.3.weight", constant(c, [16, 6, 5, 5])), ("features.3.bias", constant(d, [16])),
      ("classifier.0.weight", constant(e, [120, 400])), ("classifier.0.bias", constant(f, [120])),
      ("classifier.2.weight", constant(g, [84, 120])), ("classifier.2.bias", constant(h, [84])),
      ("classifier.4.weight", .tensor(.float(last))),
      ("classifier.4.bias", .tensor(.float(Tensor(w.map { Float($0) })))),
    ])
  }

  /// The arithmetic of the derivation above.
  private var derivation: (logits: [Double], loss: Double, gradients: [String: [Double]]) {
    let t1 = tanh(25 * a * v + b)
    let t2 = tanh(150 * c * t1 + d)
    let t3 = tanh(400 * e * t2 + f)
    let t4 = tanh(120 * g * t3 + h)
    let logits = zip(u, w).map { 84 * $0 * t4 + $1 }
    let total = logits.map { exp($0) }.reduce(0, +)
    let delta = logits.indices.map { exp(logits[$0]) / total - ($0 == label ? 1 : 0) }
    let delta4 = zip(delta, u).map { $0 * $1 }.reduce(0, +) * (1 - t4 * t4)
    let delta3 = 84 * g * delta4 * (1 - t3 * t3)
    let delta2 = 120 * e * delta3 * (1 - t2 * t2)
    let sum1 = 10_000 * c * delta2 * (1 - t1 * t1)
    return (
      logits, log(total) - logits[label],
      [
        "classifier.4.bias": delta, "classifier.4.weight": delta.map { $0 * t4 },
        "classifier.2.bias": [delta4], "classifier.2.weight": [delta4 * t3],
        "classifier.0.bias": [delta3], "classifier.0.weight": [delta3 * t2],
        "features.3.bias": [25 * delta2], "features.3.weight": [25 * delta2 * t1],
        "features.0.bias": [sum1], "features.0.weight": [sum1 * v],
      ]
    )
  }
}
