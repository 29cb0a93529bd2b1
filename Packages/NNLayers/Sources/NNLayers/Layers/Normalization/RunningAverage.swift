import Autograd
import TensorCore

/// How batch statistics are averaged for inference.
///
/// PyTorch and Keras both call a number "momentum" that weighs opposite sides: PyTorch's is the weight of the new value
/// (0.1), Keras' that of the old one (0.99). Here the label says which.
///
/// ```swift
/// let torch = BatchNorm2d(64, average: .exponential(newWeight: 0.1))  // PyTorch's default
/// let keras = BatchNorm2d(64, average: .exponential(oldWeight: 0.99))  // Keras' default
/// let paper = BatchNorm2d(64, average: .wholeSet)  // the mean over all batches seen
/// ```
public struct RunningAverage: Sendable, Hashable {
  /// The weight of a batch's value; nil for the mean of all batches so far.
  private let newWeight: Double?

  /// average = (1 - newWeight) · average + newWeight · value: PyTorch's `momentum`. From 0 to 1.
  public static func exponential(newWeight: Double) -> RunningAverage {
    guard (0...1).contains(newWeight) else { stop("RunningAverage", "the weight \(newWeight) is not in 0 ... 1") }
    return RunningAverage(newWeight: newWeight)
  }

  /// average = oldWeight · average + (1 - oldWeight) · value: Keras' `momentum`. From 0 to 1.
  public static func exponential(oldWeight: Double) -> RunningAverage {
    guard (0...1).contains(oldWeight) else { stop("RunningAverage", "the weight \(oldWeight) is not in 0 ... 1") }
    return RunningAverage(newWeight: 1 - oldWeight)
  }

  /// The mean of all batches' values, each with the same weight, as Ioffe and Szegedy 2015 average over the training set:
  /// PyTorch's `momentum=None`.
  public static let wholeSet = RunningAverage(newWeight: nil)

  /// The weight of the value of batch number `batch`, counted from 1.
  func weight(ofBatch batch: Int64) -> Double { newWeight ?? 1 / Double(batch) }

  /// The average with one more value.
  func updated(_ average: Tensor<Double>, with value: Tensor<Double>, batch: Int64) -> Tensor<Double> {
    let weight = weight(ofBatch: batch)
    return average * (1 - weight) + value * weight
  }
}
