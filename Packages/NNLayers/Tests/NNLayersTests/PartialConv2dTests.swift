import Autograd
import NNLayers
import TensorCore
import Testing

struct PartialConv2dTests {
  /// C3 of the LeNet-5 of 1998: 60 connections of 5×5 and 16 biases, 60 · 25 + 16 = 1,516 trainable parameters.
  @Test func parametersOf1998() throws {
    let c3 = PartialConv2d(6, connections: PartialConv2d.lenet5Connections, kernelSize: 5)
    #expect(c3.parameterCount == 1_516)
    #expect(c3.weight.shape == [60, 5, 5])
    #expect(c3.namedParameters.map(\.name) == ["weight", "bias"])
    #expect(try c3.predict(.zeros([2, 6, 14, 14])).shape == [2, 16, 10, 10])
    #expect(try c3.outputShape(for: [2, 6, 14, 14]) == [2, 16, 10, 10])
  }

  /// Table I of the paper, column by column: six of three neighbours, six of four, three of two pairs, one of all; each
  /// input is seen by ten outputs.
  @Test func tableOf1998() {
    let table = PartialConv2d.lenet5Connections
    #expect(table.map(\.count) == [3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6])
    for input in 0..<6 { #expect(table.count { $0.contains(input) } == 10) }
    #expect(Set(table).count == 16)
    for row in 0..<6 {
      #expect(Set(table[row]) == Set((0..<3).map { (row + $0) % 6 }))
      #expect(Set(table[row + 6]) == Set((0..<4).map { (row + $0) % 6 }))
    }
  }

  /// Pixels 1, 10, 100 in three channels; kernels 1 … 4 of 1×1 for the connections (0,2), (0,0), (1,1), (1,2):
  ///
  ///     y₀ = 1 · 100 + 2 · 1 + 0.25 = 102.25     y₁ = 3 · 10 + 4 · 100 + 0.5 = 430.5
  ///
  /// Backwards from 1 and 10: dx = 2 · 1, 3 · 10, 1 · 1 + 4 · 10; each kernel gets its pixel times its output's gradient, 100 and
  /// 1 by 1, 10 and 100 by 10.
  @Test func handComputed() throws {
    let layer = PartialConv2d(3, connections: [[2, 0], [1, 2]], kernelSize: 1)
    layer.weight.value = .double(Tensor([1, 2, 3, 4], shape: [4, 1, 1]))
    layer.bias.value = .double([0.25, 0.5])
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([1, 10, 100], shape: [1, 3, 1, 1]))
    let y = layer(x, Context(mode: .training, precision: .double, tape: tape))
    expectClose(y, [102.25, 430.5])
    let gradients = (y * Variable(Tensor<Double>([1, 10], shape: [1, 2, 1, 1]))).sum().gradients()
    expectClose(Variable(try #require(gradients[x])), [2, 30, 41])
    expectClose(Variable(try #require(gradients[layer.weight])), [100, 1, 100, 1000])
    expectClose(Variable(try #require(gradients[layer.bias])), [1, 10])
  }

  /// With all connections it is a convolution.
  @Test func fullTableIsAConvolution() throws {
    let partial = PartialConv2d(3, connections: [[0, 1, 2], [0, 1, 2]], kernelSize: 3, stride: 2, padding: 1)
    let full = Conv2d(3, 2, kernelSize: 3, stride: 2, padding: 1)
    full.weight.value = .float(partial.weight.value.floats.reshaped([2, 3, 3, 3]))
    full.bias?.value = partial.bias.value
    var random = RandomStream(seed: 5)
    let x = Tensor<Float>.normal([2, 3, 7, 6], using: &random)
    #expect(try partial.predict(x) == full.predict(x))
  }

  @Test func wrongTablesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PartialConv2d(2, connections: [[0], [0, 2]], kernelSize: 3)
    }
    let text = String(decoding: outside?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("output 1 must see some of the input channels 0 ..< 2, each once, not [0, 2]"))
    await #expect(processExitsWith: .failure) { _ = PartialConv2d(2, connections: [[0, 0]], kernelSize: 3) }
    await #expect(processExitsWith: .failure) { _ = PartialConv2d(2, connections: [[]], kernelSize: 3) }
    await #expect(processExitsWith: .failure) { _ = PartialConv2d(2, connections: [], kernelSize: 3) }
  }

  @Test func wrongInputThrows() {
    let layer = PartialConv2d(2, connections: [[0], [1]], kernelSize: 3)
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 3, 8, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 2, 2, 8])) }
  }
}
