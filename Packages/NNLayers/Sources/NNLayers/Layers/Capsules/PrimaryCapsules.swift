import Autograd
import TensorCore

/// The first capsules: a convolution whose channels are grouped into vectors, each squashed to a length below 1.
///
///     capsule[t, y, x] = squash(conv(x)[t·D ..< (t + 1)·D, y, x]),   squash(s) = s |s| / (1 + |s|²)
///
/// A capsule's length says how likely what it looks for is there, its direction how it looks. Capsules of one type share
/// their weights over all positions.
///
/// Shapes: input `[N, C, H, W]`, output `[N, types · H' · W', D]`, type by type; `conv.weight` `[types · D, C, F, F]`,
/// `conv.bias` `[types · D]`.
///
/// ```swift
/// // [N, 256, 20, 20] to [N, 1152, 8]
/// let primary = PrimaryCapsules(256, types: 32, dimension: 8, kernelSize: 9, stride: 2)
/// ```
///
/// Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules".
public struct PrimaryCapsules: Layer {
  /// The convolution in front.
  public let convolution: Conv2d
  /// D, the elements of a capsule.
  public let dimension: Int

  /// A layer from maps to capsules.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - types: the capsules at each position.
  ///   - dimension: D, the elements of a capsule.
  ///   - kernelSize: F, the filters' height and width.
  ///   - stride: the step between positions. Default 1.
  ///   - initializer: the convolution's first weight. Default uniform within ±1/√fan-in.
  public init(
    _ inputChannels: Int, types: Int, dimension: Int, kernelSize: PlaneSize, stride: PlaneSize = 1,
    initializer: Initializer = .fanInUniform
  ) {
    guard types >= 1, dimension >= 1 else {
      stop("PrimaryCapsules", "needs at least one type of one element, not \(types) of \(dimension)")
    }
    convolution = Conv2d(
      inputChannels, types * dimension, kernelSize: kernelSize, stride: stride, initializer: initializer)
    self.dimension = dimension
  }

  public var children: [Child] { [Child("conv", convolution)] }

  private var types: Int { convolution.outputChannels / dimension }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let maps = convolution(x, context, as: "conv")
    let (count, area) = (maps.shape[0], maps.shape[2] * maps.shape[3])
    return maps.reshaped([count, types, dimension, area]).permuted([0, 1, 3, 2])
      .reshaped([count, types * area, dimension]).squashed()
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let maps = try convolution.outputShape(for: input) else { return nil }
    return [maps[0], types * maps[2] * maps[3], dimension]
  }
}

/// The length of each capsule, which says how likely what it looks for is there: logits below 1 for a classifier.
///
/// Shapes: input `[N, J, D]`, output `[N, J]`. No parameters. The gradient of a vector of zeros is 0.
///
/// ```swift
/// let scores = CapsuleLengths()(sequences, context)
/// ```
public struct CapsuleLengths: Layer {
  /// The layer.
  public init() {}

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 3 else { stop("CapsuleLengths", "takes an input of [N, J, D], this one is \(x.shape)") }
    return x.lengths()
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 3 else { throw InputError("CapsuleLengths", expected: "[N, J, D]", got: input) }
    return [input[0], input[1]]
  }
}
