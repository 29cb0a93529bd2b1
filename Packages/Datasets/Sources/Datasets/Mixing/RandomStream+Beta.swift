import Foundation
import TensorCore

extension RandomStream {
  /// A number of the gamma distribution of the given shape, which must be positive, and scale 1.
  ///
  /// Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; below 1 by the shape above, times
  /// U^(1/shape).
  public mutating func gamma(shape: Double) -> Double {
    guard shape > 0, shape.isFinite else { stop("gamma", "the shape \(shape) is not positive and finite") }
    guard shape >= 1 else { return gamma(shape: shape + 1) * pow(1 - uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      guard v > 0 else { continue }
      if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A number of the beta distribution of two equal positive parameters, in 0...1: at 1 uniform, below 1 mostly near 0
  /// or 1, above 1 mostly near 1/2.
  ///
  /// Up to 1 by Jöhnk's method in logarithms, which stays exact where U^(1/α) would vanish; above by two gamma numbers.
  public mutating func beta(symmetric alpha: Double) -> Double {
    guard alpha > 0, alpha.isFinite else { stop("beta", "the parameter \(alpha) is not positive and finite") }
    guard alpha <= 1 else {
      let (a, b) = (gamma(shape: alpha), gamma(shape: alpha))
      return a / (a + b)
    }
    while true {
      let (a, b) = (log(1 - uniform()) / alpha, log(1 - uniform()) / alpha)
      let largest = max(a, b)
      let logSum = largest + log(exp(a - largest) + exp(b - largest))
      if logSum <= 0 { return exp(a - logSum) }
    }
  }
}
