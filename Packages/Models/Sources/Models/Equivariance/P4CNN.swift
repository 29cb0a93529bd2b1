import Autograd
import NNLayers
import TensorCore

/// The network of group convolutions for rotated digits, whose classes do not depend on turns of the image by 90°.
///
///     [N, C, 28, 28] → conv1 10@3×3 → conv2 10@3×3 → pool 2 → conv3 … conv6 10@3×3 → conv7 classes@4×4
///                    → largest over the orientations → largest over the positions → [N, classes]
///
/// conv1 lifts the image to features in four orientations (eight with mirrors), the others convolve those; behind each
/// but the last come a normalisation, ReLU and, but for conv2, dropout. 24,620 parameters for one channel and ten classes,
/// 40 channels of maps. Larger images are taken as well; classes keep under turns where the sides are equal and even.
/// Names: `conv1`, `bn1`, …, `conv7`.
///
/// ```swift
/// let network = P4CNN()
/// let mirrored = P4CNN(group: .p4m, channels: 7)
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks", section 8.1.
public struct P4CNN: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "conv7"
  /// The symmetries.
  public let group: PlanarGroup

  /// A network with random weights: He's Gaussian in front of the rectifiers.
  ///
  /// - Parameters:
  ///   - group: the symmetries. Default `.p4`, as in the paper.
  ///   - channels: the features of a layer, each in all orientations. Default 10.
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability of dropout. Default 0.3.
  public init(
    group: PlanarGroup = .p4, channels: Int = 10, inputChannels: Int = 1, classCount: Int = 10, dropout: Double = 0.3
  ) {
    self.group = group
    self.inputChannels = inputChannels
    layers = .rotatedDigits(
      first: LiftingConv2d(group, inputChannels, channels, kernelSize: 3, bias: false, initializer: .heNormal),
      middle: { GroupConv2d(group, channels, channels, kernelSize: 3, bias: false, initializer: .heNormal) },
      last: Sequential(named: [
        "conv7": GroupConv2d(group, channels, classCount, kernelSize: 4), "orientations": GroupMaxPool(group),
      ]), normalization: { GroupBatchNorm2d(group, channels) }, dropout: dropout)
  }

  public var expectedInput: String { "[N, \(inputChannels), H, W] of 28 or more" }

  public func replacingHead(classCount: Int) -> P4CNN {
    guard let head = layers.layer(named: headName) as? GroupConv2d else {
      stop("P4CNN", "its layer '\(headName)' is no group convolution: use replacing(_:with:)")
    }
    return replacing(headName, with: GroupConv2d(group, head.weight.shape[1], classCount, kernelSize: 4))
  }
}

/// The counterpart of ``P4CNN`` with ordinary convolutions, the paper's baseline: equivariant to shifts alone.
///
/// The layers are those of ``P4CNN`` with 20 channels of maps; 21,630 parameters for one channel and ten classes. With 22
/// channels it has 25,772, a few more than the network of group convolutions.
///
/// ```swift
/// let network = Z2CNN(channels: 22)
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks", section 8.1.
public struct Z2CNN: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "conv7"

  /// A network with random weights: He's Gaussian in front of the rectifiers.
  ///
  /// - Parameters:
  ///   - channels: the maps of a layer. Default 20.
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability of dropout. Default 0.3.
  public init(channels: Int = 20, inputChannels: Int = 1, classCount: Int = 10, dropout: Double = 0.3) {
    self.inputChannels = inputChannels
    layers = .rotatedDigits(
      first: Conv2d(inputChannels, channels, kernelSize: 3, bias: false, initializer: .heNormal),
      middle: { Conv2d(channels, channels, kernelSize: 3, bias: false, initializer: .heNormal) },
      last: Sequential(named: ["conv7": Conv2d(channels, classCount, kernelSize: 4)]),
      normalization: { BatchNorm2d(channels) }, dropout: dropout)
  }

  public var expectedInput: String { "[N, \(inputChannels), H, W] of 28 or more" }

  public func replacingHead(classCount: Int) -> Z2CNN {
    guard let head = layers.layer(named: headName) as? Conv2d else {
      stop("Z2CNN", "its layer '\(headName)' is no convolution: use replacing(_:with:)")
    }
    return replacing(headName, with: Conv2d(head.inputChannels, classCount, kernelSize: 4))
  }
}

extension Sequential {
  /// The chain that both networks have, with the kinds of convolution and normalisation of each.
  fileprivate static func rotatedDigits(
    first: any Layer, middle: () -> any Layer, last: Sequential, normalization: () -> any Layer, dropout: Double
  ) -> Sequential {
    var layers: [(name: String, layer: any Layer)] = []
    for number in 1...6 {
      layers.append(("conv\(number)", number == 1 ? first : middle()))
      layers.append(("bn\(number)", normalization()))
      layers.append(("relu\(number)", ReLU()))
      layers.append(number == 2 ? ("pool", MaxPool2d(2)) : ("drop\(number)", Dropout(dropout)))
    }
    layers += zip(last.names, last.layers).map { (name: $0, layer: $1) }
    layers.append(("positions", GlobalMaxPool2d()))
    return Sequential(named: layers)
  }
}
