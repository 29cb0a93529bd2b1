import Autograd
import NNLayers
import TensorCore

/// The networks of 3×3 convolutions, plain or with batch normalisation, with torchvision's names, shapes and first weights.
///
///     [N, C, H, W] → five stages of 3×3 convolutions with ReLU, each ended by max-pooling → mean to 7×7
///                  → 25,088 → 4096 → 4096 → [N, classes], with ReLU and dropout between
///
/// 224×224 images come to 7×7 by themselves; other sizes from 32×32 on are averaged or enlarged to it. Names:
/// `features.0.weight`, …, `classifier.6.bias`.
///
/// ```swift
/// let network = VGG(.vgg16, hasBatchNorm: true)
/// ```
///
/// Simonyan and Zisserman 2015, "Very deep convolutional networks for large-scale image recognition", configurations A, B, D
/// and E.
public struct VGG: Network {
  /// The published networks, by their number of layers with weights.
  public enum Variant: String, Sendable, CaseIterable {
    /// Configuration A: stages of 1, 1, 2, 2, 2 convolutions and three linear layers.
    case vgg11
    /// Configuration B: stages of 2, 2, 2, 2, 2.
    case vgg13
    /// Configuration D: stages of 2, 2, 3, 3, 3.
    case vgg16
    /// Configuration E: stages of 2, 2, 4, 4, 4.
    case vgg19
  }

  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "classifier.6"

  /// A network with random weights: convolutions Gaussian of variance 2 / fan-out, linear layers Gaussian of deviation
  /// 0.01, biases 0, normalisations the identity.
  ///
  /// - Parameters:
  ///   - variant: which one.
  ///   - hasBatchNorm: whether each convolution is followed by batch normalisation. Default false.
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - dropout: the probability behind the first two linear layers. Default 0.5.
  public init(
    _ variant: Variant, hasBatchNorm: Bool = false, inputChannels: Int = 3, classCount: Int = 1000,
    dropout: Double = 0.5
  ) {
    self.inputChannels = inputChannels
    let stages = zip(variant.convolutionCounts, [64, 128, 256, 512, 512])
    layers = Sequential(named: [
      "features": Self.features(stages.map { ($0, $1) }, inputChannels: inputChannels, hasBatchNorm: hasBatchNorm),
      "avgpool": AdaptiveAveragePool2d(7), "flatten": Flatten(),
      "classifier": Sequential(
        Self.linear(512 * 7 * 7, 4096), ReLU(), Dropout(dropout), Self.linear(4096, 4096), ReLU(), Dropout(dropout),
        Self.linear(4096, classCount)),
    ])
  }

  /// Stages of 3×3 convolutions with ReLU, each ended by max-pooling.
  ///
  /// - Parameters:
  ///   - stages: for each stage how many convolutions, and their channels.
  ///   - inputChannels: what the first one takes.
  ///   - hasBatchNorm: whether each convolution is followed by batch normalisation.
  public static func features(
    _ stages: [(count: Int, channels: Int)], inputChannels: Int, hasBatchNorm: Bool
  ) -> Sequential {
    var parts: [any Layer] = []
    var last = inputChannels
    for (count, channels) in stages {
      for _ in 0..<count {
        let convolution = Conv2d(last, channels, kernelSize: 3, padding: 1, initializer: .heNormalFanOut)
        parts.append(convolution.startingBias(at: 0))
        if hasBatchNorm { parts.append(BatchNorm2d(channels)) }
        parts.append(ReLU())
        last = channels
      }
      parts.append(MaxPool2d(2))
    }
    return Sequential(parts)
  }

  private static func linear(_ inputCount: Int, _ outputCount: Int) -> Linear {
    Linear(inputCount, outputCount, initializer: .normal(deviation: 0.01)).startingBias(at: 0)
  }
}

extension VGG.Variant {
  /// The convolutions of each of the five stages.
  fileprivate var convolutionCounts: [Int] {
    switch self {
    case .vgg11: [1, 1, 2, 2, 2]
    case .vgg13: [2, 2, 2, 2, 2]
    case .vgg16: [2, 2, 3, 3, 3]
    case .vgg19: [2, 2, 4, 4, 4]
    }
  }
}

/// A light network in the manner of ``VGG`` with batch normalisation, for 32×32 images.
///
///     [N, C, 32, 32] → 2 × conv 32 → pool → 2 × conv 64 → pool → 2 × conv 128 → pool → mean to 4×4
///                    → 2048 → 256 → [N, classes]
///
/// Images of other sizes from 8×8 on are taken as well.
///
/// ```swift
/// let network = VGGLite(inputChannels: 1)
/// ```
public struct VGGLite: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "classifier.3"

  /// A network with random weights, as those of ``VGG``; linear layers uniform within ±√(6 / fan-in).
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability before the last layer. Default 0.5.
  public init(inputChannels: Int = 3, classCount: Int = 10, dropout: Double = 0.5) {
    self.inputChannels = inputChannels
    layers = Sequential(named: [
      "features": VGG.features([(2, 32), (2, 64), (2, 128)], inputChannels: inputChannels, hasBatchNorm: true),
      "avgpool": AdaptiveAveragePool2d(4), "flatten": Flatten(),
      "classifier": Sequential(
        Linear(2048, 256, initializer: .heUniform), ReLU(), Dropout(dropout), Linear(256, classCount)),
    ])
  }
}
