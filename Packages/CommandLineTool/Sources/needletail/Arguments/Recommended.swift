import Datasets
import Foundation
import TensorCore
import Training

/// What the program chooses where nothing is said.
enum Recommended {
  static let seed: UInt64 = 1

  /// `32 for digits, 16 for folder, else 64`: for help.
  static func text<Value: Equatable>(_ value: (RecommendedSettings) -> Value) -> String {
    let others = value(.forDataset(""))
    let particular = [Digits().information.name, ImageFolder.name].filter { value(.forDataset($0)) != others }
    let parts = particular.map { "\(value(.forDataset($0))) for \($0)" }
    return parts.isEmpty ? "\(others)" : "\(parts.joined(separator: ", ")), else \(others)"
  }

  /// What the environment asks for, or the number of processors.
  static func threads() throws -> Int {
    let processors = min(ProcessInfo.processInfo.activeProcessorCount, Limits.threads.upperBound)
    return try ThreadPool.requestedThreadCount() ?? processors
  }
}
