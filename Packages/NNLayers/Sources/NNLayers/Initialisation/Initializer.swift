import TensorCore

/// A rule for a parameter's first value.
///
/// Fan-in is the number of inputs that one output is summed over: the columns of a linear weight `[out, in]`,
/// C/groups · R · S of a convolution's `[K, C/groups, R, S]`; fan-out is K · R · S.
public struct Initializer: Sendable {
  private let make: @Sendable (Shape, inout RandomStream) -> Tensor<Float>

  /// A rule of one's own.
  public init(_ make: @escaping @Sendable (Shape, inout RandomStream) -> Tensor<Float>) {
    self.make = make
  }

  /// The first value of a parameter of the given shape.
  public func callAsFunction(_ shape: Shape, using random: inout RandomStream) -> Tensor<Float> {
    make(shape, &random)
  }

  /// The first value of a parameter of the given shape, from the random numbers of ``seeded(_:_:)``.
  public func callAsFunction(_ shape: Shape) -> Tensor<Float> {
    var random = InitialStream.current.next()
    return make(shape, &random)
  }

  /// All elements 0.
  public static let zeros = constant(0)
  /// All elements 1.
  public static let ones = constant(1)

  /// All elements the same.
  public static func constant(_ value: Float) -> Initializer {
    Initializer { shape, _ in Tensor(repeating: value, shape: shape) }
  }

  /// Uniform between -`bound` and `bound`.
  public static func uniform(bound: Float) -> Initializer {
    Initializer { shape, random in
      bound == 0 ? .zeros(shape) : .uniform(shape, in: -bound..<bound, using: &random)
    }
  }

  /// Gaussian with mean 0.
  public static func normal(deviation: Float) -> Initializer {
    Initializer { shape, random in .normal(shape, mean: 0, deviation: deviation, using: &random) }
  }

  /// Uniform within ±gain·√(6 / (fan-in + fan-out)): keeps the variance of both passes in layers with tanh or sigmoid.
  ///
  /// Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
  public static func xavierUniform(gain: Float = 1) -> Initializer {
    Initializer { shape, random in
      let fan = Fan(of: shape)
      return uniform(bound: gain * (6 / Float(fan.in + fan.out)).squareRoot())(shape, using: &random)
    }
  }

  /// Gaussian of variance gain²·2 / (fan-in + fan-out). Glorot and Bengio 2010.
  public static func xavierNormal(gain: Float = 1) -> Initializer {
    Initializer { shape, random in
      let fan = Fan(of: shape)
      return normal(deviation: gain * (2 / Float(fan.in + fan.out)).squareRoot())(shape, using: &random)
    }
  }

  /// Uniform within ±√(6 / fan-in): keeps the variance of the forward pass in layers with ReLU.
  ///
  /// He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers".
  public static let heUniform = Initializer { shape, random in
    uniform(bound: (6 / Float(Fan(of: shape).in)).squareRoot())(shape, using: &random)
  }

  /// Gaussian of variance 2 / fan-in. He, Zhang, Ren and Sun 2015.
  public static let heNormal = Initializer { shape, random in
    normal(deviation: (2 / Float(Fan(of: shape).in)).squareRoot())(shape, using: &random)
  }

  /// Uniform within ±1/√fan-in: the default of ``Linear`` and ``Conv2d`` for weights, as in PyTorch.
  public static let fanInUniform = Initializer { shape, random in
    uniform(bound: fanInBound(Fan(of: shape).in))(shape, using: &random)
  }

  /// 1/√fan-in; 0 without inputs.
  static func fanInBound(_ fanIn: Int) -> Float {
    fanIn > 0 ? 1 / Float(fanIn).squareRoot() : 0
  }
}

/// How many inputs an output of a weight is summed over, and how many outputs an input reaches.
public struct Fan: Sendable, Equatable {
  /// The inputs of one output.
  public let `in`: Int
  /// The outputs of one input.
  public let out: Int

  /// The fans of a weight `[out, in, …]` whose further axes are a kernel's. Stops below rank 2.
  public init(of weight: Shape) {
    guard weight.rank >= 2 else { stop("fan", "needs a weight of rank 2 or more, this one is \(weight)") }
    let kernel = weight.sizes[2...].reduce(1, *)
    self.in = weight[1] * kernel
    out = weight[0] * kernel
  }
}
