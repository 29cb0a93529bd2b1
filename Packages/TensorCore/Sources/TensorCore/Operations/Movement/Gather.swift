import CKernels

extension Tensor {
  /// One element per index, each from its own line along `axis`: `result[i][j] = self[i][indices[i][j]]` for the last
  /// axis of two.
  ///
  /// `indices` has this tensor's shape except along `axis`, and so has the result. Stops for an index that is negative
  /// or past the end.
  public func gather(_ indices: Tensor<Int64>, along axis: Int) -> Tensor {
    let axis = shape.axis(axis, of: "gather")
    let (outer, length, inner) = shape.around(axis: axis)
    indices.checkIndices(of: "gather", shape: shape, axis: axis, sameRank: true)
    let result = Tensor(uninitialized: indices.shape)
    let (to, from, places) = (result.storage.start, storage.start, indices.storage.start)
    let count = indices.shape[axis]
    Cut.run(rows: outer, of: count * inner) { rows in
      let (first, part) = (rows.lowerBound, rows.count)
      nt_gather(
        to + first * count * inner, from + first * length * inner, MemoryLayout<Scalar>.size, part, length, inner,
        places + first * count * inner, count)
    }
    return result
  }
}

extension Tensor where Scalar: NumericScalar {
  /// Adds each of `values` at its index along `axis`: for the last axis of two, `self[i][indices[i][j]] += values[i][j]`.
  ///
  /// `indices` and `values` have one shape: this tensor's except along `axis`. Where an index comes several times the
  /// values are added in order, so that the result has the same bits with any number of threads. Integers wrap around.
  public mutating func scatterAdd(_ values: Tensor, at indices: Tensor<Int64>, along axis: Int) {
    let axis = shape.axis(axis, of: "scatterAdd")
    indices.checkIndices(of: "scatterAdd", shape: shape, axis: axis, sameRank: true)
    guard values.shape == indices.shape else {
      stop("scatterAdd", "the values are \(values.shape), their indices \(indices.shape)")
    }
    add(values, at: indices, axis: axis, count: indices.shape[axis], with: nt_scatter_add, indicesPerSlice: true)
  }

  /// The gradient of ``gather(_:along:)`` with respect to its input, from the gradient of its result (this tensor).
  public func gatherGradient(_ indices: Tensor<Int64>, along axis: Int, inputShape: Shape) -> Tensor {
    var result = Tensor.zeros(inputShape)
    result.scatterAdd(self, at: indices, along: axis)
    return result
  }

  typealias ScatterKernel = (
    nt_type, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int, Int, Int, Int, Int, UnsafePointer<Int64>?, Int
  ) -> Void

  /// Adds `values` in parts that no two threads share: by the axes before `axis`, or else by those after it.
  mutating func add(
    _ values: Tensor, at indices: Tensor<Int64>, axis: Int, count: Int, with kernel: ScatterKernel,
    indicesPerSlice: Bool
  ) {
    guard values.count > 0 else { return }
    makeUnique()
    let (outer, length, inner) = shape.around(axis: axis)
    let (to, from, places) = (storage.start, values.storage.start, indices.storage.start)
    guard outer == 1 else {
      return Cut.run(rows: outer, of: count * inner) { rows in
        let first = rows.lowerBound
        kernel(
          Scalar.code, to + first * length * inner, from + first * count * inner, rows.count, length, inner, 0, inner,
          indicesPerSlice ? places + first * count * inner : places, count)
      }
    }
    Cut.run(rows: inner, of: count) { columns in
      kernel(Scalar.code, to, from, 1, length, inner, columns.lowerBound, columns.upperBound, places, count)
    }
  }
}

extension Tensor<Int64> {
  /// Stops unless all elements are indices into `axis` of `shape`, and, where `sameRank`, the shapes agree elsewhere.
  func checkIndices(of operation: String, shape: Shape, axis: Int, sameRank: Bool) {
    if sameRank {
      guard self.shape.rank == shape.rank,
        self.shape.replacing(axis: axis, with: 0) == shape.replacing(axis: axis, with: 0)
      else { stop(operation, "the indices \(self.shape) and \(shape) differ outside axis \(axis)") }
    }
    let length = Int64(shape[axis])
    withUnsafeBufferPointer { indices in
      let position = nt_first_index_outside(indices.baseAddress, indices.count, length)
      guard position == indices.count else {
        stop(operation, "index \(indices[position]), number \(position), is not inside axis \(axis) of \(shape)")
      }
    }
  }
}
