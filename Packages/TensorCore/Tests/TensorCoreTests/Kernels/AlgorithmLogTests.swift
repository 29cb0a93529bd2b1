import TensorCore
import Testing

/// The only test that switches the log on; the operations of others are in it as well.
@Suite(.serialized)
struct AlgorithmLogTests {
  @Test func notesWhatIsChosen() {
    let square = Tensor<Float>.ones([64, 64])
    _ = AlgorithmLog.take()
    _ = square.matmul(square)
    #expect(AlgorithmLog.take().isEmpty)
    AlgorithmLog.isOn = true
    defer { AlgorithmLog.isOn = false }
    _ = square.matmul(square)
    _ = square.matmul(square)
    let product = AlgorithmLog.take()
    #expect(product.count == 1 && product[0].hasSuffix("product"))
    #expect(AlgorithmLog.take().isEmpty)
    // Depthwise: a filter a channel leaves nothing to reuse.
    let images = Tensor<Double>.ones([1, 3, 8, 8])
    let geometry = ConvolutionGeometry(kernel: 3, groups: 3)
    _ = images.conv2d(Tensor<Double>.ones([3, 1, 3, 3]), geometry: geometry)
    #expect(AlgorithmLog.take() == ["direct"])
  }
}
