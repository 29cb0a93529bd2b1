import TensorCore

/// y = Π x over some axes. The derivative for x is the product of the others, right also where elements are 0: with one
/// zero among them only that element has a derivative, with two none has.
struct Product: Operation {
  let name = "product"
  let axes: [Int]?
  let keepingAxes: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let axes = axes ?? Array(0..<x.rank)
    let output = x.product(along: axes, keepingAxes: keepingAxes)
    return Recorded(output) { gradient in
      let isZero = x .== 0
      let zeros = isZero.select(Tensor<Scalar>(1), Tensor(0)).sum(along: axes, keepingAxes: true)
      let filled = isZero.select(Tensor(1), x)
      let product = filled.product(along: axes, keepingAxes: true)
      let besideOneZero = isZero.select(product, Tensor(0))
      let others = (zeros .== 0).select(product / filled, (zeros .== 1).select(besideOneZero, Tensor(0)))
      return [gradient.reshaped(x.shape.reduced(along: axes)) * others]
    }
  }
}

extension Variable {
  /// The product of all elements, of shape `[]`.
  public func product() -> Variable { Product(axes: nil, keepingAxes: false).apply(to: self) }

  /// The products over the given axes, which disappear or, if kept, have size 1.
  public func product(along axes: [Int], keepingAxes: Bool = false) -> Variable {
    Product(axes: axes, keepingAxes: keepingAxes).apply(to: self)
  }
}
