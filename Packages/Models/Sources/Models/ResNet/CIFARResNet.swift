import Autograd
import NNLayers
import TensorCore

/// The residual networks for 32×32 images, and their plain counterparts: 6n + 2 layers.
///
///     [N, C, 32, 32] → conv 16@3×3 → bn → relu → layer1: n units of 16 channels on 32×32 maps
///                    → layer2: n of 32 on 16×16 → layer3: n of 64 on 8×8 → mean of each map → [N, classes]
///
/// The published depths are 20, 32, 44, 56 and 110, with 0.27, 0.46, 0.66, 0.85 and 1.7 million parameters. Images of
/// other sizes are taken as well. Names: `conv1`, `bn1`, `layer1.0.conv1`, …, `fc`.
///
/// ```swift
/// let residual = CIFARResNet(depth: 56)
/// let plain = CIFARResNet(depth: 56, shortcut: .none)
/// ```
///
/// He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition", section 4.2.
public struct CIFARResNet: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc"

  /// A network with random weights: convolutions Gaussian of variance 2 / fan-out, normalisations the identity.
  ///
  /// - Parameters:
  ///   - depth: 6n + 2 layers with weights, shortcuts not counted. Stops for another number.
  ///   - shortcut: what goes around the units. Default: option A, which has no parameters.
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  public init(depth: Int, shortcut: Shortcut = .zeroPadding, inputChannels: Int = 3, classCount: Int = 10) {
    guard depth >= 8, depth % 6 == 2 else { stop("CIFARResNet", "\(depth) layers are not 6n + 2") }
    self.inputChannels = inputChannels
    func stage(_ inputChannels: Int, _ channels: Int, stride: Int) -> Sequential {
      let first = shortcut.basicBlock(inputChannels, channels, stride: stride)
      let others = (1..<depth / 6).map { _ in shortcut.basicBlock(channels, channels, stride: 1) }
      return Sequential([first] + others)
    }
    layers = Sequential(named: [
      "conv1": convolution3x3(inputChannels, 16), "bn1": BatchNorm2d(16), "relu": ReLU(),
      "layer1": stage(16, 16, stride: 1), "layer2": stage(16, 32, stride: 2), "layer3": stage(32, 64, stride: 2),
      "avgpool": AdaptiveAveragePool2d(1), "flatten": Flatten(), "fc": Linear(64, classCount),
    ])
  }
}
