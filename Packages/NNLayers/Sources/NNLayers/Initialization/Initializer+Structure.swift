import TensorCore

/// Rules that put zeros where they want them.
extension Initializer {
  /// Ones on the diagonal, zeros elsewhere: a linear layer `[out, in]` that passes its input through.
  public static let identity = Initializer { shape, _ in
    guard shape.rank == 2 else { stop("identity", "needs a weight [out, in], this one is \(shape)") }
    return filled(shape) { elements in
      for index in 0..<min(shape[0], shape[1]) { elements[index * shape[1] + index] = 1 }
    }
  }

  /// A convolution `[K, C/groups, …]` that passes channels through: the middle tap of filter k for channel k of its group
  /// is 1, all else 0. Output channels beyond the group's inputs are 0.
  ///
  /// With odd kernels and padding `.same` the first channels come out as they went in.
  public static func dirac(groups: Int = 1) -> Initializer {
    Initializer { shape, _ in
      guard shape.rank >= 3, groups >= 1, shape[0] % groups == 0 else {
        stop("dirac", "needs a weight [K, C/groups, …] with K a multiple of \(groups), this one is \(shape)")
      }
      let kernel = shape.sizes[2...]
      let middle = kernel.reduce(0) { $0 * $1 + $1 / 2 }
      let taps = kernel.reduce(1, *)
      let perGroup = shape[0] / groups
      return filled(shape) { elements in
        for filter in 0..<shape[0] where filter % perGroup < shape[1] {
          elements[(filter * shape[1] + filter % perGroup) * taps + middle] = 1
        }
      }
    }
  }

  /// Each output sees few inputs: of each row of `[out, …]` the given share, rounded up, is 0, the rest Gaussian.
  ///
  /// Martens 2010, "Deep learning via Hessian-free optimization".
  ///
  /// - Parameters:
  ///   - sparsity: the share of zeros in a row, in 0...1.
  ///   - deviation: of the others. Default 0.01.
  public static func sparse(_ sparsity: Double, deviation: Float = 0.01) -> Initializer {
    guard (0...1).contains(sparsity) else { stop("sparse", "the share \(sparsity) is not in 0...1") }
    return Initializer { shape, random in
      guard shape.rank >= 2 else { stop("sparse", "needs a weight of rank 2 or more, this one is \(shape)") }
      var elements = Tensor<Float>.normal(shape, mean: 0, deviation: deviation, using: &random).scalars
      let length = shape.sizes[1...].reduce(1, *)
      let zeroCount = Int((sparsity * Double(length)).rounded(.up))
      for row in 0..<shape[0] {
        let order = Tensor<Int64>.permutation(count: length, using: &random).scalars
        for column in order.prefix(zeroCount) { elements[row * length + Int(column)] = 0 }
      }
      return Tensor(elements, shape: shape)
    }
  }

  private static func filled(_ shape: Shape, _ fill: (inout [Float]) -> Void) -> Tensor<Float> {
    var elements = [Float](repeating: 0, count: shape.count)
    fill(&elements)
    return Tensor(elements, shape: shape)
  }
}
