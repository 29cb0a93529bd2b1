import Autograd
import TensorCore

extension Gradients {
  /// The norm of all parameters' gradients together: √Σ g².
  public var norm: Double { map(\.gradient.norm).reduce(0) { $0.combinedNorm($1) } }

  /// Scales all gradients by one factor so that their common norm is at most `largest`: g ← g min(1, largest / (norm + 10⁻⁶)).
  ///
  /// The direction of the step stays. Gradients whose norm is not finite are left as they are; look at what is returned.
  /// ```swift
  /// var gradients = loss.gradients()
  /// let norm = gradients.clip(toNorm: 1)
  /// optimizer.update(gradients)
  /// ```
  /// Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks". Values as PyTorch's.
  ///
  /// - Parameter largest: the largest norm, at least 0.
  /// - Returns: the norm before.
  @discardableResult
  public mutating func clip(toNorm largest: Double) -> Double {
    requireNotNegative("clip", "largest norm", largest)
    let norm = norm
    let factor = largest / (norm + 1e-6)
    if norm.isFinite && factor < 1 { scale(by: factor) }
    return norm
  }

  /// Clips every element to `-largest ... largest`. The direction of the step changes.
  ///
  /// - Parameter largest: the largest size of an element, at least 0.
  public mutating func clip(toValue largest: Double) {
    requireNotNegative("clip", "largest value", largest)
    change { _, gradient in
      switch gradient {
      case .float(let tensor): gradient = .float(tensor.clamped(to: -Float(largest)...Float(largest)))
      case .double(let tensor): gradient = .double(tensor.clamped(to: -largest...largest))
      }
    }
  }

  /// Multiplies every parameter's gradient.
  public mutating func scale(by factor: Double) { change { _, gradient in gradient.scale(by: factor) } }
}

extension Double {
  /// √(a² + b²) of two norms, without overflow.
  fileprivate func combinedNorm(_ other: Double) -> Double {
    let largest = Swift.max(self, other), smallest = Swift.min(self, other)
    guard largest > 0, largest.isFinite, !smallest.isNaN else { return self + other }
    let ratio = smallest / largest
    return largest * (1 + ratio * ratio).squareRoot()
  }
}
