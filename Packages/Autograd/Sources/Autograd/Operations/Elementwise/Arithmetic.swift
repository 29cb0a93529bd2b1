import TensorCore

struct Add: Operation {
  let name = "add"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0].shape, inputs[1].shape)
    return Recorded(inputs[0] + inputs[1]) { gradient in [gradient.sum(to: a), gradient.sum(to: b)] }
  }
}

struct Subtract: Operation {
  let name = "subtract"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0].shape, inputs[1].shape)
    return Recorded(inputs[0] - inputs[1]) { gradient in [gradient.sum(to: a), -gradient.sum(to: b)] }
  }
}

/// d(ab) = b da + a db.
struct Multiply: Operation {
  let name = "multiply"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0], inputs[1])
    return Recorded(a * b) { gradient in
      [(gradient * b).sum(to: a.shape), (gradient * a).sum(to: b.shape)]
    }
  }
}

/// d(a/b) = da/b - a db/b².
struct Divide: Operation {
  let name = "divide"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (a, b) = (inputs[0], inputs[1])
    return Recorded(a / b) { gradient in
      let scaled = gradient / b
      return [scaled.sum(to: a.shape), -(scaled * a / b).sum(to: b.shape)]
    }
  }
}

/// y = factor · x + offset, with numbers that are not differentiated.
struct Affine: Operation {
  let name = "affine"
  let factor: Double
  let offset: Double
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let factor = Scalar(factor)
    let scaled = factor == 1 ? inputs[0] : inputs[0] * factor
    return Recorded(offset == 0 ? scaled : scaled + Scalar(offset)) { gradient in
      [factor == 1 ? gradient : gradient * factor]
    }
  }
}

extension Variable {
  /// The elementwise sum, with broadcasting.
  public static func + (a: Variable, b: Variable) -> Variable { Add().apply(to: a, b) }
  /// The elementwise difference, with broadcasting.
  public static func - (a: Variable, b: Variable) -> Variable { Subtract().apply(to: a, b) }
  /// The elementwise product, with broadcasting.
  public static func * (a: Variable, b: Variable) -> Variable { Multiply().apply(to: a, b) }
  /// The elementwise quotient, with broadcasting.
  public static func / (a: Variable, b: Variable) -> Variable { Divide().apply(to: a, b) }
  /// The negative of each element.
  public static prefix func - (x: Variable) -> Variable { Affine(factor: -1, offset: 0).apply(to: x) }

  /// Adds a number to each element.
  public static func + (x: Variable, number: Double) -> Variable { Affine(factor: 1, offset: number).apply(to: x) }
  /// Adds a number to each element.
  public static func + (number: Double, x: Variable) -> Variable { x + number }
  /// Subtracts a number from each element.
  public static func - (x: Variable, number: Double) -> Variable { x + -number }
  /// Subtracts each element from a number.
  public static func - (number: Double, x: Variable) -> Variable { Affine(factor: -1, offset: number).apply(to: x) }
  /// Multiplies each element by a number.
  public static func * (x: Variable, number: Double) -> Variable { Affine(factor: number, offset: 0).apply(to: x) }
  /// Multiplies each element by a number.
  public static func * (number: Double, x: Variable) -> Variable { x * number }
  /// Divides each element by a number.
  public static func / (x: Variable, number: Double) -> Variable { x * (1 / number) }
  /// Divides a number by each element.
  public static func / (number: Double, x: Variable) -> Variable {
    Variable(.filled(number, shape: [], precision: x.precision)) / x
  }
}
