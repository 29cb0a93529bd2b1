// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersBatchNorm1() throws {
  let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(64), ReLU())
  _ = block
}

func snippetNNLayersBatchNorm2() throws {
  let block = Sequential(Linear(784, 100, bias: false), BatchNorm1d(100), ReLU())
  _ = block
}

func snippetNNLayersBatchNorm3() throws {
  let y = BatchNorm3d(8)(volumes, context)
  _ = y
}

func snippetNNLayersFolding1() throws {
  let fast = convolution.folded(with: normalization)
  _ = fast
}

func snippetNNLayersGroupNorm1() throws {
  let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1), GroupNorm(groups: 32, 64), ReLU())
  _ = block
}

func snippetNNLayersInstanceNorm1() throws {
  let block = Sequential(Conv2d(3, 32, kernelSize: 9, padding: 4), InstanceNorm2d(32, affine: true), ReLU())
  _ = block
}

func snippetNNLayersInstanceNorm2() throws {
  let y = InstanceNorm1d(8)(sequences, context)
  _ = y
}

func snippetNNLayersInstanceNorm3() throws {
  let y = InstanceNorm3d(8)(volumes, context)
  _ = y
}

func snippetNNLayersLayerNorm1() throws {
  let block = Sequential(Linear(784, 128), LayerNorm([128]), ReLU())
  _ = block
}

func snippetNNLayersLocalResponseNorm1() throws {
  let block = Sequential(Conv2d(3, 96, kernelSize: 11, stride: 4), ReLU(), LocalResponseNorm(size: 5))
  _ = block
}

func snippetNNLayersRMSNorm1() throws {
  let block = Sequential(Linear(784, 128), RMSNorm([128]), SiLU())
  _ = block
}

func snippetNNLayersRunningAverage1() throws {
  let torch = BatchNorm2d(64, average: .exponential(newWeight: 0.1))  // PyTorch's default
  let keras = BatchNorm2d(64, average: .exponential(oldWeight: 0.99))  // Keras' default
  let paper = BatchNorm2d(64, average: .wholeSet)  // the mean over all batches seen
  _ = torch
  _ = keras
  _ = paper
}

func snippetNNLayersSpectralNorm1() throws {
  let block = Sequential(SpectralNorm(Linear(128, 64)), LeakyReLU(slope: 0.1))
  _ = block
}

func snippetNNLayersWeightNorm1() throws {
  let block = Sequential(WeightNorm(Conv2d(3, 16, kernelSize: 3)), ReLU())
  _ = block
}
