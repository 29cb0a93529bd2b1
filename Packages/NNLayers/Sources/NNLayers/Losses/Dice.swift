import Autograd
import TensorCore

/// The dice loss of each sample's channel: 1 - (2 Σ p t + s) / (Σ p + Σ t + s), summed over the positions: one less the
/// overlap of a predicted and a true region, which does not depend on how small the region is.
///
/// ```swift
/// let loss = diceLoss(maps.sigmoid(), targets)
/// ```
///
/// Source: Milletari, Navab and Ahmadi 2016, "V-Net", whose denominator is Σ p² + Σ t².
///
/// - Parameters:
///   - probabilities: p, `[N, C, d₁, …]` with at least one axis of positions, in 0...1: after a sigmoid, or a softmax over
///     the channels.
///   - targets: t, of the same shape, as a rule 0 or 1.
///   - smoothing: s, 0 or more: regions that are empty on both sides have a loss of 0 if it is above 0, else NaN.
///     Default 10⁻⁵.
///   - squaresDenominator: whether the denominator adds up squares, as in the paper. Default false.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N, C]`.
public func diceLoss(
  _ probabilities: Variable, _ targets: Variable, smoothing: Double = 1e-5, squaresDenominator: Bool = false,
  reduction: Reduction = .mean
) -> Variable {
  let name = "diceLoss"
  checkEqualShapes(probabilities, targets, name)
  guard probabilities.rank >= 3 else { stop(name, "needs regions [N, C, d₁, …], got \(probabilities.shape)") }
  guard smoothing >= 0 else { stop(name, "the smoothing must not be negative, it is \(smoothing)") }
  let positions = Array(2..<probabilities.rank)
  func size(_ x: Variable) -> Variable {
    squaresDenominator ? x.sumOfSquares(along: positions) : x.sum(along: positions)
  }
  let overlap = (probabilities * targets).sum(along: positions) * 2 + smoothing
  return (1 - overlap / (size(probabilities) + size(targets) + smoothing)).reduced(reduction)
}
