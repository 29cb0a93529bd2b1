import ArgumentParser
import TensorCore

/// How numbers may be rounded.
struct ArithmeticOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Convolve by plain sums only, as NEEDLETAIL_STRICT=1 does.",
      discussion: """
        Winograd's algorithm, which takes a quarter of the multiplications of 3×3 kernels, rounds a few times more. A run \
        that was trained so is resumed to the bit with this flag again.
        """))
  var strict = false

  /// Makes it so for the rest of the program.
  func apply() {
    if strict { ConvolutionAlgorithms.forbidsExtraRounding = true }
  }
}
