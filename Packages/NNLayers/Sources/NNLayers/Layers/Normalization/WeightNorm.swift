import Autograd
import TensorCore

/// A layer whose weight is w = g v / ‖v‖: its length and its direction are trained apart.
///
/// v is the layer's own weight, g is added; ‖v‖ is taken over all axes but one, so that each output has its own length, or over
/// all. At first g = ‖v‖, so that nothing changes. All else is the layer's: its bias, its shapes.
///
/// State: the layer's without `weight`, and PyTorch's names of `parametrizations.weight_norm`:
/// `parametrizations.weight.original0` g, `[K, 1, …]` (`[]` for a single length), and `parametrizations.weight.original1` v. Draw
/// first values before the layer is wrapped.
///
/// Salimans and Kingma 2016, "Weight normalization: a simple reparameterization to accelerate training of deep neural networks".
///
/// ```swift
/// let block = Sequential(WeightNorm(Conv2d(3, 16, kernelSize: 3)), ReLU())
/// ```
public struct WeightNorm<Base: Layer>: Layer {
  /// The layer whose weight is normalised.
  public let base: Base
  /// g: `[K, 1, …]`, or `[]` for a single length.
  public let length: Parameter
  /// v, the layer's own weight.
  public let direction: Parameter
  /// The axis whose parts have lengths of their own; nil for one length.
  public let axis: Int?

  /// A layer around another, whose weight it normalises.
  ///
  /// - Parameters:
  ///   - base: a layer with a parameter `weight`.
  ///   - axis: the axis whose parts have lengths of their own, or nil for one length. Default 0, the outputs.
  public init(_ base: Base, axis: Int? = 0) {
    self.base = base
    self.axis = axis
    direction = base.weightToNormalize("WeightNorm")
    let rank = direction.shape.rank
    guard axis.map({ (0..<rank).contains($0) }) ?? true else {
      stop("WeightNorm", "the weight \(direction.shape) has no axis \(axis ?? 0)")
    }
    length = Parameter(Self.lengths(Variable(direction.value), axis).value)
  }

  /// w = g v / ‖v‖, with which the layer calculates.
  public func normalizedWeight(_ context: Context) -> Variable {
    let v = context[direction]
    return v * (context[length] / Self.lengths(v, axis))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    context.replacing(direction, with: normalizedWeight(context)) { base.forward(x, context) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try base.outputShape(for: input) }

  public var children: [Child] {
    base.children.filter { $0.name != "weight" } + [
      Child("parametrizations.weight.original0", length), Child("parametrizations.weight.original1", direction),
    ]
  }

  private static func lengths(_ v: Variable, _ axis: Int?) -> Variable {
    guard let axis else { return v.sumOfSquares().sqrt() }
    return v.sumOfSquares(along: (0..<v.rank).filter { $0 != axis }, keepingAxes: true).sqrt()
  }
}

extension Layer {
  /// The parameter called `weight`, of rank 2 or more. Stops if there is none.
  func weightToNormalize(_ wrapper: String) -> Parameter {
    guard let weight = children.first(where: { $0.name == "weight" })?.value as? Parameter, weight.shape.rank >= 2
    else {
      stop(wrapper, "\(typeName) has no parameter 'weight' of rank 2 or more")
    }
    return weight
  }
}
