extension Tensor: Equatable {
  /// Whether both have the same shape and equal elements. As for numbers, NaN equals nothing and -0 equals 0.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Int32)
  @specialized(where Scalar == Int64)
  @specialized(where Scalar == UInt8)
  @specialized(where Scalar == Bool)
  public static func == (left: Tensor, right: Tensor) -> Bool {
    guard left.shape == right.shape else { return false }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        left.indices.allSatisfy { left[$0] == right[$0] }
      }
    }
  }
}
