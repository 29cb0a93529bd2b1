import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

@Suite struct AveragedStateTests {
  /// The mean of the weights 1 and 3 is 2; the layer's own stay 3.
  @Test func aContextMayCarryAveragedWeights() {
    let layer = Linear(1, 1)
    layer.bias?.value = .float([0])
    let average = WeightAverage(layer.parameters, .equal)
    for weight in [1, 3] as [Float] {
      layer.weight.value = .float(Tensor([weight], shape: [1, 1]))
      average.update()
    }
    let input = Tensor<Float>([10], shape: [1, 1])
    #expect(layer(input, Context(mode: .inference, state: ModelState(average))).floats.scalars == [20])
    #expect(layer(input, .inference).floats.scalars == [30])
  }
}
