// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetBatchNorm1() throws {
  let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(64), ReLU())
  _ = block
}

func snippetBatchNorm2() throws {
  let block = Sequential(Linear(784, 100, bias: false), BatchNorm1d(100), ReLU())
  _ = block
}

func snippetBatchNorm3() throws {
  let y = BatchNorm3d(8)(volumes, context)
  _ = y
}

func snippetFolding1() throws {
  let fast = convolution.folded(with: normalization)
  _ = fast
}

func snippetLocalResponseNorm1() throws {
  let block = Sequential(Conv2d(3, 96, kernelSize: 11, stride: 4), ReLU(), LocalResponseNorm(size: 5))
  _ = block
}

func snippetRunningAverage1() throws {
  let torch = BatchNorm2d(64, average: .exponential(newWeight: 0.1))  // PyTorch's default
  let keras = BatchNorm2d(64, average: .exponential(oldWeight: 0.99))  // Keras' default
  let paper = BatchNorm2d(64, average: .wholeSet)  // the mean over all batches seen
  _ = torch
  _ = keras
  _ = paper
}
