import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Brings `axis` to the end, lets `body` work on rows of it and brings it back; free if it is the last already.
  static func alongRows(_ tensors: [Tensor], _ axis: Int, _ name: String, _ body: ([Tensor]) -> Tensor) -> Tensor {
    let rank = tensors[0].rank
    let axis = tensors[0].shape.axis(axis, of: name)
    if axis == rank - 1 { return body(tensors) }
    var order = Array(0..<rank)
    order.swapAt(axis, rank - 1)
    return body(tensors.map { $0.permuted(order) }).permuted(order)
  }

  /// Works on rows of the last axis.
  func softmaxRows(_ operation: nt_softmax_op) -> Tensor {
    let length = shape[rank - 1]
    let result = Tensor(uninitialized: shape)
    let from = storage.start, to = result.storage.start
    Cut.run(rows: count / Swift.max(length, 1), of: length) { rows in
      let start = rows.lowerBound * length
      nt_softmax_rows(operation, Scalar.code, from + start, to + start, rows.count, length)
    }
    withExtendedLifetime(self) {}
    return result
  }

  /// Works on rows of the last axis; this is the gradient of the output.
  func softmaxGradientRows(_ operation: nt_softmax_op, output: Tensor) -> Tensor {
    let length = shape[rank - 1]
    let result = Tensor(uninitialized: shape)
    let gradient = storage.start, from = output.storage.start, to = result.storage.start
    Cut.run(rows: count / Swift.max(length, 1), of: length) { rows in
      let start = rows.lowerBound * length
      nt_softmax_gradient_rows(
        operation, Scalar.code, gradient + start, from + start, to + start, rows.count, length)
    }
    withExtendedLifetime((self, output)) {}
    return result
  }

  func checkSameShape(_ output: Tensor, _ name: String) {
    guard shape == output.shape else {
      stop(name, "the gradient has the shape \(shape), the output \(output.shape)")
    }
  }
}
