import CKernels

extension Tensor<Bool> {
  /// The elements of `a` where this mask is true, of `b` elsewhere. The three shapes broadcast; an operand whose shape is
  /// not the result's is copied first.
  public func select<Element: TensorScalar>(_ a: Tensor<Element>, _ b: Tensor<Element>) -> Tensor<Element> {
    guard let shape = shape.broadcast(with: a.shape)?.broadcast(with: b.shape) else {
      stop("select", "the mask \(shape), \(a.shape) and \(b.shape) do not fit each other")
    }
    let (a, b) = (a.broadcast(to: shape), b.broadcast(to: shape))
    defer { withExtendedLifetime((a, b)) {} }
    return broadcast(to: shape).select(a.storage.start, 1, b.storage.start, 1)
  }

  /// The elements of `a` where this mask is true, a scalar elsewhere.
  public func select<Element: TensorScalar>(_ a: Tensor<Element>, _ b: Element) -> Tensor<Element> {
    guard let shape = shape.broadcast(with: a.shape) else {
      stop("select", "the mask \(shape) and \(a.shape) do not fit each other")
    }
    let a = a.broadcast(to: shape)
    defer { withExtendedLifetime(a) {} }
    return withUnsafePointer(to: b) { broadcast(to: shape).select(a.storage.start, 1, $0, 0) }
  }

  /// A scalar where this mask is true, the elements of `b` elsewhere.
  public func select<Element: TensorScalar>(_ a: Element, _ b: Tensor<Element>) -> Tensor<Element> {
    guard let shape = shape.broadcast(with: b.shape) else {
      stop("select", "the mask \(shape) and \(b.shape) do not fit each other")
    }
    let b = b.broadcast(to: shape)
    defer { withExtendedLifetime(b) {} }
    return withUnsafePointer(to: a) { broadcast(to: shape).select($0, 0, b.storage.start, 1) }
  }

  private func select<Element: TensorScalar>(
    _ a: UnsafePointer<Element>, _ stepA: Int, _ b: UnsafePointer<Element>, _ stepB: Int
  ) -> Tensor<Element> {
    let result = Tensor<Element>(uninitialized: shape)
    let to = result.storage.start
    Cut.run(count) { range in
      let i = range.lowerBound
      nt_select(Element.code, bytes + i, a + i * stepA, stepA, b + i * stepB, stepB, to + i, range.count)
    }
    withExtendedLifetime(self) {}
    return result
  }
}
