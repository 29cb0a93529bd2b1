import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// One step of gradient descent on these parameters, in place and in one pass, by PyTorch's formulas:
  /// d = g + weightDecay p; p ← p − learningRate d.
  ///
  /// Stops when the two shapes are not the same.
  public mutating func sgdUpdate(gradient: Tensor, learningRate: Double, weightDecay: Double = 0) {
    let settings = nt_sgd(
      learning_rate: learningRate, momentum: 0, weight_decay: weightDecay, gain: 1, nesterov: false)
    makeUnique()
    runUpdate("sgdUpdate", gradient, [:], settings) {
      nt_sgd_update($0, Scalar.code, $1.parameters, $1.gradient, nil, $1.count)
    }
  }

  /// One step of gradient descent with momentum on these parameters and their `velocity`, both in place:
  /// d = gain (g + weightDecay p); v ← momentum v + d; p ← p − learningRate v, or with Nesterov's look-ahead
  /// p ← p − learningRate (d + momentum v).
  ///
  /// Start with a velocity of zeros: v is then d after the first step. `gain` is 1 for PyTorch's form, 1 − dampening for its
  /// dampening from the second step on, and the learning rate itself for the form in which the velocity holds
  /// steps, whose `learningRate` is then 1. Stops when the three shapes are not the same.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func sgdUpdate(
    gradient: Tensor, velocity: inout Tensor, learningRate: Double, momentum: Double,
    nesterov: Bool = false, weightDecay: Double = 0, gain: Double = 1
  ) {
    let settings = nt_sgd(
      learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay, gain: gain, nesterov: nesterov)
    makeUnique()
    velocity.makeUnique()
    runUpdate("sgdUpdate", gradient, ["velocity": velocity], settings) {
      nt_sgd_update($0, Scalar.code, $1.parameters, $1.gradient, $1.memory(0), $1.count)
    }
  }
}
