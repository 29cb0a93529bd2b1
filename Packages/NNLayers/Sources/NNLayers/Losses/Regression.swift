import Autograd
import TensorCore

/// The squared error (x - y)² of each element, by default its mean.
///
/// ```swift
/// let loss = meanSquaredError(prediction, target)
/// ```
///
/// - Parameters:
///   - prediction: x, of any shape.
///   - target: y, of the same shape.
///   - reduction: of the errors. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the prediction's shape. The error of two equal infinities
///   is NaN.
public func meanSquaredError(
  _ prediction: Variable, _ target: Variable, reduction: Reduction = .mean
) -> Variable {
  checkEqualShapes(prediction, target, "meanSquaredError")
  return Variable.squaredDifference(prediction, target).reduced(reduction)
}

/// The absolute error |x - y| of each element, by default its mean: the L1 loss. Its derivative is 0 where x = y.
///
/// ```swift
/// let loss = meanAbsoluteError(prediction, target)
/// ```
///
/// - Parameters:
///   - prediction: x, of any shape.
///   - target: y, of the same shape.
///   - reduction: of the errors. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the prediction's shape. The error of two equal infinities
///   is NaN.
public func meanAbsoluteError(
  _ prediction: Variable, _ target: Variable, reduction: Reduction = .mean
) -> Variable {
  checkEqualShapes(prediction, target, "meanAbsoluteError")
  return (prediction - target).abs().reduced(reduction)
}

/// The Huber loss of each element: d² / 2 for |d| = |x - y| up to δ, δ (|d| - δ / 2) beyond, so that outliers pull with δ
/// at most.
///
/// Source: Huber 1964, "Robust estimation of a location parameter".
///
/// ```swift
/// let loss = huberLoss(prediction, target, delta: 0.5)
/// ```
///
/// - Parameters:
///   - prediction: x, of any shape.
///   - target: y, of the same shape.
///   - delta: δ, above 0. Default 1.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the prediction's shape. The loss of an infinite error is ∞.
public func huberLoss(
  _ prediction: Variable, _ target: Variable, delta: Double = 1, reduction: Reduction = .mean
) -> Variable {
  checkEqualShapes(prediction, target, "huberLoss")
  guard delta > 0 else { stop("huberLoss", "delta must be above 0, it is \(delta)") }
  let size = (prediction - target).abs()
  // With c = min(|d|, δ) both branches are c (|d| - c / 2): nothing is squared that could overflow.
  let bounded = size.clamped(to: 0...delta)
  return (bounded * (size - bounded / 2)).reduced(reduction)
}

/// The smooth L1 loss of each element: d² / 2β for |d| = |x - y| below β, |d| - β / 2 from there on: the Huber loss of
/// δ = β, divided by β.
///
/// Source: Girshick 2015, "Fast R-CNN".
///
/// ```swift
/// let loss = smoothL1Loss(boxes, targets, beta: 1.0 / 9)
/// ```
///
/// - Parameters:
///   - prediction: x, of any shape.
///   - target: y, of the same shape.
///   - beta: β, not negative; 0 gives the L1 loss. Default 1.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the prediction's shape.
public func smoothL1Loss(
  _ prediction: Variable, _ target: Variable, beta: Double = 1, reduction: Reduction = .mean
) -> Variable {
  checkEqualShapes(prediction, target, "smoothL1Loss")
  guard beta >= 0 else { stop("smoothL1Loss", "beta must be 0 or more, it is \(beta)") }
  guard beta > 0 else { return meanAbsoluteError(prediction, target, reduction: reduction) }
  return huberLoss(prediction, target, delta: beta, reduction: reduction) / beta
}
