import Autograd
import NNLayers
import TensorCore

/// AlexNet as published: two columns of channels that meet only in the third convolution and the linear layers, and local
/// response normalisation behind the first two.
///
///     [N, C, H, W] → conv1 96@11×11/4 → norm → pool → conv2 256@5×5 in 2 groups → norm → pool
///                  → conv3 384@3×3 → conv4 384@3×3 in 2 groups → conv5 256@3×3 in 2 groups → pool
///                  → fc6 4096 → fc7 4096 → fc8 [N, classes]
///
/// The two columns, which ran on two processors, are the groups of a convolution. 60,965,224 parameters. The paper's
/// 224×224 images give 55×55 maps only with padding; here it is 2, as in torchvision. Each layer with weights but the last
/// is followed by ReLU; pooling is 3×3 with stride 2; other sizes from 63×63 on are averaged or enlarged to 6×6. Names:
/// `conv1.weight`, …, `fc8.bias`.
///
/// ```swift
/// let network = AlexNet2012()
/// let response = network.layers["norm1"]
/// ```
///
/// Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks".
public struct AlexNet2012: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc8"

  /// A network with random weights, as in section 5 of the paper: Gaussian of deviation 0.01; biases 1 in conv2, conv4,
  /// conv5, fc6 and fc7, so that ReLU starts in its slope, and 0 elsewhere.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - dropout: the probability behind fc6 and fc7. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 1000, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    let start = Initializer.normal(deviation: 0.01)
    func convolution(
      _ inputChannels: Int, _ channels: Int, _ side: Int, stride: Int = 1, groups: Int = 1, bias: Float
    ) -> Conv2d {
      Conv2d(
        inputChannels, channels, kernelSize: PlaneSize(side), stride: PlaneSize(stride),
        padding: .symmetric(PlaneSize(stride == 4 ? 2 : side / 2)), groups: groups, initializer: start
      ).startingBias(at: bias)
    }
    func linear(_ inputCount: Int, _ outputCount: Int, bias: Float) -> Linear {
      Linear(inputCount, outputCount, initializer: start).startingBias(at: bias)
    }
    layers = Sequential(named: [
      "conv1": convolution(inputChannels, 96, 11, stride: 4, bias: 0), "relu1": ReLU(),
      "norm1": Self.response, "pool1": MaxPool2d(3, stride: 2),
      "conv2": convolution(96, 256, 5, groups: 2, bias: 1), "relu2": ReLU(),
      "norm2": Self.response, "pool2": MaxPool2d(3, stride: 2),
      "conv3": convolution(256, 384, 3, bias: 0), "relu3": ReLU(),
      "conv4": convolution(384, 384, 3, groups: 2, bias: 1), "relu4": ReLU(),
      "conv5": convolution(384, 256, 3, groups: 2, bias: 1), "relu5": ReLU(), "pool5": MaxPool2d(3, stride: 2),
      "avgpool": AdaptiveAveragePool2d(6), "flatten": Flatten(),
      "fc6": linear(9216, 4096, bias: 1), "relu6": ReLU(), "drop6": Dropout(dropout),
      "fc7": linear(4096, 4096, bias: 1), "relu7": ReLU(), "drop7": Dropout(dropout),
      "fc8": linear(4096, classCount, bias: 0),
    ])
  }

  /// The paper's normalisation: k = 2, n = 5, α = 10⁻⁴, β = 3/4. The layer's α is divided by n, the paper's is not.
  public static let response = LocalResponseNorm(size: 5, alpha: 5e-4, beta: 0.75, k: 2)
}
