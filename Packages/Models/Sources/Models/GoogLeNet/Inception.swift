import Autograd
import NNLayers
import TensorCore

/// The inception blocks: filters of several sizes side by side, their maps stacked.
///
/// ```swift
/// let naive = Inception.naive(192, one: 64, three: 128, five: 32)          // [N, 416, H, W]
/// let reduced = Inception.reduced(192, .init(64, 96, 128, 16, 32, 32))     // [N, 256, H, W], two fifths of the work
/// ```
///
/// Szegedy and others 2015, "Going deeper with convolutions", figure 2.
public enum Inception {
  /// How many filters each part of a block has: a row of the paper's table 1.
  public struct Widths: Sendable, Hashable {
    /// The 1×1 branch.
    public let one: Int
    /// The 1×1 reduction before the 3×3 filters.
    public let threeReduction: Int
    /// The 3×3 filters.
    public let three: Int
    /// The 1×1 reduction before the 5×5 filters.
    public let fiveReduction: Int
    /// The 5×5 filters.
    public let five: Int
    /// The 1×1 projection behind the pooling.
    public let pool: Int

    /// #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj.
    public init(_ one: Int, _ threeReduction: Int, _ three: Int, _ fiveReduction: Int, _ five: Int, _ pool: Int) {
      self.one = one
      self.threeReduction = threeReduction
      self.three = three
      self.fiveReduction = fiveReduction
      self.five = five
      self.pool = pool
    }

    /// The channels of the block's output.
    public var sum: Int { one + three + five + pool }
  }

  /// A convolution with ReLU, between them batch normalisation if so wanted.
  public enum Unit: Sendable, Hashable {
    /// With a bias, as in 2014; first weights as Glorot and Bengio's, biases 0.2.
    case biased
    /// Batch normalisation with ε = 10⁻³ in place of the bias, as torchvision's; first weights Gaussian of deviation 0.01.
    case normalized
  }

  /// Figure 2(a): 1×1, 3×3 and 5×5 filters and 3×3 max-pooling on the whole input.
  ///
  /// Shapes: input `[N, C, H, W]`, output `[N, one + three + five + C, H, W]`. Names: `branch1` to `branch4`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - one: the 1×1 filters.
  ///   - three: the 3×3 filters.
  ///   - five: the 5×5 filters.
  ///   - unit: whether convolutions are normalised. Default: biased.
  public static func naive(
    _ inputChannels: Int, one: Int, three: Int, five: Int, unit: Unit = .biased
  ) -> Parallel {
    Parallel(named: [
      "branch1": unit.layers(inputChannels, one, side: 1),
      "branch2": unit.layers(inputChannels, three, side: 3),
      "branch3": unit.layers(inputChannels, five, side: 5),
      "branch4": MaxPool2d(3, stride: 1, padding: 1),
    ])
  }

  /// Figure 2(b): the same with 1×1 convolutions that reduce the channels before the large filters and behind the pooling.
  ///
  /// Shapes: input `[N, C, H, W]`, output `[N, widths.sum, H, W]`. Names as torchvision's: `branch1.conv.weight`,
  /// `branch2.0.conv.weight`, …, `branch4.1.conv.weight`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - widths: the filters of each part.
  ///   - unit: whether convolutions are normalised. Default: biased.
  ///   - largeSide: the side of the third branch's filters: 5 in the paper, 3 in torchvision. Default 5.
  public static func reduced(
    _ inputChannels: Int, _ widths: Widths, unit: Unit = .biased, largeSide: Int = 5
  ) -> Parallel {
    Parallel(named: [
      "branch1": unit.layers(inputChannels, widths.one, side: 1),
      "branch2": Sequential(
        unit.layers(inputChannels, widths.threeReduction, side: 1),
        unit.layers(widths.threeReduction, widths.three, side: 3)),
      "branch3": Sequential(
        unit.layers(inputChannels, widths.fiveReduction, side: 1),
        unit.layers(widths.fiveReduction, widths.five, side: largeSide)),
      "branch4": Sequential(
        MaxPool2d(3, stride: 1, padding: 1), unit.layers(inputChannels, widths.pool, side: 1)),
    ])
  }
}

extension Inception.Unit {
  /// The unit with filters of an odd side, padded so that the size stays at stride 1.
  func layers(_ inputChannels: Int, _ channels: Int, side: Int, stride: Int = 1) -> Sequential {
    switch self {
    case .biased:
      Sequential(named: [
        "conv": convolution(inputChannels, channels, side, stride, .xavierUniform()).startingBias(at: 0.2),
        "relu": ReLU(),
      ])
    case .normalized:
      Sequential(named: [
        "conv": convolution(inputChannels, channels, side, stride, .normal(deviation: 0.01)),
        "bn": BatchNorm2d(channels, epsilon: 1e-3), "relu": ReLU(),
      ])
    }
  }

  private func convolution(
    _ inputChannels: Int, _ channels: Int, _ side: Int, _ stride: Int, _ start: Initializer
  ) -> Conv2d {
    Conv2d(
      inputChannels, channels, kernelSize: PlaneSize(side), stride: PlaneSize(stride),
      padding: .symmetric(PlaneSize(side / 2)), bias: self == .biased, initializer: start)
  }

  /// A linear layer started as the unit's convolutions are.
  func linear(_ inputCount: Int, _ outputCount: Int) -> Linear {
    switch self {
    case .biased: Linear(inputCount, outputCount, initializer: .xavierUniform()).startingBias(at: 0)
    case .normalized: Linear(inputCount, outputCount, initializer: .normal(deviation: 0.01))
    }
  }
}
