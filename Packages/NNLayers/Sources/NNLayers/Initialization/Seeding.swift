import Synchronization
import TensorCore

/// Where layers get the random numbers for their first weights.
///
/// Layers made within `seeded(1) { … }` draw from the stream of seed 1, in the order in which they are made. Outside of
/// any such call they draw from one stream of the process that starts at seed 0, so that a program that builds its
/// networks in one task still repeats.
public func seeded<Result>(_ seed: UInt64, _ build: () throws -> Result) rethrows -> Result {
  try InitialStream.$current.withValue(InitialStream(seed: seed), operation: build)
}

/// Makes layers without drawing their first weights: all that initialisers would give is 0.
///
/// For networks whose weights are loaded next, or that are only counted. Drawing the 138 million weights of VGG-16 takes
/// seconds.
///
/// ```swift
/// let network = withoutInitialWeights { Linear(4096, 4096) }
/// ```
public func withoutInitialWeights<Result>(_ build: () throws -> Result) rethrows -> Result {
  try InitialStream.$isDrawn.withValue(false, operation: build)
}

/// A stream of random numbers that tasks may share.
final class InitialStream: Sendable {
  /// Whether first weights are drawn at all.
  @TaskLocal static var isDrawn = true
  @TaskLocal static var current = InitialStream(seed: 0)

  private let stream: Mutex<RandomStream>

  init(seed: UInt64) {
    stream = Mutex(RandomStream(seed: seed))
  }

  /// A stream of its own for one tensor.
  func next() -> RandomStream { stream.withLock { $0.split() } }
}
