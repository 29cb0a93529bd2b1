import Autograd
import TensorCore

/// Batch normalisation of maps with an orientation: one mean, variance, scale and shift for all orientations of a feature.
///
/// Were they normalised one by one, turning the images would change the result. Formula, averages and names of the state are
/// ``BatchNorm2d``'s.
///
/// Shapes: input and output `[N, order · C, H, W]`; `weight`, `bias`, `running_mean` and `running_var` `[C]`.
///
/// ```swift
/// let block = Sequential(GroupConv2d(.p4, 8, 8, kernelSize: 3, bias: false), GroupBatchNorm2d(.p4, 8), ReLU())
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks", section 6.
public struct GroupBatchNorm2d: Layer {
  /// The normalisation of `[N, C, order · H, W]`.
  public let normalization: BatchNorm2d
  /// The symmetries.
  public let group: PlanarGroup

  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - group: the symmetries: `.p4` or `.p4m`.
  ///   - channels: C, the number of features.
  ///   - epsilon: ε. Default 10⁻⁵.
  public init(_ group: PlanarGroup, _ channels: Int, epsilon: Double = 1e-5) {
    self.group = group
    normalization = BatchNorm2d(channels, epsilon: epsilon)
  }

  public var children: [Child] { normalization.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop("GroupBatchNorm2d", "takes an input of \(expected), this one is \(x.shape)") }
    let channels = normalization.normalization.channels
    let tall = x.reshaped([x.shape[0], channels, group.order * x.shape[2], x.shape[3]])
    return normalization.forward(tall, context).reshaped(x.shape)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard fits(input) else { throw InputError("GroupBatchNorm2d", expected: expected, got: input) }
    return input
  }

  private var planes: Int { group.order * normalization.normalization.channels }
  private func fits(_ input: Shape) -> Bool { input.rank == 4 && input[1] == planes }
  private var expected: String { "[N, \(planes), H, W]" }
}

/// The largest value of each feature over its orientations: from equivariant maps to maps that turn with the image and are
/// otherwise the same.
///
/// Shapes: input `[N, order · C, H, W]`, output `[N, C, H, W]`. No parameters. The gradient goes to the largest; equal ones
/// share it.
///
/// ```swift
/// let head = Sequential(GroupConv2d(.p4, 10, 10, kernelSize: 4), GroupMaxPool(.p4), GlobalMaxPool2d())
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks", section 6.3.
public struct GroupMaxPool: Layer {
  /// The symmetries.
  public let group: PlanarGroup

  /// A pooling over the orientations of a group.
  ///
  /// - Parameter group: the symmetries: `.p4` or `.p4m`.
  public init(_ group: PlanarGroup) { self.group = group }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop("GroupMaxPool", "takes an input of \(expected), this one is \(x.shape)") }
    return x.maxout(pieces: group.order)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard fits(input) else { throw InputError("GroupMaxPool", expected: expected, got: input) }
    return input.replacingChannels(with: input[1] / group.order)
  }

  private func fits(_ input: Shape) -> Bool { input.rank == 4 && input[1] % group.order == 0 }
  private var expected: String { "[N, C, H, W] with C a multiple of \(group.order)" }
}

extension Shape {
  fileprivate func replacingChannels(with channels: Int) -> Shape { [self[0], channels, self[2], self[3]] }
}
