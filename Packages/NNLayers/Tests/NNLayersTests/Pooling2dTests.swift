import NNLayers
import TensorCore
import Testing

struct Pooling2dTests {
  private let image = Tensor<Float>((0..<16).map(Float.init), shape: [1, 1, 4, 4])

  /// The windows of 0…15 in rows of four: the last element is the largest, the mean 2.5 above the first.
  @Test func handComputed() throws {
    #expect(try MaxPool2d(2).predict(image).scalars == [5, 7, 13, 15])
    #expect(try AveragePool2d(2).predict(image).scalars == [2.5, 4.5, 10.5, 12.5])
    #expect(try MaxPool2d(3, stride: 1).predict(image).scalars == [10, 11, 14, 15])
    #expect(MaxPool2d(2).parameterCount == 0)
  }

  @Test func paddingCountsOrNot() throws {
    // The first window holds three zeros of padding and the element 0; the last three and the element 15.
    #expect(try AveragePool2d(2, padding: 1).predict(image).scalars.last == 15.0 / 4)
    #expect(try AveragePool2d(2, padding: 1, countsPadding: false).predict(image).scalars.last == 15)
  }

  @Test func shapes() throws {
    #expect(try MaxPool2d(3, stride: 2, padding: 1).outputShape(for: [2, 3, 9, 8]) == [2, 3, 5, 4])
    #expect(throws: InputError.self) { try MaxPool2d(5).predict(image) }
    #expect(throws: InputError.self) { try AveragePool2d(2).predict(Tensor<Float>.zeros([4, 4])) }
  }
}
