import Autograd
import NNLayers
import TensorCore
import Testing

struct Conv3dTests {
  /// Volumes 1 … 8 of 2×2×2 under a kernel of ones: 36; with a plane of zeros in front and behind, the sums of each
  /// plane, 1 + 2 + 3 + 4 = 10 and 5 + 6 + 7 + 8 = 26.
  @Test func handComputed() throws {
    let volume = Tensor<Float>([1, 2, 3, 4, 5, 6, 7, 8], shape: [1, 1, 2, 2, 2])
    func output(_ padding: VolumePadding, _ mode: PaddingMode = .zeros) throws -> Tensor<Float> {
      let layer = Conv3d(
        1, 1, kernelSize: 2, padding: padding, paddingMode: mode, bias: false, initializer: .ones)
      return try layer.predict(volume)
    }
    #expect(try output(0).scalars == [36])
    let depth = VolumePadding.sides(front: 1, back: 1, top: 0, bottom: 0, left: 0, right: 0)
    #expect(try output(depth).scalars == [10, 36, 26])
    #expect(try output(depth, .replicate).scalars == [20, 36, 52])
    #expect(try output(depth, .circular).scalars == [36, 36, 36])
    #expect(try output(.same).shape == [1, 1, 2, 2, 2])
  }

  @Test func predictedShapeIsThatOfTheOutput() throws {
    let layers = [
      Conv3d(3, 64, kernelSize: 3, padding: 1), Conv3d(3, 6, kernelSize: 3, stride: 2, padding: .same),
      Conv3d(3, 6, kernelSize: VolumeSize(depth: 1, height: 2, width: 3), dilation: 2, groups: 3, bias: false),
      Conv3d(3, 4, kernelSize: 2, padding: 2, paddingMode: .reflect),
    ]
    for layer in layers {
      let x = Tensor<Float>.zeros([2, 3, 5, 6, 7])
      #expect(try layer.predict(x).shape == layer.outputShape(for: x.shape))
    }
    #expect(layers[0].parameterCount == 64 * (3 * 27 + 1))
    #expect(layers[2].weight.shape == [6, 1, 1, 2, 3])
  }

  @Test func wrongInputThrows() {
    let layer = Conv3d(3, 4, kernelSize: 5)
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 1, 8, 8, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 3, 4, 8, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([3, 8, 8, 8])) }
    #expect(throws: InputError.self) {
      try Conv3d(1, 1, kernelSize: 3, padding: 2, paddingMode: .circular).predict(.zeros([1, 1, 1, 8, 8]))
    }
  }
}
