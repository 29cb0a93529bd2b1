import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct SqueezeExcitationTests {
  /// Means 2 and 4; fc1 adds them: 6, relu keeps it; fc2 makes 0 and ln 3 of it: factors 1/2 and 3/4.
  @Test func byHand() throws {
    let layer = SqueezeExcitation(2, squeezed: 1)
    layer.fc1.weight.value = .float(Tensor([1, 1], shape: [1, 2, 1, 1]))
    layer.fc1.bias?.value = .float(Tensor([0]))
    layer.fc2.weight.value = .float(Tensor([0, Float(log(3.0) / 6)], shape: [2, 1, 1, 1]))
    layer.fc2.bias?.value = .float(Tensor([0, 0]))
    let y = try layer.predict(Tensor([1, 3, 2, 6], shape: [1, 2, 1, 2])).scalars
    for (got, expected) in zip(y, [0.5, 1.5, 1.5, 4.5]) { #expect(abs(Double(got) - expected) < 1e-6) }
  }

  @Test func gradients() {
    var random = RandomStream(seed: 3)
    let layer = seeded(1) { SqueezeExcitation(3, squeezed: 4) }
    #expect(gradientError(layer, at: .normal([2, 3, 3, 2], using: &random)) < 1e-6)
    let x = Tensor<Double>.normal([2, 3, 2, 2], using: &random)
    let report = checkGradients("SqueezeExcitation", at: [x]) {
      layer($0[0], Context(mode: .inference, precision: .double))
    }
    #expect(report.relativeError < 1e-6, "\(report)")
  }

  @Test func namesAndShapes() async throws {
    let layer = SqueezeExcitation(8, squeezed: 2)
    #expect(layer.namedParameters.map(\.name) == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])
    #expect(layer.parameters.map(\.shape) == [[2, 8, 1, 1], [2], [8, 2, 1, 1], [8]])
    #expect(try layer.outputShape(for: [2, 8, 5, 3]) == [2, 8, 5, 3])
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 3, 5, 5])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 8])) }
    await #expect(processExitsWith: .failure) { _ = SqueezeExcitation(0, squeezed: 1) }
    await #expect(processExitsWith: .failure) {
      _ = SqueezeExcitation(2, squeezed: 1)(Tensor<Float>([1, 2]), .inference)
    }
  }
}
