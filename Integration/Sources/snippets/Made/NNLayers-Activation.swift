// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersElementwiseLayer1() throws {
  let block = Residual(Linear(8, 8), shortcut: Identity())
  _ = block
}

func snippetNNLayersElementwiseLayer2() throws {
  let block = Sequential(Linear(8, 4), Activated(.leakyReLU(slope: 0.1)))
  _ = block
}

func snippetNNLayersExponentialUnits1() throws {
  let block = Sequential(Linear(784, 100), ELU())
  _ = block
}

func snippetNNLayersExponentialUnits2() throws {
  let block = Sequential(Linear(784, 100), SELU())
  _ = block
}

func snippetNNLayersExponentialUnits3() throws {
  let block = Sequential(Linear(784, 100), CELU(alpha: 2))
  _ = block
}

func snippetNNLayersExponentialUnits4() throws {
  let block = Sequential(Linear(784, 100), Softplus())
  _ = block
}

func snippetNNLayersGates1() throws {
  let block = Sequential(Linear(784, 300), Maxout(pieces: 3))
  _ = block
}

func snippetNNLayersGates2() throws {
  let block = Sequential(Linear(784, 200), GLU())
  _ = block
}

func snippetNNLayersPReLU1() throws {
  let block = Sequential(Conv2d(3, 16, kernelSize: 3), PReLU(16))
  _ = block
}

func snippetNNLayersRectifiers1() throws {
  let block = Sequential(Linear(784, 100), ReLU())
  _ = block
}

func snippetNNLayersRectifiers2() throws {
  let block = Sequential(Linear(784, 100), ReLU6())
  _ = block
}

func snippetNNLayersRectifiers3() throws {
  let block = Sequential(Linear(784, 100), LeakyReLU(slope: 0.1))
  _ = block
}

func snippetNNLayersRectifiers4() throws {
  let block = Sequential(Linear(784, 100), Threshold(0.5, value: 0))
  _ = block
}

func snippetNNLayersSelfGatedUnits1() throws {
  let block = Sequential(Linear(784, 100), GELU(approximate: true))
  _ = block
}

func snippetNNLayersSelfGatedUnits2() throws {
  let block = Sequential(Linear(784, 100), SiLU())
  _ = block
}

func snippetNNLayersSelfGatedUnits3() throws {
  let block = Sequential(Linear(784, 100), HardSwish())
  _ = block
}

func snippetNNLayersSelfGatedUnits4() throws {
  let block = Sequential(Linear(784, 100), Mish())
  _ = block
}

func snippetNNLayersShrinks1() throws {
  let block = Sequential(Linear(784, 100), HardShrink())
  _ = block
}

func snippetNNLayersShrinks2() throws {
  let block = Sequential(Linear(784, 100), SoftShrink(0.1))
  _ = block
}

func snippetNNLayersShrinks3() throws {
  let block = Sequential(Linear(784, 100), TanhShrink())
  _ = block
}

func snippetNNLayersSigmoids1() throws {
  let block = Sequential(Linear(784, 100), Sigmoid())
  _ = block
}

func snippetNNLayersSigmoids2() throws {
  let block = Sequential(Linear(784, 100), LogSigmoid())
  _ = block
}

func snippetNNLayersSigmoids3() throws {
  let block = Sequential(Linear(784, 100), HardSigmoid())
  _ = block
}

func snippetNNLayersSigmoids4() throws {
  let block = Sequential(Linear(784, 100), Tanh())
  _ = block
}

func snippetNNLayersSigmoids5() throws {
  let block = Sequential(Linear(784, 100), ScaledTanh())
  _ = block
}

func snippetNNLayersSigmoids6() throws {
  let block = Sequential(Linear(784, 100), HardTanh(-2...2))
  _ = block
}

func snippetNNLayersSigmoids7() throws {
  let block = Sequential(Linear(784, 100), Softsign())
  _ = block
}

func snippetNNLayersSoftmax1() throws {
  let shares = try Sequential(network, Softmax()).predict(images)
  _ = shares
}

func snippetNNLayersSoftmax2() throws {
  let block = Sequential(Linear(84, 10), LogSoftmax())
  _ = block
}
