import Autograd
import NNLayers
import TensorCore
import Testing

/// Kernels are chosen by the chain of operations and their shapes: networks that nothing in the library names take the
/// ways of those that it does.
struct FusedChainsTests {
  /// LeNet-5 with 5@3×3 in place of 6@5×5, ReLU and average pooling.
  private func variant() -> Sequential {
    seeded(4) {
      Sequential(
        Conv2d(1, 5, kernelSize: 3), ReLU(), AveragePool2d(2), Conv2d(5, 16, kernelSize: 5), ReLU(), AveragePool2d(2),
        Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10))
    }
  }

  private func images(_ count: Int) -> Tensor<Float> {
    var random = RandomStream(seed: 5)
    return .normal([count, 1, 32, 32], using: &random)
  }

  /// Both convolutions, activations and poolings are one step, and each fully connected layer with its ReLU another.
  @Test func convolutionsToPoolingsAreOneStep() throws {
    let network = variant(), ready = network.prepared(), x = images(64)
    let found = try ready.predict(x).scalars
    let steps = try #require(ready.stepNames(for: x.shape))
    #expect(steps.first?.hasPrefix("lanes(conv2d+clamp, ") == true, "\(steps)")
    #expect(
      steps.count(where: { $0.contains("conv2d") }) == 1
        && !steps.contains { $0.contains("Pool") && !$0.hasPrefix("lanes(") })
    #expect(steps.count(where: { $0 == "matmul+clamp" }) == 2, "\(steps)")
    let expected = network(x, Context(mode: .inference, precision: .double)).doubles.scalars
    let largest = expected.map(abs).max() ?? 0
    for (a, b) in zip(found, expected) { #expect(abs(Double(a) - b) <= 4e-6 * largest) }
  }

  /// A single image goes through all layers in one step, and of eight images each is
  /// what it would be alone.
  @Test func singleImagesAreOneStep() throws {
    let network = variant(), ready = network.prepared(), x = images(8)
    let all = try ready.predict(x).scalars
    for image in 0..<8 {
      let one = Tensor<Float>(Array(x.scalars[image * 1024..<(image + 1) * 1024]), shape: [1, 1, 32, 32])
      #expect(try ready.predict(one).scalars == Array(all[image * 10..<(image + 1) * 10]))
      #expect(ready.stepNames(for: one.shape)?.count == 1)
    }
    let expected = network(x, Context(mode: .inference, precision: .double)).doubles.scalars
    let largest = expected.map(abs).max() ?? 0
    for (a, b) in zip(all, expected) { #expect(abs(Double(a) - b) <= 4e-6 * largest) }
  }

  /// In a process of its own: the log holds the operations of all threads.
  @Test func trainingConvolvesInLanes() async {
    await #expect(processExitsWith: .success) {
      let network = seeded(4) {
        Sequential(
          Conv2d(1, 5, kernelSize: 3), ReLU(), AveragePool2d(2), Conv2d(5, 16, kernelSize: 5), ReLU(),
          AveragePool2d(2))
      }
      var random = RandomStream(seed: 5)
      let x = Tensor<Float>.normal([64, 1, 32, 32], using: &random)
      AlgorithmLog.isOn = true
      _ = network(x, .training(seed: 1)).sum().gradients()
      #expect(AlgorithmLog.take() == ["lanes"])
    }
  }
}
