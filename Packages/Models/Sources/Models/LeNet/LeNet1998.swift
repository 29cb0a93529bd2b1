import Autograd
import NNLayers
import TensorCore

/// LeNet-5 as it was published: trainable subsampling, a partial table of connections, the scaled tanh behind every layer,
/// and outputs that measure the distance to a drawing of each digit.
///
///     [N, 1, 32, 32] → C1 6@5×5 → S2 → C3 16@5×5 by the table → S4 → C5 120@5×5 → F6 84 → [N, 10]
///
/// 156 + 12 + 1,516 + 32 + 48,120 + 10,164 = 60,000 trainable parameters; the drawings are a buffer. Names: `c1`, `s2`, `c3`,
/// `s4`, `c5`, `f6`, `output`. The outputs are distances with a minus sign, the largest is the answer; train with
/// ``penalizedDistanceLoss(_:_:bound:)``. Paper is -0.1 and ink 1.175 in its images.
///
/// ```swift
/// let network = LeNet1998()
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", section II.B.
public struct LeNet1998: Network {
  public var layers: Sequential
  public let inputChannels = 1
  public let headName = "output"

  /// A network with random weights, uniform within ±2.4 / fan-in as in the paper.
  public init() {
    layers = Sequential(named: [
      "c1": Conv2d(1, 6, kernelSize: 5, initializer: .lenet1998),
      "c1squash": ScaledTanh(),
      "s2": Subsampling2d(6),
      "s2squash": ScaledTanh(),
      "c3": PartialConv2d(
        6, connections: PartialConv2d.lenet5Connections, kernelSize: 5, initializer: .lenet1998),
      "c3squash": ScaledTanh(),
      "s4": Subsampling2d(16),
      "s4squash": ScaledTanh(),
      "c5": Conv2d(16, 120, kernelSize: 5, initializer: .lenet1998),
      "c5squash": ScaledTanh(),
      "flatten": Flatten(),
      "f6": Linear(120, 84, initializer: .lenet1998),
      "f6squash": ScaledTanh(),
      "output": RadialBasisOutput(centers: DigitBitmaps.centers),
    ])
  }

  public var expectedInput: String { "[N, 1, 32, 32]" }
}

extension Initializer {
  /// Uniform within ±2.4 / fan-in: appendix A of the paper.
  fileprivate static let lenet1998 = Initializer(fan: { shape, fan, random in
    Initializer.uniform(bound: 2.4 / Float(fan.in))(shape, using: &random)
  })
}
