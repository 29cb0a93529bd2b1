import Autograd
import NNLayers
import TensorCore

/// A residual unit whose normalisation and activation come before each convolution: y = x + F(relu(bn(x))).
///
/// Nothing lies on the path from unit to unit, so that signals and gradients pass through all of them unchanged. Names:
/// `bn1`, `conv1`, `bn2`, `conv2`, …, `downsample`.
///
/// He, Zhang, Ren and Sun 2016, "Identity mappings in deep residual networks", figure 1(b) and section 4.
public struct PreActivationBlock: Layer {
  /// `bn1` and its activation.
  public let preactivation: Sequential
  /// F: from the first convolution on.
  public let body: Sequential
  /// The shortcut; nil for the identity.
  public let downsample: (any Layer)?
  /// Whether the shortcut starts behind the preactivation, as in the first unit of each stage of the paper's networks.
  public let sharesPreactivation: Bool

  public var children: [Child] {
    preactivation.children + body.children + [Child("downsample", downsample as Any)]
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let active = preactivation.forward(x, context)
    let kept = sharesPreactivation ? active : x
    return body.forward(active, context) + (downsample?(kept, context, as: "downsample") ?? kept)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try body.outputShape(for: input) }
}

extension PreActivationBlock {
  /// Two 3×3 convolutions.
  ///
  /// - Parameters:
  ///   - inputChannels: the channels that come in.
  ///   - channels: the channels that go out.
  ///   - stride: of the first convolution. Default 1.
  ///   - sharesPreactivation: whether the shortcut starts behind the preactivation. Default false.
  public static func basic(
    _ inputChannels: Int, _ channels: Int, stride: Int = 1, sharesPreactivation: Bool = false
  ) -> PreActivationBlock {
    PreActivationBlock(
      preactivation: normalized(inputChannels),
      body: Sequential(named: [
        "conv1": convolution3x3(inputChannels, channels, stride: stride),
        "bn2": BatchNorm2d(channels), "relu2": ReLU(), "conv2": convolution3x3(channels, channels),
      ]),
      downsample: projection(inputChannels, channels, stride: stride), sharesPreactivation: sharesPreactivation)
  }

  /// 1×1, 3×3, 1×1, a quarter as wide in the middle.
  ///
  /// - Parameters:
  ///   - inputChannels: the channels that come in.
  ///   - channels: the channels that go out, a multiple of 4.
  ///   - stride: of the 3×3 convolution. Default 1.
  ///   - sharesPreactivation: whether the shortcut starts behind the preactivation. Default false.
  public static func bottleneck(
    _ inputChannels: Int, _ channels: Int, stride: Int = 1, sharesPreactivation: Bool = false
  ) -> PreActivationBlock {
    let width = channels / 4
    return PreActivationBlock(
      preactivation: normalized(inputChannels),
      body: Sequential(named: [
        "conv1": convolution1x1(inputChannels, width),
        "bn2": BatchNorm2d(width), "relu2": ReLU(), "conv2": convolution3x3(width, width, stride: stride),
        "bn3": BatchNorm2d(width), "relu3": ReLU(), "conv3": convolution1x1(width, channels),
      ]),
      downsample: projection(inputChannels, channels, stride: stride), sharesPreactivation: sharesPreactivation)
  }

  private static func normalized(_ channels: Int) -> Sequential {
    Sequential(named: ["bn1": BatchNorm2d(channels), "relu1": ReLU()])
  }

  /// A bare 1×1 convolution where the sizes change: what it takes is normalised already.
  private static func projection(_ inputChannels: Int, _ channels: Int, stride: Int) -> Conv2d? {
    guard stride != 1 || inputChannels != channels else { return nil }
    return convolution1x1(inputChannels, channels, stride: stride)
  }
}

/// The residual networks with identity mappings for 32×32 images: 6n + 2 layers, or 9n + 2 with bottlenecks.
///
///     [N, C, 32, 32] → conv 16@3×3 → layer1 … layer3: n units each → bn → relu → mean of each map → [N, classes]
///
/// Channels are 16, 32 and 64, or 64, 128 and 256 with bottlenecks. Published are 110 layers, and 164 and 1001 with
/// bottlenecks. Images of other sizes are taken as well. Names: `conv1`, `layer1.0.bn1`, …, `bn`, `fc`.
///
/// ```swift
/// let network = PreActivationResNet(depth: 164, hasBottlenecks: true)
/// ```
///
/// He, Zhang, Ren and Sun 2016, "Identity mappings in deep residual networks".
public struct PreActivationResNet: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc"

  /// A network with random weights: convolutions Gaussian of variance 2 / fan-out, normalisations the identity.
  ///
  /// - Parameters:
  ///   - depth: 6n + 2 layers, 9n + 2 with bottlenecks. Stops for another number.
  ///   - hasBottlenecks: whether units are 1×1, 3×3, 1×1. Default false.
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  public init(depth: Int, hasBottlenecks: Bool = false, inputChannels: Int = 3, classCount: Int = 10) {
    let step = hasBottlenecks ? 9 : 6
    guard depth > step, depth % step == 2 else { stop("PreActivationResNet", "\(depth) layers are not \(step)n + 2") }
    self.inputChannels = inputChannels
    func stage(_ inputChannels: Int, _ channels: Int, stride: Int) -> Sequential {
      let blocks = (0..<depth / step).map { index in
        let (count, stride, isFirst) = index == 0 ? (inputChannels, stride, true) : (channels, 1, false)
        return hasBottlenecks
          ? PreActivationBlock.bottleneck(count, channels, stride: stride, sharesPreactivation: isFirst)
          : PreActivationBlock.basic(count, channels, stride: stride, sharesPreactivation: isFirst)
      }
      return Sequential(blocks)
    }
    let widths = hasBottlenecks ? [64, 128, 256] : [16, 32, 64]
    layers = Sequential(named: [
      "conv1": convolution3x3(inputChannels, 16),
      "layer1": stage(16, widths[0], stride: 1), "layer2": stage(widths[0], widths[1], stride: 2),
      "layer3": stage(widths[1], widths[2], stride: 2),
      "bn": BatchNorm2d(widths[2]), "relu": ReLU(),
      "avgpool": AdaptiveAveragePool2d(1), "flatten": Flatten(), "fc": Linear(widths[2], classCount),
    ])
  }
}
