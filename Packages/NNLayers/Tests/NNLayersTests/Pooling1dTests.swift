import NNLayers
import TensorCore
import Testing

struct Pooling1dTests {
  private let line = Tensor<Float>([1, 5, 2, 8, 3], shape: [1, 1, 5])

  @Test func handComputed() throws {
    #expect(try MaxPool1d(2).predict(line).scalars == [5, 8])
    #expect(try MaxPool1d(2, roundsUp: true).predict(line).scalars == [5, 8, 3])
    #expect(try MaxPool1d(3, stride: 1, padding: 1).predict(line).scalars == [5, 5, 8, 8, 8])
    #expect(try AveragePool1d(2).predict(line).scalars == [3, 5])
    #expect(try AveragePool1d(3, stride: 2, padding: 1).predict(line).scalars == [2, 5, 11.0 / 3])
    #expect(try AveragePool1d(3, stride: 2, padding: 1, countsPadding: false).predict(line).scalars == [3, 5, 5.5])
    #expect(try AdaptiveAveragePool1d(2).predict(line).scalars == [8.0 / 3, 13.0 / 3])
  }

  @Test func shapes() throws {
    #expect(try MaxPool1d(3, stride: 2).outputShape(for: [2, 4, 10]) == [2, 4, 4])
    #expect(try AveragePool1d(3, stride: 2, roundsUp: true).outputShape(for: [2, 4, 10]) == [2, 4, 5])
    #expect(try AdaptiveAveragePool1d(7).outputShape(for: [2, 4, 10]) == [2, 4, 7])
    #expect(throws: InputError.self) { try MaxPool1d(6).predict(line) }
    #expect(throws: InputError.self) { try AveragePool1d(2).predict(.zeros([1, 1, 5, 5])) }
    #expect(throws: InputError.self) { try AdaptiveAveragePool1d(2).predict(.zeros([1, 5])) }
  }
}
