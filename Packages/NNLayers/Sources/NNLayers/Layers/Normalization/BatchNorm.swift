import Autograd
import TensorCore

/// Batch normalisation of images: y = γ (x - μ) / √(σ² + ε) + β, channel by channel.
///
/// In training μ and σ² are those of the batch, and averages of them are kept; in inference those averages are used, so
/// that the layer is a linear map. A bias in front of it has no effect. Training with a single value per channel
/// stops: its variance would be 0.
///
/// Shapes: input and output `[N, C, H, W]`; `weight` γ, `bias` β, `running_mean` and `running_var` `[C]`,
/// `num_batches_tracked` `[]`, Int64. σ² is divided by the count where it normalises and by count - 1 in `running_var`, as
/// in PyTorch.
///
/// Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network training by reducing internal covariate shift".
///
/// ```swift
/// let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(64), ReLU())
/// ```
public struct BatchNorm2d: BatchNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 4...4

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// Batch normalisation of features or sequences, input `[N, C]` or `[N, C, L]`. See ``BatchNorm2d``.
///
/// ```swift
/// let block = Sequential(Linear(784, 100, bias: false), BatchNorm1d(100), ReLU())
/// ```
public struct BatchNorm1d: BatchNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 2...3

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// Batch normalisation of volumes, input `[N, C, D, H, W]`. See ``BatchNorm2d``.
///
/// ```swift
/// let y = BatchNorm3d(8)(volumes, context)
/// ```
public struct BatchNorm3d: BatchNormLayer {
  public let normalization: ChannelNormalization
  public static let inputRanks = 5...5

  /// A layer of the given state and rule.
  public init(normalization: ChannelNormalization) { self.normalization = normalization }
}

/// A batch normalisation: see ``BatchNorm2d`` for the formula.
public protocol BatchNormLayer: ChannelNormLayer {}

extension BatchNormLayer {
  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - epsilon: ε. Default 10⁻⁵.
  ///   - average: how batch statistics are averaged for inference. Default: a new value weighs 0.1.
  ///   - affine: whether γ and β are there, starting as 1 and 0. Default true.
  ///   - tracksStatistics: whether averages are kept. If not, inference uses the batch's statistics. Default true.
  public init(
    _ channels: Int, epsilon: Double = 1e-5, average: RunningAverage = .exponential(newWeight: 0.1),
    affine: Bool = true, tracksStatistics: Bool = true
  ) {
    self.init(
      normalization: ChannelNormalization(
        "\(Self.self)", .batch, ranks: Self.inputRanks, channels, epsilon: epsilon,
        average: tracksStatistics ? average : nil, affine: affine))
  }
}
