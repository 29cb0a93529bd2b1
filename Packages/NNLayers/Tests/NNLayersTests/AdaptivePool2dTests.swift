import NNLayers
import TensorCore
import Testing

struct AdaptivePool2dTests {
  private let image = Tensor<Float>((0..<15).map(Float.init), shape: [1, 1, 3, 5])

  /// Three rows into two: rows 0 and 1, 1 and 2; five columns into two: 0…2 and 2…4.
  @Test func handComputed() throws {
    #expect(try AdaptiveAveragePool2d(2).predict(image).scalars == [3.5, 5.5, 8.5, 10.5])
    #expect(try AdaptiveMaxPool2d(2).predict(image).scalars == [7, 9, 12, 14])
    #expect(try AdaptiveAveragePool2d(1).predict(image).scalars == [7])
    #expect(try AdaptiveAveragePool2d(PlaneSize(height: 3, width: 5)).predict(image) == image)
  }

  @Test func global() throws {
    let two = Tensor<Float>.concatenated([image, image * 2], along: 1)
    #expect(try GlobalAveragePool2d().predict(two) == [[7, 14]])
    #expect(try GlobalMaxPool2d().predict(two) == [[14, 28]])
    #expect(try GlobalAveragePool2d(keepsAxes: true).predict(two).shape == [1, 2, 1, 1])
    #expect(try GlobalMaxPool2d(keepsAxes: true).outputShape(for: [4, 3, 9, 9]) == [4, 3, 1, 1])
    #expect(try GlobalMaxPool2d().outputShape(for: [4, 3, 9, 9]) == [4, 3])
  }

  @Test func wrongInputThrows() {
    #expect(throws: InputError.self) { try AdaptiveAveragePool2d(2).predict(.zeros([1, 2, 3])) }
    #expect(throws: InputError.self) { try AdaptiveMaxPool2d(2).predict(.zeros([1, 2, 0, 3])) }
    #expect(throws: InputError.self) { try GlobalAveragePool2d().predict(.zeros([1, 2])) }
    #expect(throws: InputError.self) { try GlobalMaxPool2d().predict(.zeros([1, 2])) }
  }
}
