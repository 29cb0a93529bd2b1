import Autograd
import TensorCore

/// The first convolution of a group-equivariant network: from an image to maps with an orientation.
///
///     output[k, e](t) = bias[k] + Σ_{c, y} weight[k, c](g⁻¹ (y - t)) · input[c](y),   g the group's element e
///
/// Each filter is used in all its turned (p4) or turned and mirrored (p4m) copies. If the image is turned by 90°
/// counter-clockwise, each map turns with it and moves on by one orientation: equivariance, up to rounding. With a stride
/// that needs a kernel that ends at the padded image's edge on both sides: H + 2P - F a multiple of S, H = W.
///
/// Shapes: input `[N, C, H, W]`, output `[N, order · K, H', W']` with feature k in orientation e at channel `order · k + e`;
/// `weight` `[K, C, F, F]`, `bias` `[K]`. Layers that treat every channel alike (activations, pooling of planes, dropout)
/// follow as they are; normalisation is ``GroupBatchNorm2d``.
///
/// Cost: that of a convolution of `order · K` filters; copying the filters costs next to nothing.
///
/// ```swift
/// let equivariant = Sequential(
///   LiftingConv2d(.p4, 1, 10, kernelSize: 3), GroupBatchNorm2d(.p4, 10), ReLU(),
///   GroupConv2d(.p4, 10, 10, kernelSize: 3), GroupMaxPool(.p4))  // [N, 1, H, W] to [N, 10, H - 4, W - 4]
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks".
public struct LiftingConv2d: WeightedLayer {
  private let filters: GroupFilters
  /// The symmetries.
  public let group: PlanarGroup

  /// A layer from an image's channels to features with orientations.
  ///
  /// - Parameters:
  ///   - group: the symmetries: `.p4` or `.p4m`.
  ///   - inputChannels: C.
  ///   - outputChannels: K, the number of features; there are `order · K` channels.
  ///   - kernelSize: F, the filters' height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: rows and columns of zeros on each side. Default 0.
  ///   - bias: whether a trainable number is added to each feature. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ group: PlanarGroup, _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int, stride: Int = 1,
    padding: Int = 0, bias: Bool = true, initializer: Initializer = .fanInUniform
  ) {
    self.group = group
    filters = GroupFilters(
      "LiftingConv2d", group, isLifting: true, inputChannels, outputChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, bias: bias, initializer: initializer)
  }

  /// `[K, C, F, F]`.
  public var weight: Parameter { filters.weight }
  /// `[K]`; nil for none.
  public var bias: Parameter? { filters.bias }
  public var fan: Fan { filters.fan }
  public var children: [Child] { filters.children }
  public func forward(_ x: Variable, _ context: Context) -> Variable { filters(x, context) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try filters.outputShape(for: input) }
}

/// A convolution of maps with an orientation: over positions and orientations at once.
///
///     output[k, e](t) = bias[k] + Σ_{c, s, y} weight[k, c, g⁻¹ s](g⁻¹ (y - t)) · input[c, s](y),   g the group's element e
///
/// For each orientation of the output the filter is turned (and mirrored) as a whole: its planes turn, and change places.
/// Equivariance holds as for ``LiftingConv2d``, which stands in front.
///
/// Shapes: input `[N, order · C, H, W]`, output `[N, order · K, H', W']`; `weight` `[K, C, order, F, F]`, `bias` `[K]`.
/// A layer of `order · K` channels has `order` times fewer weights than an ordinary convolution of as many.
///
/// ```swift
/// let layer = GroupConv2d(.p4m, 16, 32, kernelSize: 3, padding: 1)  // [N, 128, H, W] to [N, 256, H, W]
/// ```
///
/// Cohen and Welling 2016, "Group equivariant convolutional networks".
public struct GroupConv2d: WeightedLayer {
  private let filters: GroupFilters
  /// The symmetries.
  public let group: PlanarGroup

  /// A layer from features with orientations to others.
  ///
  /// - Parameters:
  ///   - group: the symmetries: `.p4` or `.p4m`.
  ///   - inputChannels: C, the number of features that come in.
  ///   - outputChannels: K, the number of features that go out.
  ///   - kernelSize: F, the filters' height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: rows and columns of zeros on each side. Default 0.
  ///   - bias: whether a trainable number is added to each feature. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ group: PlanarGroup, _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int, stride: Int = 1,
    padding: Int = 0, bias: Bool = true, initializer: Initializer = .fanInUniform
  ) {
    self.group = group
    filters = GroupFilters(
      "GroupConv2d", group, isLifting: false, inputChannels, outputChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, bias: bias, initializer: initializer)
  }

  /// `[K, C, order, F, F]`.
  public var weight: Parameter { filters.weight }
  /// `[K]`; nil for none.
  public var bias: Parameter? { filters.bias }
  public var fan: Fan { filters.fan }
  public var children: [Child] { filters.children }
  public func forward(_ x: Variable, _ context: Context) -> Variable { filters(x, context) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try filters.outputShape(for: input) }
}
