import CKernels

/// Rules that give each parameter a rate of its own by the sizes of its past gradients, in place and in one pass. In all of
/// them d = g + weightDecay p; the arithmetic is PyTorch's. They stop when the shapes are not the same.
extension Tensor where Scalar: FloatingScalar {
  /// One step of AdaGrad on these parameters and the sum of their squared gradients:
  /// s ← s + d²; p ← p − learningRate d / (√s + ε). Source: Duchi, Hazan and Singer 2011.
  public mutating func adaGradUpdate(
    gradient: Tensor, sum: inout Tensor, learningRate: Double, epsilon: Double = 1e-10, weightDecay: Double = 0
  ) {
    let settings = nt_adagrad(learning_rate: learningRate, epsilon: epsilon, weight_decay: weightDecay)
    makeUnique()
    sum.makeUnique()
    runUpdate("adaGradUpdate", gradient, ["sum": sum], settings) {
      nt_adagrad_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.count)
    }
  }

  /// One step of RMSProp on these parameters and the running mean of their squared gradients:
  /// v ← ρ v + (1 − ρ) d²; u = d / (√v + ε); p ← p − learningRate u.
  ///
  /// With `centered`, m ← ρ m + (1 − ρ) d and the variance v − m² under the root (Graves 2013). With a momentum,
  /// b ← momentum b + u, the velocity, in place of u. Mean and velocity are not looked at where they are not used.
  /// Source: Tieleman and Hinton 2012.
  public mutating func rmsPropUpdate(
    gradient: Tensor, square: inout Tensor, mean: inout Tensor, velocity: inout Tensor, learningRate: Double,
    rho: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false, weightDecay: Double = 0
  ) {
    let settings = nt_rmsprop(
      learning_rate: learningRate, rho: rho, epsilon: epsilon, momentum: momentum, weight_decay: weightDecay)
    let hasVelocity = momentum != 0
    makeUnique()
    square.makeUnique()
    if centered { mean.makeUnique() }
    if hasVelocity { velocity.makeUnique() }
    let memory: KeyValuePairs = [
      "mean square": square, "mean": centered ? mean : square, "velocity": hasVelocity ? velocity : square,
    ]
    runUpdate("rmsPropUpdate", gradient, memory, settings) {
      nt_rmsprop_update(
        $0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), centered ? $1.memory(1) : nil,
        hasVelocity ? $1.memory(2) : nil, $1.count)
    }
  }

  /// One step of AdaDelta on these parameters and the running means of their squared gradients and squared changes:
  /// v ← ρ v + (1 − ρ) d²; u = √(x + ε) / √(v + ε) d; x ← ρ x + (1 − ρ) u²; p ← p − learningRate u.
  /// Source: Zeiler 2012.
  public mutating func adaDeltaUpdate(
    gradient: Tensor, square: inout Tensor, change: inout Tensor, learningRate: Double = 1, rho: Double = 0.9,
    epsilon: Double = 1e-6, weightDecay: Double = 0
  ) {
    let settings = nt_rmsprop(
      learning_rate: learningRate, rho: rho, epsilon: epsilon, momentum: 0, weight_decay: weightDecay)
    makeUnique()
    square.makeUnique()
    change.makeUnique()
    runUpdate("adaDeltaUpdate", gradient, ["mean square": square, "mean change": change], settings) {
      nt_adadelta_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.memory(1), $1.count)
    }
  }
}
