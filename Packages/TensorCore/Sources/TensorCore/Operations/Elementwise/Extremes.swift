import CKernels

/// The larger and the smaller of elements. A NaN in either comes through.
extension Tensor where Scalar: NumericScalar {
  /// max(a, b) for the elements of two tensors, which may broadcast.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { combine(nt_maximum, "maximum", a, b) }

  /// max(a, b) for each element and a scalar.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func maximum(_ a: Tensor, _ b: Scalar) -> Tensor { combine(nt_maximum, "maximum", a, b) }

  /// min(a, b) for the elements of two tensors, which may broadcast.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { combine(nt_minimum, "minimum", a, b) }

  /// min(a, b) for each element and a scalar.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func minimum(_ a: Tensor, _ b: Scalar) -> Tensor { combine(nt_minimum, "minimum", a, b) }

  /// Each element, or the nearer bound if it lies outside `bounds`. NaN stays.
  public func clamped(to bounds: ClosedRange<Scalar>) -> Tensor {
    let result = Tensor(uninitializedLike: self)
    let from = memory.start, to = result.memory.start
    withUnsafePointer(to: bounds.lowerBound) { low in
      withUnsafePointer(to: bounds.upperBound) { high in
        Cut.run(count) { nt_clamp(Scalar.code, from + $0.lowerBound, low, high, to + $0.lowerBound, $0.count) }
      }
    }
    withExtendedLifetime(self) {}
    return result
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The gradient of ``clamped(to:)`` with respect to its input, when this is the gradient of its output: g where the
  /// input lies within `bounds`, which count as within; else 0.
  public func clampedGradient(input: Tensor, to bounds: ClosedRange<Scalar>) -> Tensor {
    guard shape == input.shape else {
      stop("clampedGradient", "the gradient has the shape \(shape), the input \(input.shape)")
    }
    let (output, input) = Self.aligned(self, input)
    let result = Tensor(uninitializedLike: input)
    let gradient = output.memory.start, from = input.memory.start, to = result.memory.start
    withUnsafePointer(to: bounds.lowerBound) { low in
      withUnsafePointer(to: bounds.upperBound) { high in
        Cut.run(count) {
          let i = $0.lowerBound
          nt_clamp_gradient(Scalar.code, gradient + i, from + i, low, high, to + i, $0.count)
        }
      }
    }
    withExtendedLifetime((output, input)) {}
    return result
  }
}
