import TensorCore

/// A rule for a parameter's first value.
///
/// ```swift
/// let layer = Linear(784, 128, initializer: .heNormal)
/// network.initialize(with: .orthogonal(gain: Gain.relu))
/// ```
///
/// Rules that depend on how many inputs an output is summed over take it from the shape, as ``Fan/init(of:)`` says, unless
/// the caller knows better: grouped and transposed convolutions, embeddings.
public struct Initializer: Sendable {
  private let make: @Sendable (Shape, Fan?, inout RandomStream) -> Tensor<Float>

  /// A rule of one's own.
  public init(_ make: @escaping @Sendable (Shape, inout RandomStream) -> Tensor<Float>) {
    self.make = { shape, _, random in make(shape, &random) }
  }

  /// A rule of one's own that depends on fan-in or fan-out.
  public init(fan make: @escaping @Sendable (Shape, Fan, inout RandomStream) -> Tensor<Float>) {
    self.make = { shape, fan, random in make(shape, fan ?? Fan(of: shape), &random) }
  }

  /// The first value of a parameter of the given shape.
  ///
  /// - Parameters:
  ///   - shape: the parameter's shape.
  ///   - fan: its fans. Default: what the shape says.
  ///   - random: where random numbers come from.
  public func callAsFunction(
    _ shape: Shape, fan: Fan? = nil, using random: inout RandomStream
  ) -> Tensor<Float> {
    make(shape, fan, &random)
  }

  /// The first value of a parameter of the given shape, from the random numbers of ``seeded(_:_:)``.
  public func callAsFunction(_ shape: Shape, fan: Fan? = nil) -> Tensor<Float> {
    guard InitialStream.isDrawn else { return .zeros(shape) }
    var random = InitialStream.current.next()
    return make(shape, fan, &random)
  }
}

/// Rules that do not look at the fans.
extension Initializer {
  /// All elements 0.
  public static let zeros = constant(0)
  /// All elements 1.
  public static let ones = constant(1)

  /// All elements the same. Hidden units whose weights are the same stay the same: fit for biases only.
  public static func constant(_ value: Float) -> Initializer {
    Initializer { shape, _ in Tensor(repeating: value, shape: shape) }
  }

  /// Uniform between -`bound` and `bound`.
  public static func uniform(bound: Float) -> Initializer {
    guard bound >= 0, bound.isFinite else { stop("uniform", "the bound \(bound) must be at least 0 and finite") }
    return uniform(in: -bound...bound)
  }

  /// Uniform in a range, such as `0...1` or `-0.5...0.5`; the upper bound is not reached.
  public static func uniform(in range: ClosedRange<Float>) -> Initializer {
    let (low, high) = (range.lowerBound, range.upperBound)
    return Initializer { shape, random in
      low == high ? Tensor(repeating: low, shape: shape) : .uniform(shape, in: low..<high, using: &random)
    }
  }

  /// Gaussian.
  public static func normal(mean: Float = 0, deviation: Float) -> Initializer {
    Initializer { shape, random in .normal(shape, mean: mean, deviation: deviation, using: &random) }
  }

  /// Gaussian without its tails: nothing further than `bounds` deviations from the mean, by default two.
  ///
  /// The deviation of what is left is smaller than `deviation`: 0.88 of it for the default bounds.
  public static func truncatedNormal(
    mean: Float = 0, deviation: Float, within bounds: ClosedRange<Float> = -2...2
  ) -> Initializer {
    Initializer { shape, random in
      .truncatedNormal(shape, mean: mean, deviation: deviation, within: bounds, using: &random)
    }
  }
}
