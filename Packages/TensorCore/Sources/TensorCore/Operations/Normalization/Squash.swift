/// Vectors along the last axis: their lengths, and the function that shortens them to less than 1.
///
/// Squares are formed in the type of the elements: lengths above 10¹⁹ overflow in Float, those below 10⁻²² count as 0.
extension Tensor where Scalar: FloatingScalar {
  /// |x| = √(Σ x²) over the last axis, which disappears. Stops for rank 0. Two passes over memory.
  public func lengths() -> Tensor {
    guard rank >= 1 else { stop("lengths", "needs an axis of vectors, this tensor is \(shape)") }
    return sumOfSquares(along: [-1]).sqrt()
  }

  /// The gradient of ``lengths()``, when this is that of its output: dx = g x / |x|, and 0 where x is 0.
  ///
  /// - Parameters:
  ///   - input: x.
  ///   - lengths: |x|, the output.
  public func lengthsGradient(input: Tensor, lengths: Tensor) -> Tensor {
    input / Tensor.maximum(lengths, .leastNormalMagnitude).expandingAxis(at: -1) * expandingAxis(at: -1)
  }

  /// v = x |x| / (1 + |x|²) for each vector along the last axis: its direction stays, its length comes to below 1, that of
  /// short vectors to nearly 0.
  ///
  /// Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules", equation 1. Stops for rank 0. Five passes over
  /// memory.
  public func squashed() -> Tensor {
    let length = lengths().expandingAxis(at: -1)
    return self * (length / (length * length + 1))
  }

  /// The gradient of ``squashed()``, when this is that of its output. With n = |x|, u = x / n, or 0 where x is 0,
  /// f = n / (1 + n²) and f' = (1 - n²) / (1 + n²)²:
  ///
  ///     dx = f g + f' (u · g) x
  public func squashedGradient(input: Tensor) -> Tensor {
    let length = input.lengths().expandingAxis(at: -1), squares = length * length
    let below = squares + 1
    let along = (self * input).sum(along: [-1], keepingAxes: true) / .maximum(length, .leastNormalMagnitude)
    return self * (length / below) + input * (along * (1 - squares) / (below * below))
  }
}
