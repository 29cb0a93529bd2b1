import TensorCore

/// The variables of the environment that the library follows, checked before anything is done.
enum EnvironmentCheck {
  /// Throws `EnvironmentError` for a variable that cannot be followed.
  static func run() throws {
    _ = try KernelForm.requested()
    _ = try ConvolutionAlgorithms.requestedStrictness()
    guard let threads = try ThreadPool.requestedThreadCount() else { return }
    guard Limits.threads.contains(threads) else {
      throw UsageError("NEEDLETAIL_THREADS: expected a whole number in \(Limits.threads), found \(threads)")
    }
  }
}

/// What numbers may be: far beyond any use, and small enough that no product of them overflows.
enum Limits {
  static let threads = 1...256
  static let epochs = 1...1_000_000
  static let steps = 1...1_000_000_000_000
  static let batchSize = 1...1_000_000
  static let benchmarkBatchSize = 1...10_000
  static let classes = 1...1_000_000
  static let axis = 1...1_000_000_000
  static let stride = 1...1_000
  /// In bytes.
  static let labelFile = 16 << 20
  static let samples = 1...1_000
  static let dropoutPasses = 2...10_000
  static let shift = 0...1_000
  /// In megabytes.
  static let cache = 0...1_000_000
  static let imageSide = 8...1_024
  static let inputSize = 1...1_024
  static let trials = 1...1_000_000
}
