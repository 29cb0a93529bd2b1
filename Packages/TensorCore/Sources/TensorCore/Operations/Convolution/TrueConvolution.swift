/// How much of a convolution is kept, for a line of N elements and a kernel of F.
public enum ConvolutionExtent: String, Sendable, Hashable, Codable, CaseIterable {
  /// Wherever the two overlap: N + F - 1 elements.
  case full
  /// As many as there were, N elements: of the full ones those from number (F - 1)/2 on, rounded down; for a
  /// cross-correlation with (F - 1)/2 zeros before, rounded down, as `same` padding puts them.
  case same
  /// Where the kernel lies inside: N - F + 1 elements.
  case valid
}

/// Sums of products of two lines `[N]` or two planes `[H, W]`: the convolution of mathematics, and the cross-correlation
/// that networks call so.
extension Tensor where Scalar: FloatingScalar {
  /// The convolution with a kernel, which is flipped along both axes:
  ///
  ///     full[z] = Σ_x self[x] · kernel[z - x]        full[y, x] = Σ_{r,s} self[y - r, x - s] · kernel[r, s]
  ///
  /// It commutes, multiplies polynomials, and gives the distribution of a sum from those of its terms.
  ///
  /// - Parameters:
  ///   - kernel: of self's rank, 1 or 2.
  ///   - extent: how much is kept. Default: all.
  /// - Returns: a tensor of that rank. Stops for other ranks, empty tensors, and for a kernel that does not fit
  ///   where `valid` wants it to.
  public func convolved(with kernel: Tensor, extent: ConvolutionExtent = .full) -> Tensor {
    let plan = PlaneCorrelation("convolved", input: shape, kernel: kernel.shape, extent: extent, isFlipped: true)
    return plan.carriedOut(self, kernel.flipped(along: Array(kernel.shape.indices)))
  }

  /// The cross-correlation with a kernel, which is not flipped: what layers of networks compute. For `valid`,
  ///
  ///     result[z] = Σ_r self[z + r] · kernel[r]        result[y, x] = Σ_{r,s} self[y + r, x + s] · kernel[r, s]
  ///
  /// - Parameters:
  ///   - kernel: of self's rank, 1 or 2.
  ///   - extent: how much is kept. Default: where the kernel lies inside.
  public func crossCorrelated(with kernel: Tensor, extent: ConvolutionExtent = .valid) -> Tensor {
    let plan = PlaneCorrelation(
      "crossCorrelated", input: shape, kernel: kernel.shape, extent: extent, isFlipped: false)
    return plan.carriedOut(self, kernel)
  }
}

/// A line or a plane, as one image of one channel under one filter.
public struct PlaneCorrelation: Sendable {
  /// `[1, 1, H, W]`.
  public let image: Shape
  /// `[1, 1, R, S]`.
  public let filter: Shape
  /// The padding that makes the extent.
  public let geometry: ConvolutionGeometry
  /// The result, of the rank of the operands.
  public let output: Shape

  /// Stops with the operation's name where the shapes do not go together.
  public init(_ operation: String, input: Shape, kernel: Shape, extent: ConvolutionExtent, isFlipped: Bool) {
    guard input.rank == kernel.rank, 1...2 ~= input.rank, input.count > 0, kernel.count > 0 else {
      stop(operation, "needs two lines or two planes that are not empty, not \(input) and \(kernel)")
    }
    let line: [Int] = input.rank == 1 ? [1] : []
    let (height, width) = ((line + input.sizes)[0], (line + input.sizes)[1])
    let size = PlaneSize(height: (line + kernel.sizes)[0], width: (line + kernel.sizes)[1])
    image = [1, 1, height, width]
    filter = [1, 1, size.height, size.width]
    geometry = ConvolutionGeometry(
      kernel: size,
      padding: PlaneCorrelation.padding(extent, PlaneSize(height: size.height - 1, width: size.width - 1), isFlipped))
    do {
      let result = try geometry.outputSize(for: PlaneSize(height: height, width: width))
      output = input.rank == 1 ? [result.width] : [result.height, result.width]
    } catch {
      stop(operation, "\(input) under a kernel of \(kernel): \(error)")
    }
  }

  /// The zeros on either side, `most` for all that overlaps. A flipped kernel has its first element at its end.
  private static func padding(_ extent: ConvolutionExtent, _ most: PlaneSize, _ isFlipped: Bool) -> PlanePadding {
    let half = PlaneSize(height: most.height / 2, width: most.width / 2)
    let rest = PlaneSize(height: most.height - half.height, width: most.width - half.width)
    return switch extent {
    case .full: .symmetric(most)
    case .same where isFlipped: .sides(top: rest.height, bottom: half.height, left: rest.width, right: half.width)
    case .same: .sides(top: half.height, bottom: rest.height, left: half.width, right: rest.width)
    case .valid: 0
    }
  }

  fileprivate func carriedOut<Scalar: FloatingScalar>(
    _ input: Tensor<Scalar>, _ kernel: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    input.reshaped(image).conv2d(kernel.reshaped(filter), geometry: geometry).reshaped(output)
  }
}
