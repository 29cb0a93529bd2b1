import Autograd
import NNLayers
import TensorCore

/// The all-convolutional network, which has no pooling: where another would pool, a convolution takes steps of two. All-CNN-C of
/// the paper.
///
///     [N, C, 32, 32] → conv1 96@3×3 → conv2 96 → conv3 96, stride 2 → conv4 192 → conv5 192 → conv6 192, stride 2
///                    → conv7 192@3×3 without padding → conv8 192@1×1 → conv9 classes@1×1 → mean of each map → [N, classes]
///
/// ReLU follows every convolution but the last (the paper's table has one there, too, behind which a class can fall silent).
/// 1,369,738 parameters for three channels and ten classes. Images of other sizes from 9×9 on are taken as well.
///
/// ```swift
/// let network = AllConvolutionalNet()
/// ```
///
/// Springenberg, Dosovitskiy, Brox and Riedmiller 2014, "Striving for simplicity: the all convolutional net".
public struct AllConvolutionalNet: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "conv9"

  /// A network with random weights: Gaussian of variance 2 / fan-in, biases 0.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - inputDropout: the probability of an input to be dropped. Default 0.2.
  ///   - dropout: the probability behind the two convolutions that take steps. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 10, inputDropout: Double = 0.2, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    func convolution(
      _ inputChannels: Int, _ channels: Int, _ side: Int = 3, stride: PlaneSize = 1, padding: PlanePadding = 1
    ) -> Conv2d {
      Conv2d(
        inputChannels, channels, kernelSize: PlaneSize(side), stride: stride, padding: padding,
        initializer: .heNormal
      ).startingBias(at: 0)
    }
    layers = Sequential(named: [
      "drop1": Dropout(inputDropout),
      "conv1": convolution(inputChannels, 96), "relu1": ReLU(), "conv2": convolution(96, 96), "relu2": ReLU(),
      "conv3": convolution(96, 96, stride: 2), "relu3": ReLU(), "drop2": Dropout(dropout),
      "conv4": convolution(96, 192), "relu4": ReLU(), "conv5": convolution(192, 192), "relu5": ReLU(),
      "conv6": convolution(192, 192, stride: 2), "relu6": ReLU(), "drop3": Dropout(dropout),
      "conv7": convolution(192, 192, padding: 0), "relu7": ReLU(),
      "conv8": convolution(192, 192, 1, padding: 0), "relu8": ReLU(),
      "conv9": convolution(192, classCount, 1, padding: 0), "pool": GlobalAveragePool2d(),
    ])
  }
}
