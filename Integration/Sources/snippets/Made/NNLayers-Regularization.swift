// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersAlphaDropout1() throws {
  let model = Sequential(Linear(784, 100), SELU(), AlphaDropout(0.1), Linear(100, 10))
  _ = model
}

func snippetNNLayersDropConnect1() throws {
  let model = Sequential(DropConnect(784, 100, probability: 0.5), ReLU(), Linear(100, 10))
  _ = model
}

func snippetNNLayersDropout1() throws {
  let model = Sequential(Linear(784, 100), ReLU(), Dropout(0.5), Linear(100, 10))
  _ = model
}

func snippetNNLayersGaussianNoise1() throws {
  let model = Sequential(GaussianNoise(deviation: 0.1), Linear(784, 10))
  _ = model
}

func snippetNNLayersSpatialDropout1() throws {
  let block = Sequential(Conv2d(16, 32, kernelSize: 3), ReLU(), SpatialDropout(0.2))
  _ = block
}

func snippetNNLayersStochasticDepth1() throws {
  let block = Residual(Sequential(Linear(64, 64), ReLU(), Linear(64, 64), StochasticDepth(0.2, per: .sample)))
  _ = block
}
