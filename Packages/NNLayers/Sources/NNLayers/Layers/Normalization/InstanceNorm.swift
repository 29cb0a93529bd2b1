import Autograd
import TensorCore

/// Instance normalisation of images: y = γ (x - μ) / √(σ² + ε) + β, μ and σ² those of each channel of each image by itself.
///
/// The same in training and inference, unless averages are kept, which inference then uses. An image with a single value
/// per channel stops: its variance would be 0.
///
/// Shapes: input and output `[N, C, H, W]`. Without γ and β and without averages, as in PyTorch, the layer has no state;
/// otherwise its names and shapes are those of ``BatchNorm2d``.
///
/// Ulyanov, Vedaldi and Lempitsky 2016, "Instance normalization: the missing ingredient for fast stylization".
///
/// ```swift
/// let block = Sequential(Conv2d(3, 32, kernelSize: 9, padding: 4), InstanceNorm2d(32, affine: true), ReLU())
/// ```
public struct InstanceNorm2d: InstanceNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 4...4

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// Instance normalisation of sequences, input `[N, C, L]`. See ``InstanceNorm2d``.
///
/// ```swift
/// let y = InstanceNorm1d(8)(sequences, context)
/// ```
public struct InstanceNorm1d: InstanceNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 3...3

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// Instance normalisation of volumes, input `[N, C, D, H, W]`. See ``InstanceNorm2d``.
///
/// ```swift
/// let y = InstanceNorm3d(8)(volumes, context)
/// ```
public struct InstanceNorm3d: InstanceNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 5...5

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// An instance normalisation: see ``InstanceNorm2d`` for the formula.
public protocol InstanceNormLayer: ChannelNormLayer {}

extension InstanceNormLayer {
  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - epsilon: ε. Default 10⁻⁵.
  ///   - average: how the images' statistics are averaged for inference, if they are. Default: a new value weighs 0.1.
  ///   - affine: whether γ and β are there, starting as 1 and 0. Default false.
  ///   - tracksStatistics: whether averages are kept, and used in inference. Default false.
  public init(
    _ channels: Int, epsilon: Double = 1e-5, average: RunningAverage = .exponential(newWeight: 0.1),
    affine: Bool = false, tracksStatistics: Bool = false
  ) {
    self.init(
      normalization: ChannelNormalization(
        "\(Self.self)", .instance, ranks: Self.inputRanks, channels, epsilon: epsilon,
        average: tracksStatistics ? average : nil, affine: affine))
  }
}
