import Autograd
import NNLayers
import TensorCore

/// AlexNet in one column, as torchvision has it, with its names, shapes and first weights (PyTorch's defaults).
///
///     [N, C, H, W] → conv 64@11×11/4 → pool → conv 192@5×5 → pool → conv 384, 256, 256@3×3 → pool → mean to 6×6
///                  → 9216 → 4096 → 4096 → [N, classes]
///
/// Each convolution is followed by ReLU; pooling is 3×3 with stride 2, the windows overlap. Images of 63×63 and more are
/// taken; 224×224 comes to 6×6 by itself. The network of the paper is ``AlexNet2012``.
///
/// ```swift
/// let network = AlexNet(classCount: 10)
/// ```
///
/// Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks".
public struct AlexNet: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "classifier.6"

  /// A network with random weights.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - dropout: the probability before the first two linear layers. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 1000, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    layers = Sequential(named: [
      "features": Sequential(
        Conv2d(inputChannels, 64, kernelSize: 11, stride: 4, padding: 2), ReLU(), MaxPool2d(3, stride: 2),
        Conv2d(64, 192, kernelSize: 5, padding: 2), ReLU(), MaxPool2d(3, stride: 2),
        Conv2d(192, 384, kernelSize: 3, padding: 1), ReLU(),
        Conv2d(384, 256, kernelSize: 3, padding: 1), ReLU(),
        Conv2d(256, 256, kernelSize: 3, padding: 1), ReLU(), MaxPool2d(3, stride: 2)),
      "avgpool": AdaptiveAveragePool2d(6), "flatten": Flatten(),
      "classifier": Sequential(
        Dropout(dropout), Linear(9216, 4096), ReLU(), Dropout(dropout), Linear(4096, 4096), ReLU(),
        Linear(4096, classCount)),
    ])
  }
}

/// A light network in the manner of ``AlexNet`` for 32×32 images.
///
///     [N, C, 32, 32] → conv 32@5×5 → pool → conv 64@5×5 → pool → conv 96, 96, 64@3×3 → pool → mean to 3×3
///                    → 576 → 256 → 128 → [N, classes]
///
/// Pooling is 3×3 with stride 2: 32, 15, 7, 3. Images of 15×15 and more are taken.
///
/// ```swift
/// let network = AlexNetLite(inputChannels: 1)
/// ```
public struct AlexNetLite: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "classifier.6"

  /// A network with random weights, uniform within ±√(6 / fan-in).
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability before the first two linear layers. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 10, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    func convolution(_ inputChannels: Int, _ channels: Int, _ side: Int) -> Conv2d {
      Conv2d(inputChannels, channels, kernelSize: PlaneSize(side), padding: .same, initializer: .heUniform)
    }
    layers = Sequential(named: [
      "features": Sequential(
        convolution(inputChannels, 32, 5), ReLU(), MaxPool2d(3, stride: 2),
        convolution(32, 64, 5), ReLU(), MaxPool2d(3, stride: 2),
        convolution(64, 96, 3), ReLU(), convolution(96, 96, 3), ReLU(), convolution(96, 64, 3), ReLU(),
        MaxPool2d(3, stride: 2)),
      "avgpool": AdaptiveAveragePool2d(3), "flatten": Flatten(),
      "classifier": Sequential(
        Dropout(dropout), Linear(576, 256, initializer: .heUniform), ReLU(),
        Dropout(dropout), Linear(256, 128, initializer: .heUniform), ReLU(), Linear(128, classCount)),
    ])
  }
}
