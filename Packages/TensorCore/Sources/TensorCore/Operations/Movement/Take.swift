import CKernels

extension Tensor {
  /// Whole slices along `axis`, one per index: `rows.take(indices, along: 0)` picks rows, as an embedding does.
  ///
  /// The indices' shape takes the place of `axis`: `[V, D]` and indices `[N, T]` give `[N, T, D]`. Stops for an index
  /// that is negative or past the end.
  public func take(_ indices: Tensor<Int64>, along axis: Int = 0) -> Tensor {
    let axis = shape.axis(axis, of: "take")
    indices.checkIndices(of: "take", shape: shape, axis: axis, sameRank: false)
    let (outer, length, inner) = shape.around(axis: axis)
    let result = Tensor(
      uninitialized: Shape(shape.sizes[..<axis] + indices.shape.sizes + shape.sizes[(axis + 1)...]))
    let (to, from, places) = (result.storage.start, storage.start, indices.storage.start)
    let (count, size) = (indices.count, MemoryLayout<Scalar>.size)
    if outer > 1 {
      Cut.run(rows: outer, of: count * inner) { rows in
        let first = rows.lowerBound
        nt_take(
          to + first * count * inner, from + first * length * inner, size, rows.count, length, inner, places, count)
      }
    } else if outer == 1 {
      Cut.run(rows: count, of: inner) { rows in
        nt_take(to + rows.lowerBound * inner, from, size, 1, length, inner, places + rows.lowerBound, rows.count)
      }
    }
    return result
  }
}

extension Tensor where Scalar: NumericScalar {
  /// The gradient of ``take(_:along:)`` with respect to its input, from the gradient of its result (this tensor).
  ///
  /// Slices that were taken several times are added in the order of the indices, with the same bits on any number of
  /// threads.
  public func takeGradient(_ indices: Tensor<Int64>, along axis: Int = 0, inputShape: Shape) -> Tensor {
    let axis = inputShape.axis(axis, of: "take gradient")
    indices.checkIndices(of: "take gradient", shape: inputShape, axis: axis, sameRank: false)
    let taken = inputShape.sizes[..<axis] + indices.shape.sizes + inputShape.sizes[(axis + 1)...]
    guard shape.sizes == Array(taken) else {
      stop(
        "take gradient", "indices \(indices.shape) into \(inputShape) give \(Array(taken)), the gradient is \(shape)")
    }
    var result = Tensor.zeros(inputShape)
    result.add(self, at: indices, axis: axis, count: indices.count, with: nt_add_slices, indicesPerSlice: false)
    return result
  }
}
