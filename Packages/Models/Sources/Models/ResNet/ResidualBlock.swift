import Autograd
import NNLayers
import TensorCore

/// A residual unit: y = relu(F(x) + s(x)), where the shortcut s is the identity as long as the sizes stay.
///
/// The names of its state are torchvision's: those of the body, `conv1.weight`, `bn1.bias`, …, and `downsample` for the
/// shortcut.
///
/// ```swift
/// let block = ResidualBlock.basic(64, 128, stride: 2)  // [N, 64, 56, 56] to [N, 128, 28, 28]
/// ```
///
/// He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition", figures 2 and 5.
public struct ResidualBlock: Layer {
  /// F: convolutions and normalisations, without the last activation.
  public let body: Sequential
  /// s; nil for the identity.
  public let downsample: (any Layer)?
  /// What the sum goes through.
  public let relu = ReLU()

  /// A unit of a body and a shortcut, by default the identity. Both must make the same shape of the input.
  public init(_ body: Sequential, downsample: (any Layer)? = nil) {
    self.body = body
    self.downsample = downsample
  }

  public var children: [Child] {
    body.children + [Child("downsample", downsample as Any), Child("relu", relu)]
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let kept = downsample?(x, context, as: "downsample") ?? x
    return body.rectified(x, adding: kept, context, relu: relu, as: "relu")
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try body.outputShape(for: input) }
}

extension ResidualBlock {
  /// Two 3×3 convolutions: ResNet-18 and ResNet-34.
  ///
  /// - Parameters:
  ///   - inputChannels: the channels that come in.
  ///   - channels: the channels that go out.
  ///   - stride: of the first convolution. Default 1.
  public static func basic(_ inputChannels: Int, _ channels: Int, stride: Int = 1) -> ResidualBlock {
    ResidualBlock(
      basicBody(inputChannels, channels, stride: stride),
      downsample: projection(inputChannels, channels, stride: stride))
  }

  /// 1×1, 3×3, 1×1, thin in the middle: ResNet-50 and deeper. The stride lies on the 3×3 convolution, as in torchvision
  /// ("ResNet 1.5"); the paper has it on the first 1×1.
  ///
  /// - Parameters:
  ///   - inputChannels: the channels that come in.
  ///   - channels: the channels that go out.
  ///   - width: the channels in the middle.
  ///   - stride: of the 3×3 convolution. Default 1.
  ///   - groups: of the 3×3 convolution; 32 in ResNeXt. Default 1.
  public static func bottleneck(
    _ inputChannels: Int, _ channels: Int, width: Int, stride: Int = 1, groups: Int = 1
  ) -> ResidualBlock {
    ResidualBlock(
      bottleneckBody(inputChannels, channels, width: width, stride: stride, groups: groups),
      downsample: projection(inputChannels, channels, stride: stride))
  }

  static func basicBody(_ inputChannels: Int, _ channels: Int, stride: Int) -> Sequential {
    Sequential(named: [
      "conv1": convolution3x3(inputChannels, channels, stride: stride), "bn1": BatchNorm2d(channels), "relu1": ReLU(),
      "conv2": convolution3x3(channels, channels), "bn2": BatchNorm2d(channels),
    ])
  }

  static func bottleneckBody(
    _ inputChannels: Int, _ channels: Int, width: Int, stride: Int, groups: Int
  ) -> Sequential {
    Sequential(named: [
      "conv1": convolution1x1(inputChannels, width), "bn1": BatchNorm2d(width), "relu1": ReLU(),
      "conv2": convolution3x3(width, width, stride: stride, groups: groups), "bn2": BatchNorm2d(width),
      "relu2": ReLU(), "conv3": convolution1x1(width, channels), "bn3": BatchNorm2d(channels),
    ])
  }

  /// The shortcut of option B: a 1×1 convolution where the sizes change, and nil, the identity, where they stay.
  static func projection(_ inputChannels: Int, _ channels: Int, stride: Int) -> Sequential? {
    guard stride != 1 || inputChannels != channels else { return nil }
    return Sequential(convolution1x1(inputChannels, channels, stride: stride), BatchNorm2d(channels))
  }
}

/// A 3×3 convolution with padding 1, started for ReLU; without bias, since a batch normalisation follows.
func convolution3x3(_ inputChannels: Int, _ channels: Int, stride: Int = 1, groups: Int = 1) -> Conv2d {
  Conv2d(
    inputChannels, channels, kernelSize: 3, stride: PlaneSize(stride), padding: 1, groups: groups, bias: false,
    initializer: .heNormalFanOut)
}

/// A 1×1 convolution, started for ReLU; without bias, since a batch normalisation follows.
func convolution1x1(_ inputChannels: Int, _ channels: Int, stride: Int = 1) -> Conv2d {
  Conv2d(
    inputChannels, channels, kernelSize: 1, stride: PlaneSize(stride), bias: false, initializer: .heNormalFanOut)
}
