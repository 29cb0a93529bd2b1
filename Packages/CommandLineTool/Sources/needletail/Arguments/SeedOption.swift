import ArgumentParser

/// Where random numbers come from.
struct SeedOption: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Where all random numbers come from. (default: \(Recommended.seed))",
    transform: Numbers.seed)
  var seed: UInt64?

  /// The seed that was given, or the usual one.
  var value: UInt64 { seed ?? Recommended.seed }
}
