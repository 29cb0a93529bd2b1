import Autograd
import Models
import NNLayers
import TensorCore
import Testing

struct AllConvolutionalNetTests {
  /// Each convolution hands on the middle of its window in the first channel: steps of 2 and 2 and the last 3×3 without padding leave
  /// rows and columns 4, 8, … 24 of the image, whose mean is 14: 14 · 32 + 14 = 462.
  @Test func whatIsAveraged() throws {
    let network = AllConvolutionalNet()
    for parameter in network.parameters {
      var value = Tensor<Float>.zeros(parameter.shape)
      if parameter.shape.rank == 4 { value[0, 0, parameter.shape[2] / 2, parameter.shape[3] / 2] = 1 }
      parameter.value = .float(value)
    }
    var image = Tensor<Float>.zeros([1, 3, 32, 32])
    for row in 0..<32 { for column in 0..<32 { image[0, 0, row, column] = Float(32 * row + column) } }
    let logits = try network.predict(image).scalars
    // Fast convolutions round.
    #expect(abs(logits[0] - 462) < 1e-2)
    #expect(logits.dropFirst().allSatisfy { $0 == 0 })
  }

  @Test func namesAndShapes() throws {
    let network = AllConvolutionalNet(inputChannels: 1, classCount: 4)
    #expect(network.namedState.map(\.name) == (1...9).flatMap { ["conv\($0).weight", "conv\($0).bias"] })
    #expect(network.parameters.first?.shape == [96, 1, 3, 3])
    #expect(try network.outputShape(for: [2, 1, 32, 32]) == [2, 4])
    #expect(try network.outputShape(for: [2, 1, 9, 9]) == [2, 4])
    #expect(throws: InputError.self) { try network.predict(.zeros([1, 1, 8, 8])) }
    #expect(throws: InputError.self) { try network.predict(.zeros([1, 3, 32, 32])) }
  }
}
