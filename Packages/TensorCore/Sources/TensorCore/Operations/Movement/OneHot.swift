extension Tensor<Int64> {
  /// For every label a vector with a one at the label's place and zeros elsewhere: `[…]` gives `[…, classCount]`.
  ///
  /// Float unless another type is given. Stops for a label outside `0..<classCount`.
  public func oneHot<Number: NumericScalar>(
    classCount: Int, as type: Number.Type = Float.self
  ) -> Tensor<Number> {
    guard classCount >= 0 else { stop("oneHot", "the number of classes \(classCount) is negative") }
    let result = Shape(shape.sizes + [classCount])
    checkIndices(of: "oneHot", shape: result, axis: rank, sameRank: false)
    var ones = Tensor<Number>.zeros(result)
    ones.scatterAdd(.ones(Shape(shape.sizes + [1])), at: expandingAxis(at: -1), along: -1)
    return ones
  }
}
