import Autograd
import NNLayers
import TensorCore

/// The refinement of AlexNet that won in 2013: a first layer with smaller filters and strides, found by looking at features.
///
///     [N, C, 224, 224] → conv1 96@7×7/2 → pool → norm → conv2 256@5×5/2 → pool → norm
///                      → conv3 384@3×3 → conv4 384@3×3 → conv5 256@3×3 → pool → fc6 4096 → fc7 4096 → [N, classes]
///
/// Maps are 110, 55, 26, 13 and 6 high and wide, as in figure 3 of the paper, whose pooling keeps windows that reach over
/// the edge. Each layer with weights but the last is followed by ReLU. "Contrast normalised across feature maps" is taken as
/// ``AlexNet2012/response``. 62,357,608 parameters. Other sizes from 47×47 on are averaged or enlarged to 6×6.
///
/// ```swift
/// let network = ZFNet()
/// ```
///
/// Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks".
public struct ZFNet: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc8"

  /// A network with random weights: Gaussian of deviation 0.01; biases 0.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - dropout: the probability behind fc6 and fc7. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 1000, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    let start = Initializer.normal(deviation: 0.01)
    func convolution(
      _ inputChannels: Int, _ channels: Int, _ side: Int, stride: Int = 1, padding: Int
    ) -> Conv2d {
      Conv2d(
        inputChannels, channels, kernelSize: PlaneSize(side), stride: PlaneSize(stride),
        padding: .symmetric(PlaneSize(padding)), initializer: start
      ).startingBias(at: 0)
    }
    func linear(_ inputCount: Int, _ outputCount: Int) -> Linear {
      Linear(inputCount, outputCount, initializer: start).startingBias(at: 0)
    }
    layers = Sequential(named: [
      "conv1": convolution(inputChannels, 96, 7, stride: 2, padding: 1), "relu1": ReLU(),
      "pool1": MaxPool2d(3, stride: 2, roundsUp: true), "norm1": AlexNet2012.response,
      "conv2": convolution(96, 256, 5, stride: 2, padding: 0), "relu2": ReLU(),
      "pool2": MaxPool2d(3, stride: 2, roundsUp: true), "norm2": AlexNet2012.response,
      "conv3": convolution(256, 384, 3, padding: 1), "relu3": ReLU(),
      "conv4": convolution(384, 384, 3, padding: 1), "relu4": ReLU(),
      "conv5": convolution(384, 256, 3, padding: 1), "relu5": ReLU(), "pool5": MaxPool2d(3, stride: 2, roundsUp: true),
      "avgpool": AdaptiveAveragePool2d(6), "flatten": Flatten(),
      "fc6": linear(9216, 4096), "relu6": ReLU(), "drop6": Dropout(dropout),
      "fc7": linear(4096, 4096), "relu7": ReLU(), "drop7": Dropout(dropout),
      "fc8": linear(4096, classCount),
    ])
  }
}
