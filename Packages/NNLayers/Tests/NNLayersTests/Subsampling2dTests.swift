import Autograd
import NNLayers
import TensorCore
import Testing

struct Subsampling2dTests {
  /// Two channels: 1 + 2 + 3 + 4 = 10 times 0.5 plus 1; 20 times -1 plus 0.25.
  @Test func handComputed() throws {
    let layer = Subsampling2d(2)
    layer.weight.value = .float([0.5, -1])
    layer.bias.value = .float([1, 0.25])
    let x = Tensor<Float>([1, 2, 3, 4, 5, 5, 5, 5], shape: [1, 2, 2, 2])
    #expect(try layer.predict(x).scalars == [6, -19.75])
  }

  /// S2 and S4 of 1998: 12 and 32 trainable numbers.
  @Test func parameters() throws {
    #expect(Subsampling2d(6).parameterCount == 12)
    #expect(Subsampling2d(16).parameterCount == 32)
    #expect(try Subsampling2d(6).outputShape(for: [1, 6, 28, 28]) == [1, 6, 14, 14])
    let drawn = seeded(3) { Subsampling2d(1000) }.weight.value.floats.scalars
    #expect(drawn.allSatisfy { abs($0) <= 0.6 })
    #expect(drawn.contains { abs($0) > 0.55 })
  }

  @Test func gradients() {
    let layer = seeded(1) { Subsampling2d(3) }
    let context = Context(mode: .inference, precision: .double)
    var random = RandomStream(seed: 2)
    let x = Tensor<Double>.uniform([2, 3, 4, 6], in: -1..<1, using: &random)
    #expect(checkGradients("Subsampling2d", at: [x]) { layer($0[0], context) }.passes(1e-6))
    // The coefficient's gradient is the sum of the window sums, the bias' the number of windows.
    let training = Context.training(seed: 1, precision: .double)
    let gradients = layer(Variable(x), training).sum().gradients()
    let sums = x.sum(along: [0, 2, 3])
    let difference = (gradients[layer.weight]?.doubles ?? .zeros([3])) - sums
    #expect(difference.abs().max().scalar < 1e-12)
    #expect(gradients[layer.bias]?.doubles.scalars == [12, 12, 12])
  }

  @Test func wrongInputThrows() {
    #expect(throws: InputError.self) { try Subsampling2d(6).predict(.zeros([1, 3, 4, 4])) }
    #expect(throws: InputError.self) { try Subsampling2d(6).predict(.zeros([1, 6, 1, 4])) }
  }
}
