// Plain forms of operations whose kernels are on their way. Whoever lands the real one deletes its plain form here, and
// the last one deletes this file.

extension Tensor where Scalar: NumericScalar {
  /// The positions in row-major order that `indices` along `axis` name.
  private func places(_ indices: Tensor<Int64>, _ axis: Int) -> [Int] {
    let axis = axis < 0 ? axis + rank : axis
    let (strides, own) = (indices.shape.strides, shape.strides)
    return indices.scalars.enumerated().map { offset, index in
      (0..<rank).reduce(0) { $0 + own[$1] * ($1 == axis ? Int(index) : offset / strides[$1] % indices.shape[$1]) }
    }
  }
  public func gather(_ indices: Tensor<Int64>, along axis: Int) -> Tensor {
    let from = scalars
    return Tensor(places(indices, axis).map { from[$0] }, shape: indices.shape)
  }
  public mutating func scatterAdd(_ values: Tensor, at indices: Tensor<Int64>, along axis: Int) {
    let places = places(indices, axis)
    withUnsafeMutableBufferPointer { to in
      for (place, value) in zip(places, values.scalars) { to[place] += value }
    }
  }
  public func take(_ indices: Tensor<Int64>, along axis: Int = 0) -> Tensor {
    .concatenated(indices.scalars.map { slice(axis: axis, range: Int($0)..<(Int($0) + 1)) }, along: axis)
  }
  public func takeGradient(_ indices: Tensor<Int64>, along axis: Int = 0, inputShape: Shape) -> Tensor {
    var result = Tensor.zeros(inputShape)
    for (position, index) in indices.scalars.enumerated() {
      let range = Int(index)..<(Int(index) + 1)
      let sum = result.slice(axis: axis, range: range) + slice(axis: axis, range: position..<(position + 1))
      result.assign(sum, axis: axis, range: range)
    }
    return result
  }
  public func sorted(along axis: Int, descending: Bool = false) -> (values: Tensor, indices: Tensor<Int64>) {
    let length = shape[axis < 0 ? axis + rank : axis]
    let inner = transposed(axis, -1)
    let all = inner.scalars
    var indices: [Int64] = []
    for start in stride(from: 0, to: all.count, by: Swift.max(length, 1)) {
      let order: [Int] = (0..<length).sorted { (a: Int, b: Int) -> Bool in
        descending ? all[start + a] > all[start + b] : all[start + a] < all[start + b]
      }
      indices += order.map { Int64($0) }
    }
    let positions = Tensor<Int64>(indices, shape: inner.shape).transposed(axis, -1)
    return (gather(positions, along: axis), positions)
  }
  public func topK(_ count: Int, along axis: Int) -> (values: Tensor, indices: Tensor<Int64>) {
    let (values, indices) = sorted(along: axis, descending: true)
    return (values.slice(axis: axis, range: 0..<count), indices.slice(axis: axis, range: 0..<count))
  }
}
