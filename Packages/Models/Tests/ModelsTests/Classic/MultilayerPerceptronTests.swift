import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// The row "multilayer perceptron: solves XOR; MNIST-size MLP".
struct MultilayerPerceptronTests {
  private let inputs = Tensor<Float>([0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2])

  /// XOR by hand: max(0, x₁ + x₂) - 2 max(0, x₁ + x₂ - 1) = 0, 1, 1, 2 - 2 = 0.
  @Test func exclusiveOrByHand() throws {
    let network = MultilayerPerceptron([2, 2, 1])
    let values: [(String, TensorValue)] = [
      ("0.weight", .float([[1, 1], [1, 1]])), ("0.bias", .float([0, -1])), ("2.weight", .float([[1, -2]])),
      ("2.bias", .float([0])),
    ]
    try network.load(StateDictionary(values.map { ($0.0, .tensor($0.1)) }))
    #expect(try network.predict(inputs) == Tensor<Float>([0, 1, 1, 0], shape: [4, 1]))
  }

  /// 100 % on XOR from any start, by batch descent.
  @Test(arguments: [1, 2, 3, 4, 5]) func learnsExclusiveOr(seed: UInt64) throws {
    let network = seeded(seed) { MultilayerPerceptron([2, 8, 2], activation: Tanh()) }
    let losses = try network.fit(
      inputs, Tensor([0, 1, 1, 0]), by: GradientDescent(learningRate: 0.5, epochCount: 500))
    #expect(try network.predict(inputs).argmax(along: 1).scalars == [0, 1, 1, 0])
    #expect(losses[500] < 0.05)
  }

  /// 784·128 + 128 + 128·10 + 10 = 101,770 parameters; the first loss is near ln 10; 20 images with random labels are learnt by
  /// heart.
  @Test func ofTheSizeOfMNIST() throws {
    let network = seeded(1) { MultilayerPerceptron([784, 128, 10]) }
    #expect(network.parameterCount == 101_770)
    #expect(network.namedParameters.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
    var random = RandomStream(seed: 2)
    let images = Tensor<Float>.uniform([20, 1, 28, 28], in: 0..<1, using: &random)
    let labels = Tensor<Int64>((0..<20).map { Int64($0 % 10) })
    let losses = try network.fit(images, labels, by: GradientDescent(learningRate: 0.1, epochCount: 300, batchSize: 10))
    #expect(abs(losses[0] - log(10)) < 0.1)
    #expect(losses[300] < 0.01)
    #expect(try network.predict(images).argmax(along: 1) == labels)
  }

  /// Two layers of biases and no activation behind the last; a deeper network has one between any two layers.
  @Test func structure() throws {
    let network = MultilayerPerceptron([4, 3, 3, 2], activation: Sigmoid())
    #expect(network.layers.layers.map(\.typeName) == ["Linear", "Sigmoid", "Linear", "Sigmoid", "Linear"])
    #expect(try network.summary(for: [1, 4]).multiplyAdds == 4 * 3 + 3 * 3 + 3 * 2)
    #expect(throws: InputError.self) { try network.predict(.zeros([1, 5])) }
    let loss = network.loss(network(.zeros([1, 4]), .training(seed: 1)), Tensor([1]))
    #expect(loss.gradients().count == 6)
  }

  @Test func wrongSizesStop() async {
    await #expect(processExitsWith: .failure) { _ = MultilayerPerceptron([4]) }
    await #expect(processExitsWith: .failure) { _ = MultilayerPerceptron([4, 0, 2]) }
  }
}
