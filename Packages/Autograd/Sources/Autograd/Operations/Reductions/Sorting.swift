import TensorCore

extension Variable {
  /// The elements in order along an axis, and where each was. The gradient goes back to where it came from.
  public func sorted(along axis: Int, descending: Bool = false) -> (values: Variable, indices: Tensor<Int64>) {
    let indices = value.sortedIndices(along: axis, descending: descending)
    return (gather(indices, along: axis), indices)
  }

  /// The `count` largest elements along an axis, the largest first, and where each was.
  public func topK(_ count: Int, along axis: Int) -> (values: Variable, indices: Tensor<Int64>) {
    let indices = value.largestIndices(count, along: axis)
    return (gather(indices, along: axis), indices)
  }
}

extension TensorValue {
  fileprivate func sortedIndices(along axis: Int, descending: Bool) -> Tensor<Int64> {
    switch self {
    case .float(let tensor): tensor.sorted(along: axis, descending: descending).indices
    case .double(let tensor): tensor.sorted(along: axis, descending: descending).indices
    }
  }

  fileprivate func largestIndices(_ count: Int, along axis: Int) -> Tensor<Int64> {
    switch self {
    case .float(let tensor): tensor.topK(count, along: axis).indices
    case .double(let tensor): tensor.topK(count, along: axis).indices
    }
  }
}
