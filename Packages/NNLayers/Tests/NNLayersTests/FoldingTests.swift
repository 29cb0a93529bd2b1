import Autograd
import NNLayers
import TensorCore
import Testing

/// In inference batch normalisation is a linear map that folds into the layer before it.
struct FoldingTests {
  private func trained(_ layer: some BatchNormLayer, like shape: Shape) {
    var random = RandomStream(seed: 9)
    layer.weight?.value = .float(.uniform([layer.normalization.channels], in: 0.5..<2, using: &random))
    layer.bias?.value = .float(.normal([layer.normalization.channels], using: &random))
    for _ in 0..<3 { _ = layer(Tensor<Float>.normal(shape, mean: 1, deviation: 2, using: &random), .training(seed: 1)) }
  }

  private func areClose(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Bool {
    a.shape == b.shape && zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) < 2e-5 }
  }

  @Test(arguments: [true, false], PaddingMode.allCases)
  func lectureBatchNormFoldsIntoTheConvolutionBefore(_ bias: Bool, _ mode: PaddingMode) throws {
    let (convolution, norm) = seeded(4) {
      (Conv2d(4, 6, kernelSize: 3, padding: 1, paddingMode: mode, groups: 2, bias: bias), BatchNorm2d(6))
    }
    trained(norm, like: [4, 6, 5, 5])
    var random = RandomStream(seed: 2)
    let x = Tensor<Float>.normal([2, 4, 7, 7], using: &random)
    let folded = convolution.folded(with: norm)
    #expect(areClose(try folded.predict(x), try Sequential(convolution, norm).predict(x)))
    #expect(folded.bias != nil)
  }

  @Test func lectureBatchNormFoldsIntoTheLinearLayerBefore() throws {
    let (linear, norm) = seeded(4) { (Linear(5, 3), BatchNorm1d(3)) }
    trained(norm, like: [8, 3])
    var random = RandomStream(seed: 2)
    let x = Tensor<Float>.normal([4, 5], using: &random)
    #expect(areClose(try linear.folded(with: norm).predict(x), try Sequential(linear, norm).predict(x)))
  }

  @Test func otherChannelsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(5, 3).folded(with: BatchNorm1d(4))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Linear.folded] weight [3, 5] has not the 4 outputs that are normalised"))
  }
}
