import Autograd
import NNLayers
import TensorCore

/// Network in network: each convolution is followed by 1×1 convolutions, a small network that slides over the image, and
/// the classes' maps are averaged, without a fully connected layer.
///
///     [N, C, 32, 32] → conv1 192@5×5 → cccp1 160 → cccp2 96 → max-pool 3/2
///                    → conv2 192@5×5 → cccp3 192 → cccp4 192 → mean-pool 3/2
///                    → conv3 192@3×3 → cccp5 192 → cccp6 classes → mean of each map → [N, classes]
///
/// ReLU follows every convolution, also the last, as in the authors' network; the pooling keeps windows that reach over the
/// edge: maps are 32, 16 and 8 high and wide. 966,986 parameters for three channels and ten classes. Images of other sizes
/// from 4×4 on are taken as well.
///
/// ```swift
/// let network = NetworkInNetwork()
/// ```
///
/// Lin, Chen and Yan 2014, "Network in network".
public struct NetworkInNetwork: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "cccp6"

  /// A network with random weights: Gaussian of variance 2 / fan-in, biases 0; the last layer uniform within ±1/√fan-in with
  /// biases 1, so that no class starts behind its ReLU. (The authors' deviation of 0.05 goes with pixels up to 255; signals of
  /// normalised images fade away in it.)
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability behind the first two poolings. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 10, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    let body = slidingNetworks(inputChannels, (192, 160, 96), 192, dropout)
    let end: [NamedLayer] = [
      ("cccp6", Conv2d(192, classCount, kernelSize: 1).startingBias(at: 1)), ("relu9", ReLU()),
      ("pool3", GlobalAveragePool2d()),
    ]
    layers = Sequential(named: body + end)
  }
}

/// A light network in the manner of ``NetworkInNetwork`` for 32×32 images.
///
///     [N, C, 32, 32] → conv1 64@5×5 → cccp1 48 → cccp2 32 → max-pool 3/2
///                    → conv2 64@5×5 → cccp3 64 → cccp4 64 → mean-pool 3/2
///                    → conv3 64@3×3 → cccp5 64 → cccp6 classes → mean of each map → [N, classes]
///
/// ReLU follows every convolution but the last, so that no class can end behind one that never opens. The pooling keeps windows
/// that reach over the edge, as in the large network. 110,874 parameters for three channels and ten classes. Images of other
/// sizes from 4×4 on are taken as well.
///
/// ```swift
/// let network = NetworkInNetworkLite(inputChannels: 1)
/// ```
public struct NetworkInNetworkLite: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "cccp6"

  /// A network with random weights: Gaussian of variance 2 / fan-in, biases 0; the last layer uniform within ±1/√fan-in.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability behind the first two poolings. Default 0.2.
  public init(inputChannels: Int = 3, classCount: Int = 10, dropout: Double = 0.2) {
    self.inputChannels = inputChannels
    let body = slidingNetworks(inputChannels, (64, 48, 32), 64, dropout)
    let end: [NamedLayer] = [
      ("cccp6", Conv2d(64, classCount, kernelSize: 1).startingBias(at: 0)), ("pool3", GlobalAveragePool2d()),
    ]
    layers = Sequential(named: body + end)
  }
}

private typealias NamedLayer = (name: String, layer: any Layer)

/// Both networks up to `cccp5`, the first three convolutions and the others of the given widths.
private func slidingNetworks(
  _ inputChannels: Int, _ first: (Int, Int, Int), _ others: Int, _ dropout: Double
) -> [NamedLayer] {
  [
    ("conv1", convolution(inputChannels, first.0, 5)), ("relu1", ReLU()),
    ("cccp1", convolution(first.0, first.1, 1)), ("relu2", ReLU()),
    ("cccp2", convolution(first.1, first.2, 1)), ("relu3", ReLU()),
    ("pool1", MaxPool2d(3, stride: 2, roundsUp: true)), ("drop1", Dropout(dropout)),
    ("conv2", convolution(first.2, others, 5)), ("relu4", ReLU()),
    ("cccp3", convolution(others, others, 1)), ("relu5", ReLU()),
    ("cccp4", convolution(others, others, 1)), ("relu6", ReLU()),
    ("pool2", AveragePool2d(3, stride: 2, roundsUp: true)), ("drop2", Dropout(dropout)),
    ("conv3", convolution(others, others, 3)), ("relu7", ReLU()),
    ("cccp5", convolution(others, others, 1)), ("relu8", ReLU()),
  ]
}

/// A convolution that keeps the maps' size and, with the ReLU behind it, the signals' scale.
private func convolution(_ inputChannels: Int, _ channels: Int, _ side: Int) -> Conv2d {
  Conv2d(
    inputChannels, channels, kernelSize: PlaneSize(side), padding: .same, initializer: .heNormal
  ).startingBias(at: 0)
}
