// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersCheckpointed1() throws {
  let block = Checkpointed(Sequential(Conv2d(64, 64, kernelSize: 3, padding: 1), BatchNorm2d(64), ReLU()))
  _ = block
}

func snippetNNLayersFlatten1() throws {
  let head = Sequential(MaxPool2d(2), Flatten(), Linear(400, 10))
  _ = head
}

func snippetNNLayersParallel1() throws {
  let mixed = Parallel(
    Conv2d(192, 64, kernelSize: 1), Conv2d(192, 128, kernelSize: 3, padding: 1),
    Sequential(MaxPool2d(3, stride: 1, padding: 1), Conv2d(192, 32, kernelSize: 1)))  // 64 + 128 + 32 channels
  _ = mixed
}

func snippetNNLayersResidual1() throws {
  let block = Residual(
    Sequential(Conv2d(16, 32, kernelSize: 3, stride: 2, padding: 1), ReLU(), Conv2d(32, 32, kernelSize: 3, padding: 1)),
    shortcut: Conv2d(16, 32, kernelSize: 1, stride: 2), activation: ReLU())
  _ = block
}

func snippetNNLayersSequential1() throws {
  let classifier = Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
  let stem = Sequential(named: ["conv1": Conv2d(3, 64, kernelSize: 7, stride: 2, padding: 3), "relu": ReLU()])
  _ = classifier
  _ = stem
}
