import Datasets
import Foundation
import TensorCore

/// What is chosen where nothing is said.
///
/// A small set gives few steps, which must be long, and is learnt by heart unless weights shrink. The rates were tried for
/// LeNet-5 on the digits with several seeds and kernel forms, and on Fashion-MNIST.
struct Defaults {
  let epochs: Int
  let batchSize: Int
  /// The learning rate of SGD.
  let rate: Double
  let weightDecay: Double

  static let momentum = 0.9
  static let adamRate = 0.002
  static let seed: UInt64 = 1

  static let digits = Defaults(epochs: 30, batchSize: 32, rate: 0.15, weightDecay: 3e-3)
  static let others = Defaults(epochs: 12, batchSize: 64, rate: 0.05, weightDecay: 5e-4)

  /// Those for a data set.
  static func of(_ dataset: String) -> Defaults { dataset == Digits().information.name ? digits : others }

  /// `32 for digits, else 64`: for help.
  static func text<Value>(_ value: (Defaults) -> Value) -> String {
    "\(value(digits)) for digits, else \(value(others))"
  }

  /// What the environment asks for, or the number of processors.
  static func threads() throws -> Int {
    let processors = min(ProcessInfo.processInfo.activeProcessorCount, Limits.threads.upperBound)
    return try ThreadPool.requestedThreadCount() ?? processors
  }
}
