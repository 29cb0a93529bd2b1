import Autograd
import NNLayers
import TensorCore
import Testing

/// The lectures' figures on how initialisation carries a signal through a deep network.
struct ActivationStatisticsTests {
  private func rms(_ x: Tensor<Float>) -> Double { Double((x * x).mean().scalar).squareRoot() }

  /// A way to choose weights, as a factor of standard normal ones, with the activation it is used with.
  private struct Setting {
    var x: Tensor<Float>
    let deviation: Float
    let activation: (Tensor<Float>) -> Tensor<Float>
    var deviations: [Double] = []
    var saturated: [Double] = []
  }

  /// The rows "6 tanh layers of 4096 units, a batch of 16 Gaussian inputs of 4096, std 0.01", "same, std 0.05", "same,
  /// 1/√fan-in (Xavier)" and "ReLU with 1/√fan-in / with √(2/fan-in) (He)": one set of six normal matrices, scaled.
  @Test func sixLayersOf4096Units() {
    var random = RandomStream(seed: 9)
    let x = Tensor<Float>.normal([16, 4096], mean: 0, deviation: 1, using: &random)
    var settings = [
      Setting(x: x, deviation: 0.01) { $0.tanh() }, Setting(x: x, deviation: 0.05) { $0.tanh() },
      Setting(x: x, deviation: 1.0 / 64) { $0.tanh() }, Setting(x: x, deviation: 1.0 / 64) { $0.relu() },
      Setting(x: x, deviation: Float(2).squareRoot() / 64) { $0.relu() },
    ]
    for _ in 0..<6 {
      let weight = Initializer.normal(deviation: 1)([4096, 4096], using: &random)
      for index in settings.indices {
        let z = settings[index].x.matmul(weight, transposingRight: true) * settings[index].deviation
        settings[index].x = settings[index].activation(z)
        settings[index].deviations.append(rms(settings[index].x))
        let share = settings[index].x.abs().scalars.count { $0 > 0.95 }
        settings[index].saturated.append(Double(share) / Double(z.count))
      }
    }
    expectClose(settings[0].deviations, [0.49, 0.29, 0.18, 0.11, 0.07, 0.05])
    expectClose(settings[2].deviations, [0.63, 0.49, 0.41, 0.36, 0.32, 0.30])
    // Saturation: about half of all units of every layer beyond 0.95, where the slope is below 0.1. With 0.01 a unit of
    // the first layer gets there beyond 1.83 / 0.64 = 2.9 deviations, so 0.4 % of them, and none of the later ones.
    #expect(settings[1].saturated.allSatisfy { (0.45...0.6).contains($0) })
    #expect(settings[0].saturated[0] < 0.006 && settings[0].saturated[1...].allSatisfy { $0 < 0.001 })
    // Each ReLU halves the energy; after six layers 1/√2⁶ = 1/8 of the deviation is left. He's rule keeps it.
    for (layer, deviation) in settings[3].deviations.enumerated() {
      let expected = 1 / Double(1 << (layer + 1)).squareRoot()
      #expect(abs(deviation / expected - 1) < 0.06)
    }
    #expect(settings[4].deviations.allSatisfy { abs($0 - 1) < 0.06 })
  }

  /// The lectures give two digits.
  private func expectClose(_ got: [Double], _ expected: [Double]) {
    for (got, wanted) in zip(got, expected) { #expect(abs(got - wanted) < 0.011) }
  }

  /// The row "10 tanh layers of 500, 1000 inputs, std 1.0": layer deviations about 0.98.
  @Test func tenLayersOf500Units() {
    var random = RandomStream(seed: 4)
    var x = Tensor<Float>.normal([1000, 500], mean: 0, deviation: 1, using: &random)
    for _ in 0..<10 {
      x = x.matmul(Initializer.normal(deviation: 1)([500, 500], using: &random)).tanh()
      #expect(abs(rms(x) - 0.98) < 0.006)
    }
  }

  /// The row "constant weights: all hidden units stay equal (symmetry)": after ten steps of descent still, while the loss
  /// falls; with random weights they differ.
  @Test func constantWeightsKeepHiddenUnitsEqual() {
    var random = RandomStream(seed: 6)
    let x = Tensor<Float>.normal([20, 3], mean: 0, deviation: 1, using: &random)
    let labels = Tensor<Int64>((0..<20).map { Int64($0 % 2) })
    let model = seeded(1) { Sequential(Linear(3, 5), Tanh(), Linear(5, 2)) }
    #expect(hiddenUnitsDiffer(in: model))
    model.initialize(with: .constant(0.3)) { _, _ in true }
    var losses: [Double] = []
    for step in 0..<10 {
      // The classes need weights of their own to learn at all.
      if step == 0 { model.parameters[3].value = .float([0.1, -0.1]) }
      let loss = crossEntropy(model(x, .training(seed: 1)), labels)
      losses.append(loss.item)
      for (parameter, gradient) in loss.gradients() {
        parameter.value = .float(parameter.value.floats - gradient.floats * 0.5)
      }
    }
    #expect(losses[9] < losses[0] - 0.001)
    #expect(!hiddenUnitsDiffer(in: model))
  }

  private func hiddenUnitsDiffer(in model: Sequential) -> Bool {
    let weight = model.parameters[0].value.floats
    return (1..<5).contains { weight.element(at: $0) != weight.element(at: 0) }
  }
}
