import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Undoes a max pooling as far as that is possible: each element of self is put where the maximum came from, and the
  /// rest is zero. Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks".
  ///
  /// Where windows overlap and an index comes several times, the last element counts.
  ///
  /// - Parameters:
  ///   - indices: for each element its index `i · W + j` in its plane, of self's shape: ``MaxPoolChoices/indices``.
  ///   - size: the height and width of the planes to make.
  /// - Returns: `[N, C, size.height, size.width]` for self `[N, C, OH, OW]`. Stops for other shapes, and for an index
  ///   outside the plane.
  public func maxUnpool2d(indices: Tensor<Int64>, size: PlaneSize) -> Tensor {
    Unpooling.check("max unpooling", values: shape, indices: indices, size: size)
    let plane = size.height * size.width, count = shape[2] * shape[3]
    let result = Tensor(uninitialized: [shape[0], shape[1], size.height, size.width])
    let from = storage, to = result.storage, places = indices.storage
    Cut.run(rows: shape[0] * shape[1], of: Swift.max(plane, count)) { planes in
      let first = planes.lowerBound
      nt_unpool(
        Scalar.elementType == .double, planes.count, plane, count, from.start + first * count,
        places.start + first * count, to.start + first * plane)
    }
    return result
  }

  /// The gradient of ``maxUnpool2d(indices:size:)`` with respect to its input: the elements of self, the gradient of the
  /// output `[N, C, H, W]`, at the indices; zero for those that a later one replaced.
  ///
  /// - Returns: the indices' shape, `[N, C, OH, OW]`. Stops if the shapes do not go together.
  public func maxUnpool2dGradient(indices: Tensor<Int64>) -> Tensor {
    let operation = "max unpooling gradient"
    guard rank == 4 else { stop(operation, "the gradient must be [N, C, H, W], it is \(shape)") }
    let size = PlaneSize(height: shape[2], width: shape[3])
    let values = Shape(Array(shape.sizes[..<2]) + indices.shape.sizes.dropFirst(2))
    Unpooling.check(operation, values: values, indices: indices, size: size)
    let plane = size.height * size.width, count = indices.shape[2] * indices.shape[3]
    let result = Tensor(uninitialized: indices.shape)
    var scratch = self
    scratch.makeUnique()
    let from = scratch.storage, to = result.storage, places = indices.storage
    Cut.run(rows: shape[0] * shape[1], of: Swift.max(plane, count)) { planes in
      let first = planes.lowerBound
      nt_unpool_gradient(
        Scalar.elementType == .double, planes.count, plane, count, from.start + first * plane,
        places.start + first * count, to.start + first * count)
    }
    return result
  }
}

/// What unpooling and its gradient check.
private enum Unpooling {
  static func check(_ operation: String, values: Shape, indices: Tensor<Int64>, size: PlaneSize) {
    guard values.rank == 4, values == indices.shape else {
      stop(operation, "needs [N, C, OH, OW] and indices of the same shape, not \(values) and \(indices.shape)")
    }
    guard size.height >= 0, size.width >= 0 else { stop(operation, "a plane of \(size) cannot be") }
    let count = indices.count, plane = size.height * size.width
    let place = nt_first_index_outside(indices.storage.start, count, Int64(plane))
    guard place == count else {
      stop(operation, "index \(indices.scalars[place]) is not inside a plane of \(size)")
    }
  }
}
