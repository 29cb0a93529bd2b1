import TensorCore

/// A gradient on its way: its numbers, or a product that is not multiplied out yet.
public enum PendingGradient: Sendable {
  /// The numbers.
  case value(TensorValue)
  /// A product of two matrices.
  case product(ProductValue)

  /// The sizes of the axes.
  public var shape: Shape {
    switch self {
    case .value(let value): value.shape
    case .product(let product): product.shape
    }
  }

  /// The numbers; calculated each time it is asked for if it is a product.
  public var value: TensorValue {
    switch self {
    case .value(let value): value
    case .product(let product): product.value
    }
  }

  /// Adds another gradient.
  mutating func accumulate(_ other: TensorValue) {
    var sum = value
    // The sum is the only reference, so that it is changed in place.
    self = .value(other)
    sum.accumulate(other)
    self = .value(sum)
  }
}

extension Tape {
  /// What a recorded step gives for an input.
  enum NodeGradient {
    case pending(PendingGradient)
    /// See ``RuleGradient/addition(_:_:)``.
    case addition(Shape, (inout TensorValue?) -> Void)

    init<Scalar: CarriedScalar>(_ gradient: RuleGradient<Scalar>) {
      switch gradient {
      case .whole(let tensor): self = .pending(.value(Scalar.wrap(tensor)))
      case .product(let product): self = .pending(.product(Scalar.wrap(product)))
      case .addition(let shape, let add):
        self = .addition(shape) { sum in
          var tensor = sum.flatMap(Scalar.unwrap)
          // The tensor is the only reference, so that it is changed in place.
          sum = nil
          add(&tensor)
          sum = tensor.map(Scalar.wrap)
        }
      }
    }

    var shape: Shape {
      switch self {
      case .pending(let gradient): gradient.shape
      case .addition(let shape, _): shape
      }
    }
  }
}

/// A product of either precision that is not multiplied out yet.
public enum ProductValue: Sendable {
  /// In single precision.
  case float(ProductGradient<Float>)
  /// In double precision.
  case double(ProductGradient<Double>)

  /// The sizes of the axes.
  public var shape: Shape {
    switch self {
    case .float(let product): product.shape
    case .double(let product): product.shape
    }
  }

  /// The numbers, multiplied out.
  public var value: TensorValue {
    switch self {
    case .float(let product): .float(product.tensor)
    case .double(let product): .double(product.tensor)
    }
  }
}
