/// What stands between the brackets of a tensor literal: an element, or a list of lists and elements.
public struct TensorLiteral<Scalar: TensorScalar>: Sendable {
  /// The elements in the order of writing.
  var scalars: [Scalar]
  /// The shape; nil where lists side by side differ in theirs.
  var shape: [Int]?

  init(_ scalar: Scalar) {
    scalars = [scalar]
    shape = []
  }

  init(_ parts: [TensorLiteral]) {
    scalars = parts.flatMap(\.scalars)
    let inner = parts.first?.shape ?? []
    let fits = parts.allSatisfy { $0.shape == inner }
    shape = fits ? [parts.count] + inner : nil
  }
}

extension TensorLiteral: ExpressibleByArrayLiteral {
  public init(arrayLiteral parts: TensorLiteral...) { self.init(parts) }
}

extension TensorLiteral: ExpressibleByIntegerLiteral where Scalar: NumericScalar {
  public init(integerLiteral value: Scalar.IntegerLiteralType) { self.init(Scalar(integerLiteral: value)) }
}

extension TensorLiteral: ExpressibleByFloatLiteral where Scalar: FloatingScalar {
  public init(floatLiteral value: Scalar.FloatLiteralType) { self.init(Scalar(floatLiteral: value)) }
}

extension TensorLiteral: ExpressibleByBooleanLiteral where Scalar == Bool {
  public init(booleanLiteral value: Bool) { self.init(value) }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// A tensor written as nested lists: `let t: Tensor<Float> = [[1, 2], [3, 4]]`.
  ///
  /// Stops when lists side by side differ in shape. For variables, use ``init(_:shape:)``.
  public init(arrayLiteral parts: TensorLiteral<Scalar>...) {
    let literal = TensorLiteral(parts)
    guard let shape = literal.shape else {
      let shapes = parts.map { $0.shape.map(String.init(describing:)) ?? "uneven" }
      stop("tensor literal", "the parts differ in shape: \(shapes.joined(separator: ", "))")
    }
    self.init(literal.scalars, shape: Shape(shape))
  }
}
