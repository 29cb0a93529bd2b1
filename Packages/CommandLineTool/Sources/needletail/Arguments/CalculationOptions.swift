import ArgumentParser

/// By how many threads, and how rounded, a command calculates that keeps no settings of a run.
struct CalculationOptions: ParsableArguments {
  @OptionGroup var threads: ThreadsOption
  @OptionGroup var arithmetic: ArithmeticOptions

  /// Makes it so for the rest of the program.
  func apply() throws {
    arithmetic.apply()
    try threads.apply()
  }
}
