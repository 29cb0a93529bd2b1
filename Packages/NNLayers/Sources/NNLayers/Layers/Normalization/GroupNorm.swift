import Autograd
import TensorCore

/// Group normalisation: y = γ (x - μ) / √(σ² + ε) + β, μ and σ² those of a group of neighbouring channels of one image.
///
/// The same in training and inference, and whatever the batch holds: for batches too small for ``BatchNorm2d``. One channel to
/// a group makes instance normalisation, one group layer normalisation over all but the batch.
///
/// Shapes: input and output `[N, C, …]`; `weight` γ and `bias` β `[C]`.
///
/// Wu and He 2018, "Group normalization".
///
/// ```swift
/// let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1), GroupNorm(groups: 32, 64), ReLU())
/// ```
public struct GroupNorm: Layer {
  /// γ, `[C]`; nil without.
  public let weight: Parameter?
  /// β, `[C]`; nil without.
  public let bias: Parameter?
  /// The number of groups.
  public let groups: Int
  /// C.
  public let channels: Int
  /// ε.
  public let epsilon: Double

  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - groups: by which the channels divide.
  ///   - channels: C.
  ///   - epsilon: ε. Default 10⁻⁵.
  ///   - affine: whether γ and β are there, starting as 1 and 0. Default true.
  public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5, affine: Bool = true) {
    guard groups >= 1, channels >= 1, channels % groups == 0, epsilon >= 0 else {
      stop("GroupNorm", "\(channels) channels cannot be cut into \(groups) groups, or epsilon \(epsilon) is below 0")
    }
    weight = affine ? Parameter(Tensor<Float>.ones([channels])) : nil
    bias = affine ? Parameter(Tensor<Float>.zeros([channels])) : nil
    (self.groups, self.channels, self.epsilon) = (groups, channels, epsilon)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank >= 2, x.shape[1] == channels else {
      stop(path, "takes an input of [N, \(channels), …], this one is \(x.shape)")
    }
    let weight = weight.map { context[$0] }, bias = bias.map { context[$0] }
    return x.groupNorm(groups: groups, weight: weight, bias: bias, epsilon: epsilon).output
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 2, input[1] == channels else {
      throw InputError(path, expected: "[N, \(channels), …]", got: input)
    }
    return input
  }

  private var path: String { weight?.layerPath("GroupNorm") ?? "GroupNorm" }
}
