import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// One step of gradient descent on these parameters, in place and in one pass, by PyTorch's formulas:
  /// d = g + weightDecay p; p ← p − learningRate d.
  public mutating func sgdUpdate(gradient: Tensor, learningRate: Double, weightDecay: Double = 0) {
    let settings = nt_sgd(learning_rate: learningRate, momentum: 0, weight_decay: weightDecay, nesterov: false)
    makeUnique()
    runSGD(settings, gradient, velocity: nil)
  }

  /// One step of gradient descent with momentum on these parameters and their `velocity`, both in place:
  /// d = g + weightDecay p; v ← momentum v + d; p ← p − learningRate v, or with Nesterov's look-ahead
  /// p ← p − learningRate (d + momentum v).
  ///
  /// Start with a velocity of zeros: v is then d after the first step, as in PyTorch (its dampening is 0 here).
  /// Stops when the three shapes are not the same.
  public mutating func sgdUpdate(
    gradient: Tensor, velocity: inout Tensor, learningRate: Double, momentum: Double,
    nesterov: Bool = false, weightDecay: Double = 0
  ) {
    let settings = nt_sgd(
      learning_rate: learningRate, momentum: momentum, weight_decay: weightDecay, nesterov: nesterov)
    guard velocity.shape == shape else {
      stop("sgdUpdate", "the parameters have the shape \(shape), the velocity \(velocity.shape)")
    }
    makeUnique()
    velocity.makeUnique()
    runSGD(settings, gradient, velocity: velocity.storage.start)
    withExtendedLifetime(velocity) {}
  }

  private func runSGD(_ settings: nt_sgd, _ gradient: Tensor, velocity: UnsafeMutablePointer<Scalar>?) {
    guard gradient.shape == shape else {
      stop("sgdUpdate", "the parameters have the shape \(shape), the gradient \(gradient.shape)")
    }
    let parameters = storage.start, from = gradient.storage.start
    withUnsafePointer(to: settings) { settings in
      Cut.run(count) { range in
        let i = range.lowerBound
        nt_sgd_update(settings, Scalar.code, parameters + i, from + i, velocity.map { $0 + i }, range.count)
      }
    }
    withExtendedLifetime((self, gradient)) {}
  }
}
