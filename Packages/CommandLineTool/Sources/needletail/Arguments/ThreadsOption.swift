import ArgumentParser
import TensorCore

/// How many threads calculate.
struct ThreadsOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Threads; they change the speed and nothing else. (default: NEEDLETAIL_THREADS, or one for each processor)",
    transform: Numbers.whole(in: Limits.threads))
  var threads: Int?

  /// The number that was given, that of the environment, or that of the processors.
  func count() throws -> Int { try threads ?? Recommended.threads() }

  /// Makes it so for the rest of the program.
  func apply() throws { ThreadPool.threadCount = try count() }
}
