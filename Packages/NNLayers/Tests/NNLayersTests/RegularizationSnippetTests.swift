import Autograd
import NNLayers
import TensorCore
import Testing

/// The snippets in the documentation of the regularising layers, of ``Bilinear`` and ``Embedding``, as they stand there.
struct RegularizationSnippetTests {
  private let context = Context.training(seed: 1)
  private let digits = Tensor<Float>.ones([2, 784])

  @Test func dense() throws {
    do {
      let model = Sequential(Linear(784, 100), ReLU(), Dropout(0.5), Linear(100, 10))
      #expect(model(digits, context).shape == [2, 10])
    }
    do {
      let model = Sequential(Linear(784, 100), SELU(), AlphaDropout(0.1), Linear(100, 10))
      #expect(model(digits, context).shape == [2, 10])
    }
    do {
      let model = Sequential(DropConnect(784, 100, probability: 0.5), ReLU(), Linear(100, 10))
      #expect(model(digits, context).shape == [2, 10])
      #expect(try model.outputShape(for: [2, 784]) == [2, 10])
    }
    do {
      let model = Sequential(GaussianNoise(deviation: 0.1), Linear(784, 10))
      #expect(model(digits, context).shape == [2, 10])
    }
  }

  @Test func blocks() {
    do {
      let block = Sequential(Conv2d(16, 32, kernelSize: 3), ReLU(), SpatialDropout(0.2))
      #expect(block(Tensor<Float>.ones([1, 16, 5, 5]), context).shape == [1, 32, 3, 3])
    }
    do {
      let block = Residual(Sequential(Linear(64, 64), ReLU(), Linear(64, 64), StochasticDepth(0.2, per: .sample)))
      #expect(block(Tensor<Float>.ones([4, 64]), context).shape == [4, 64])
    }
  }

  @Test func tables() {
    let (left, right) = (Variable(Tensor<Float>.ones([2, 128])), Variable(Tensor<Float>.ones([2, 128])))
    do {
      let compare = Bilinear(128, 128, 10)
      let scores = compare(left, right, context)
      #expect(scores.shape == [2, 10])
    }
    do {
      let words = Embedding(10_000, 64, paddingIndex: 0)
      let sentences: Tensor<Int64> = [[4, 17, 0], [9, 0, 0]]
      let vectors = words(sentences, context)  // [2, 3, 64]
      #expect(vectors.shape == [2, 3, 64])
    }
  }
}
