// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetElementwiseLayer1() throws {
  let block = Residual(Linear(8, 8), shortcut: Identity())
  _ = block
}

func snippetElementwiseLayer2() throws {
  let block = Sequential(Linear(8, 4), Activated(.leakyReLU(slope: 0.1)))
  _ = block
}

func snippetExponentialUnits1() throws {
  let block = Sequential(Linear(784, 100), ELU())
  _ = block
}

func snippetExponentialUnits2() throws {
  let block = Sequential(Linear(784, 100), SELU())
  _ = block
}

func snippetExponentialUnits3() throws {
  let block = Sequential(Linear(784, 100), CELU(alpha: 2))
  _ = block
}

func snippetExponentialUnits4() throws {
  let block = Sequential(Linear(784, 100), Softplus())
  _ = block
}

func snippetGates1() throws {
  let block = Sequential(Linear(784, 300), Maxout(pieces: 3))
  _ = block
}

func snippetGates2() throws {
  let block = Sequential(Linear(784, 200), GLU())
  _ = block
}

func snippetPReLU1() throws {
  let block = Sequential(Conv2d(3, 16, kernelSize: 3), PReLU(16))
  _ = block
}

func snippetRectifiers1() throws {
  let block = Sequential(Linear(784, 100), ReLU())
  _ = block
}

func snippetRectifiers2() throws {
  let block = Sequential(Linear(784, 100), ReLU6())
  _ = block
}

func snippetRectifiers3() throws {
  let block = Sequential(Linear(784, 100), LeakyReLU(slope: 0.1))
  _ = block
}

func snippetRectifiers4() throws {
  let block = Sequential(Linear(784, 100), Threshold(0.5, value: 0))
  _ = block
}

func snippetSelfGatedUnits1() throws {
  let block = Sequential(Linear(784, 100), GELU(approximate: true))
  _ = block
}

func snippetSelfGatedUnits2() throws {
  let block = Sequential(Linear(784, 100), SiLU())
  _ = block
}

func snippetSelfGatedUnits3() throws {
  let block = Sequential(Linear(784, 100), HardSwish())
  _ = block
}

func snippetSelfGatedUnits4() throws {
  let block = Sequential(Linear(784, 100), Mish())
  _ = block
}

func snippetSigmoids1() throws {
  let block = Sequential(Linear(784, 100), Sigmoid())
  _ = block
}

func snippetSigmoids2() throws {
  let block = Sequential(Linear(784, 100), LogSigmoid())
  _ = block
}

func snippetSigmoids3() throws {
  let block = Sequential(Linear(784, 100), HardSigmoid())
  _ = block
}

func snippetSigmoids4() throws {
  let block = Sequential(Linear(784, 100), Tanh())
  _ = block
}

func snippetSigmoids5() throws {
  let block = Sequential(Linear(784, 100), ScaledTanh())
  _ = block
}

func snippetSigmoids6() throws {
  let block = Sequential(Linear(784, 100), HardTanh(-2...2))
  _ = block
}

func snippetSigmoids7() throws {
  let block = Sequential(Linear(784, 100), Softsign())
  _ = block
}

func snippetSoftmax1() throws {
  let shares = try Sequential(network, Softmax()).predict(images)
  _ = shares
}

func snippetSoftmax2() throws {
  let block = Sequential(Linear(84, 10), LogSoftmax())
  _ = block
}
