import Autograd
import TensorCore

/// The rectifier: y = max(x, 0). The derivative at 0 is 0.
///
/// Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), ReLU())
/// ```
public struct ReLU: ElementwiseLayer {
  /// The rectifier.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.relu() }
}

/// The rectifier with a ceiling: y = x within 0 … 6.
///
/// Krizhevsky 2010, "Convolutional deep belief networks on CIFAR-10".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), ReLU6())
/// ```
public struct ReLU6: ElementwiseLayer {
  /// The rectifier with its ceiling.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.relu6() }
}

/// The rectifier that lets a little through: y = x where x > 0, else slope · x.
///
/// Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), LeakyReLU(slope: 0.1))
/// ```
public struct LeakyReLU: ElementwiseLayer {
  /// The slope for negative x.
  public let slope: Double
  /// The rectifier with a given slope.
  ///
  /// - Parameter slope: default 0.01.
  public init(slope: Double = 0.01) { self.slope = slope }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.leakyRelu(slope: slope) }
}

/// A threshold: y = x where x > threshold, else `value`. For the perceptron's step function see `Activation.step`.
///
/// McCulloch and Pitts 1943, "A logical calculus of the ideas immanent in nervous activity".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Threshold(0.5, value: 0))
/// ```
public struct Threshold: ElementwiseLayer {
  /// Up to where x is replaced.
  public let threshold: Double
  /// What it is replaced with.
  public let value: Double
  /// The threshold at a given number.
  ///
  /// - Parameters:
  ///   - threshold: up to where x is replaced.
  ///   - value: what it is replaced with.
  public init(_ threshold: Double, value: Double) { (self.threshold, self.value) = (threshold, value) }
  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.activated(.threshold(at: threshold, value: value))
  }
}
