import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

struct CapsuleNetworkTests {
  /// 256 · 81 + 256, 256 · 256 · 81 + 256 and 1152 · 10 · 16 · 8; the decoder's 160 · 512 + 512, 512 · 1024 + 1024 and
  /// 1024 · 784 + 784. The paper says 8.2 million and 6.8 million without the decoder.
  @Test func publishedParameters() {
    let network = withoutInitialWeights { CapsuleNetwork() }
    #expect(network.parameterCount == 20_992 + 5_308_672 + 1_474_560)
    #expect(
      network.namedParameters.map(\.name)
        == ["conv1.weight", "conv1.bias", "primary.conv.weight", "primary.conv.bias", "digits.weight"])
    let decoder = withoutInitialWeights { CapsuleDecoder(classCount: 10) }
    #expect(decoder.parameterCount == 82_432 + 525_312 + 803_600)
    #expect(network.parameterCount + decoder.parameterCount == 8_215_568)
  }

  @Test func lengthsAreThoseOfTheCapsules() throws {
    let network = seeded(1) { CapsuleNetworkLite(classCount: 4) }
    var random = RandomStream(seed: 3)
    let images = Tensor<Float>.uniform([2, 1, 32, 32], in: 0..<1, using: &random)
    let capsules = network.capsules(Variable(images), .inference)
    #expect(capsules.shape == [2, 4, 16])
    #expect(try network.predict(images) == capsules.lengths().floats)
    #expect(try network.predict(images).scalars.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try network.outputs(of: ["primary"], for: images)["primary"]?.shape == [2, 200, 8])
    #expect(try network.replacingHead(classCount: 7).predict(images).shape == [2, 7])
  }

  /// With two capsules of one element, weights of 1 and biases of 0 the 512 and 1024 hidden units are all alike: of the
  /// capsule c they are c and 512 c, and each pixel is sigmoid(w · 1024 · 512 · c).
  @Test func decoderByHand() throws {
    let decoder = CapsuleDecoder(classCount: 2, dimension: 1, imageShape: [1, 1, 2])
    for (name, parameter) in decoder.namedParameters {
      let value: Float = name.hasSuffix("bias") ? 0 : name == "fc3.weight" ? 1 / (1024 * 512) : 1
      parameter.value = .float(Tensor(repeating: value, shape: parameter.shape))
    }
    let capsules = Variable(Tensor<Float>([2, 0.5, 0.25, 1], shape: [2, 2, 1]))
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    func check(_ drawn: Variable, _ kept: [Double]) {
      for (got, value) in zip(drawn.doubles.scalars, kept.flatMap { [$0, $0] }) {
        #expect(abs(got - sigmoid(value)) < 1e-6)
      }
      #expect(drawn.shape == [2, 1, 1, 2])
    }
    check(decoder(capsules, .inference), [2, 1])
    check(decoder.images(capsules, of: [1, 0], .inference), [0.5, 0.25])
    let loss = decoder.loss(capsules, [1, 0], .zeros([2, 1, 1, 2]), .inference, weight: 0.25).item
    let expected: Double = 0.25 * (2 * sigmoid(0.5) * sigmoid(0.5) + 2 * sigmoid(0.25) * sigmoid(0.25)) / 2
    #expect(abs(loss - expected) < 1e-6)
  }

  /// The reconstruction reaches the network only through the label's capsule.
  @Test func onlyTheLabelsCapsuleLearnsFromTheDrawing() throws {
    let decoder = seeded(1) { CapsuleDecoder(classCount: 3, dimension: 2, imageShape: [1, 2, 2]) }
    let tape = Tape()
    let capsules = tape.watch(Tensor<Float>([1, 2, 3, 4, 5, 6], shape: [1, 3, 2]))
    let context = Context(mode: .training, tape: tape)
    let gradient = decoder.loss(capsules, [1], .ones([1, 1, 2, 2]), context).gradients()[capsules]
    let numbers = try #require(gradient).floats.scalars
    #expect(numbers[0...1] == [0, 0] && numbers[4...5] == [0, 0])
    #expect(numbers[2] != 0 && numbers[3] != 0)
  }

  @Test func wrongShapesStop() async {
    await #expect(processExitsWith: .failure) {
      _ = CapsuleDecoder(classCount: 3)(Tensor<Float>.zeros([1, 4, 16]), .inference)
    }
    await #expect(processExitsWith: .failure) {
      _ = CapsuleDecoder(classCount: 3).images(Variable(Tensor<Float>.zeros([2, 3, 16])), of: [1], .inference)
    }
  }
}
