import Autograd
import Foundation
import TensorCore

/// Adam: steps scaled by running averages of the gradient and of its square.
///
///     m ← β₁ m + (1 - β₁) g        v ← β₂ v + (1 - β₂) g²
///     w ← w - α · m̂ / (√v̂ + ε)     with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)
///
/// Kingma and Ba 2015, "Adam: a method for stochastic optimization".
public final class Adam: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Double
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the mean square.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// λ, the factor of the L2 penalty's gradient, which is added to g.
  public let weightDecay: Double

  private var slots: ParameterSlots
  private var stepCount = 0

  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [Parameter], learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    guard (0..<1).contains(beta1), (0..<1).contains(beta2) else {
      stop("Adam", "the betas \(beta1) and \(beta2) must lie in 0 ..< 1")
    }
    guard epsilon > 0 else { stop("Adam", "epsilon \(epsilon) must be above 0") }
    self.parameters = parameters
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    slots = ParameterSlots(parameters)
  }

  public func beginStep() { stepCount += 1 }

  public func update(_ parameter: Parameter, gradient: TensorValue) {
    guard slots.has(parameter) else { return }
    var mean = slots.take("mean", of: parameter, like: gradient)
    var square = slots.take("square", of: parameter, like: gradient)
    parameter.withValue { value in
      switch gradient {
      case .float(let gradient): descend(&value, &mean, &square, gradient)
      case .double(let gradient): descend(&value, &mean, &square, gradient)
      }
    }
    slots.put(mean, "mean", of: parameter)
    slots.put(square, "square", of: parameter)
  }

  private func descend<Scalar: CarriedScalar>(
    _ value: inout TensorValue, _ mean: inout TensorValue, _ square: inout TensorValue, _ gradient: Tensor<Scalar>
  ) {
    value.modify(Scalar.self) { weight in
      mean.modify(Scalar.self) { mean in
        square.modify(Scalar.self) { square in
          weight.adamUpdate(
            gradient: gradient, mean: &mean, square: &square, step: stepCount, learningRate: learningRate,
            beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
        }
      }
    }
  }

  public var state: OptimizerState {
    get { OptimizerState(stepCount: stepCount, tensors: slots.tensors) }
    set {
      stepCount = newValue.stepCount
      slots.tensors = newValue.tensors
    }
  }
}
