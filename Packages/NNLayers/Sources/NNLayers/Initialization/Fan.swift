import TensorCore

/// How many inputs an output of a weight is summed over, and how many outputs an input reaches.
///
/// | layer | weight | fan-in | fan-out |
/// |---|---|---|---|
/// | linear | `[out, in]` | in | out |
/// | convolution | `[K, C/g, …]` with a kernel of F taps | F·C/g | F·K/g |
/// | depthwise convolution | `[K, 1, …]`, g = C | F | F·K/C |
/// | transposed convolution | `[C, K/g, …]` | F·C/g | F·K/g |
/// | bilinear | `[out, in₁, in₂]` | in₁·in₂ | in₂·out |
/// | embedding | `[count, width]` | 1 | width |
public struct Fan: Sendable, Equatable {
  /// The inputs of one output.
  public let `in`: Int
  /// The outputs of one input.
  public let out: Int

  /// Fans that the caller knows.
  public init(in inputs: Int, out outputs: Int) {
    self.in = inputs
    out = outputs
  }

  /// The fans of a weight `[out, in, …]` whose further axes are a kernel's: linear, bilinear and convolution layers of one
  /// group. Stops below rank 2.
  public init(of weight: Shape) {
    self = Fan.convolution(weight, groups: 1)
  }

  /// The fans of a convolution's weight `[K, C/groups, …]`.
  public static func convolution(_ weight: Shape, groups: Int) -> Fan {
    let taps = taps(of: weight)
    return Fan(in: weight[1] * taps, out: weight[0] / groups * taps)
  }

  /// The fans of a transposed convolution's weight `[C, K/groups, …]`, for stride 1. With stride S only every Sᵗʰ tap along
  /// each axis meets an input.
  public static func transposedConvolution(_ weight: Shape, groups: Int = 1) -> Fan {
    let taps = taps(of: weight)
    return Fan(in: weight[0] / groups * taps, out: weight[1] * taps)
  }

  /// The fans of an embedding's weight `[count, width]`, which adds nothing up: a row is one input.
  public static func embedding(_ weight: Shape) -> Fan {
    Fan(in: 1, out: weight.last ?? 1)
  }

  private static func taps(of weight: Shape) -> Int {
    guard weight.rank >= 2 else { stop("fan", "needs a weight of rank 2 or more, this one is \(weight)") }
    return weight.sizes[2...].reduce(1, *)
  }
}
