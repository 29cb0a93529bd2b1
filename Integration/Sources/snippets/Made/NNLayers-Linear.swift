// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersBilinear1() throws {
  let compare = Bilinear(128, 128, 10)
  let scores = compare(left, right, context)
  _ = compare
  _ = scores
}

func snippetNNLayersEmbedding1() throws {
  let words = Embedding(10_000, 64, paddingIndex: 0)
  let sentences: Tensor<Int64> = [[4, 17, 0], [9, 0, 0]]
  let vectors = words(sentences, context)  // [2, 3, 64]
  _ = words
  _ = sentences
  _ = vectors
}

func snippetNNLayersLinear1() throws {
  let classifier = Sequential(Linear(784, 128), ReLU(), Linear(128, 10, initializer: .xavierUniform()))
  _ = classifier
}

func snippetNNLayersLinear2() throws {
  let decoder = Linear(weight: encoder.weight)
  _ = decoder
}
