import Autograd
import TensorCore

/// Hard shrinkage: y = x where |x| > threshold, else 0. What is small counts as noise, what is large stays as it is.
///
/// Donoho and Johnstone 1994, "Ideal spatial adaptation by wavelet shrinkage".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), HardShrink())
/// ```
public struct HardShrink: ElementwiseLayer {
  /// The largest |x| that becomes 0.
  public let threshold: Double
  /// - Parameter threshold: the largest |x| that becomes 0, at least 0. Default 0.5.
  public init(_ threshold: Double = 0.5) { self.threshold = checkedThreshold(threshold, "HardShrink") }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.hardShrink(threshold: threshold) }
}

/// Soft shrinkage: y = sign(x) max(|x| - threshold, 0), which makes codes sparse: the y that minimises
/// ½ (y - x)² + threshold |y|.
///
/// Donoho 1995, "De-noising by soft-thresholding".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), SoftShrink(0.1))
/// ```
public struct SoftShrink: ElementwiseLayer {
  /// How far x moves towards 0.
  public let threshold: Double
  /// - Parameter threshold: how far x moves towards 0, at least 0. Default 0.5.
  public init(_ threshold: Double = 0.5) { self.threshold = checkedThreshold(threshold, "SoftShrink") }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.softShrink(threshold: threshold) }
}

/// Tanh shrinkage: y = x - tanh x, about x³/3 near 0 and x ∓ 1 far from it.
///
/// ```swift
/// let block = Sequential(Linear(784, 100), TanhShrink())
/// ```
public struct TanhShrink: ElementwiseLayer {
  /// x - tanh x.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.tanhShrink() }
}

private func checkedThreshold(_ threshold: Double, _ layer: String) -> Double {
  guard threshold >= 0 else { stop(layer, "needs a threshold of at least 0, not \(threshold)") }
  return threshold
}
