import Autograd
import NNLayers
import TensorCore

/// The residual networks for ImageNet, with torchvision's names, shapes and first weights.
///
///     [N, C, H, W] → conv 64@7×7/2 → bn → relu → max-pool 3/2 → layer1 … layer4 → mean of each map → [N, classes]
///
/// Each `layer` is a chain of ``ResidualBlock``; the first of layers 2 to 4 halves height and width. Images of any size
/// are taken; 224×224 gives 7×7 maps.
///
/// ```swift
/// let network = ResNet(.resnet50)
/// try network.load(StateDictionary(contentsOf: "resnet50.safetensors"))
/// ```
///
/// He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition"; Xie, Girshick, Dollár, Tu and He 2017,
/// "Aggregated residual transformations for deep neural networks" (ResNeXt); Zagoruyko and Komodakis 2016, "Wide
/// residual networks".
public struct ResNet: Network {
  /// The published networks, by torchvision's names.
  public enum Variant: String, Sendable, CaseIterable {
    /// 18 layers in basic blocks of two 3×3 convolutions, stages of 2, 2, 2, 2.
    case resnet18
    /// 34 layers in basic blocks, stages of 3, 4, 6, 3.
    case resnet34
    /// 50 layers in bottlenecks of 1×1, 3×3 and 1×1 convolutions, stages of 3, 4, 6, 3.
    case resnet50
    /// 101 layers in bottlenecks, stages of 3, 4, 23, 3.
    case resnet101
    /// 152 layers in bottlenecks, stages of 3, 8, 36, 3.
    case resnet152
    /// ResNeXt: 50 layers, whose 3×3 convolutions have 32 groups of 4 channels.
    case resnext50x32x4d = "resnext50_32x4d"
    /// 50 layers, whose 3×3 convolutions are twice as wide.
    case wideResNet50x2 = "wide_resnet50_2"
  }

  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc"

  /// A network with random weights: convolutions Gaussian of variance 2 / fan-out, normalisations the identity.
  ///
  /// - Parameters:
  ///   - variant: which one.
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - isPlain: whether all shortcuts are left out, as in the paper's plain counterparts. Default false.
  public init(_ variant: Variant, inputChannels: Int = 3, classCount: Int = 1000, isPlain: Bool = false) {
    self.inputChannels = inputChannels
    let plan = Plan(variant)
    let stem = Conv2d(
      inputChannels, 64, kernelSize: 7, stride: 2, padding: 3, bias: false, initializer: .heNormalFanOut)
    layers = Sequential(named: [
      "conv1": stem, "bn1": BatchNorm2d(64), "relu": ReLU(),
      "maxpool": MaxPool2d(3, stride: 2, padding: 1),
      "layer1": plan.stage(1, isPlain: isPlain), "layer2": plan.stage(2, isPlain: isPlain),
      "layer3": plan.stage(3, isPlain: isPlain), "layer4": plan.stage(4, isPlain: isPlain),
      "avgpool": AdaptiveAveragePool2d(1), "flatten": Flatten(),
      "fc": Linear(plan.channels(4), classCount),
    ])
  }
}

/// The table of the paper: how many units of which kind.
private struct Plan {
  let blockCounts: [Int]
  let isBottleneck: Bool
  let groups: Int
  /// The channels of each group in the middle of layer 1's bottlenecks.
  let groupWidth: Int

  init(_ variant: ResNet.Variant) {
    switch variant {
    case .resnet18: self.init([2, 2, 2, 2], isBottleneck: false)
    case .resnet34: self.init([3, 4, 6, 3], isBottleneck: false)
    case .resnet50: self.init([3, 4, 6, 3])
    case .resnet101: self.init([3, 4, 23, 3])
    case .resnet152: self.init([3, 8, 36, 3])
    case .resnext50x32x4d: self.init([3, 4, 6, 3], groups: 32, groupWidth: 4)
    case .wideResNet50x2: self.init([3, 4, 6, 3], groupWidth: 128)
    }
  }

  private init(_ blockCounts: [Int], isBottleneck: Bool = true, groups: Int = 1, groupWidth: Int = 64) {
    self.blockCounts = blockCounts
    self.isBottleneck = isBottleneck
    self.groups = groups
    self.groupWidth = groupWidth
  }

  /// The channels that layer `number`, from 1 to 4, gives; layer 0 is the stem.
  func channels(_ number: Int) -> Int {
    number == 0 ? 64 : (isBottleneck ? 256 : 64) << (number - 1)
  }

  func stage(_ number: Int, isPlain: Bool) -> Sequential {
    let blocks = (0..<blockCounts[number - 1]).map { index in
      let isFirst = index == 0
      return block(
        channels(isFirst ? number - 1 : number), number, stride: isFirst && number > 1 ? 2 : 1)
    }
    return Sequential(isPlain ? blocks.map(\.withoutShortcut) : blocks)
  }

  private func block(_ inputChannels: Int, _ number: Int, stride: Int) -> ResidualBlock {
    guard isBottleneck else { return .basic(inputChannels, channels(number), stride: stride) }
    return .bottleneck(
      inputChannels, channels(number), width: groups * groupWidth << (number - 1), stride: stride, groups: groups)
  }
}

extension ResidualBlock {
  /// The unit without its shortcut, relu(F(x)), under the same names: a piece of a plain network.
  var withoutShortcut: Sequential {
    Sequential(named: zip(body.names, body.layers).map { (name: $0, layer: $1) } + [(name: "relu", layer: relu)])
  }
}
