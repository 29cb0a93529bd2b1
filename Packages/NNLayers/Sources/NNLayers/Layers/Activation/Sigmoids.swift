import Autograd
import TensorCore

/// The logistic sigmoid: y = σ(x) = 1 / (1 + e^-x), between 0 and 1.
///
/// Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Sigmoid())
/// ```
public struct Sigmoid: ElementwiseLayer {
  /// The sigmoid.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.sigmoid() }
}

/// The logarithm of the logistic sigmoid: y = ln σ(x) = -ln(1 + e^-x), without overflow.
///
/// ```swift
/// let block = Sequential(Linear(784, 100), LogSigmoid())
/// ```
public struct LogSigmoid: ElementwiseLayer {
  /// The logarithm of the sigmoid.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.logSigmoid() }
}

/// The sigmoid in three straight pieces: y = (x + 3) / 6 within 0 … 1.
///
/// Howard and others 2019, "Searching for MobileNetV3".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), HardSigmoid())
/// ```
public struct HardSigmoid: ElementwiseLayer {
  /// The sigmoid in pieces.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.hardSigmoid() }
}

/// The hyperbolic tangent: y = tanh x, between -1 and 1.
///
/// LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", prefer it to the sigmoid, since its mean is near 0.
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Tanh())
/// ```
public struct Tanh: ElementwiseLayer {
  /// The hyperbolic tangent.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.tanh() }
}

/// LeCun's tanh: y = 1.7159 tanh(2x/3), which maps ±1 to ±1.
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), ScaledTanh())
/// ```
public struct ScaledTanh: ElementwiseLayer {
  /// LeCun's tanh.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.scaledTanh() }
}

/// The tangent's straight piece: y = x within bounds, else the nearer bound. The derivative at the bounds is 0.
///
/// Collobert 2004, "Large scale machine learning".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), HardTanh(-2...2))
/// ```
public struct HardTanh: ElementwiseLayer {
  /// The bounds.
  public let bounds: ClosedRange<Double>
  /// The function between given bounds.
  ///
  /// - Parameter bounds: default -1 … 1.
  public init(_ bounds: ClosedRange<Double> = -1...1) { self.bounds = bounds }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.hardTanh(bounds) }
}

/// y = x / (1 + |x|), which nears ±1 as 1/x does.
///
/// Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Softsign())
/// ```
public struct Softsign: ElementwiseLayer {
  /// The function.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.softsign() }
}
