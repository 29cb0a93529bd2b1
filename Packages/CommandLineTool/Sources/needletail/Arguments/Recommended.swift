import Datasets
import Foundation
import TensorCore
import Training

/// What the program chooses where nothing is said.
enum Recommended {
  static let seed: UInt64 = 1

  /// `32 for digits, else 64`: for help.
  static func text<Value: Equatable>(_ value: (RecommendedSettings) -> Value) -> String {
    let name = Digits().information.name
    let (digits, others) = (value(.forDataset(name)), value(.forDataset("")))
    return digits == others ? "\(others)" : "\(digits) for \(name), else \(others)"
  }

  /// What the environment asks for, or the number of processors.
  static func threads() throws -> Int {
    let processors = min(ProcessInfo.processInfo.activeProcessorCount, Limits.threads.upperBound)
    return try ThreadPool.requestedThreadCount() ?? processors
  }
}
