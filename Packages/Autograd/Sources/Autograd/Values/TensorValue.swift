import TensorCore

/// The element type that a calculation runs in.
public enum Precision: String, Sendable, Codable, CaseIterable {
  /// `Float`, the default: 24 bits of fraction.
  case float
  /// `Double`, for comparison with other sources: 53 bits of fraction.
  case double
}

/// A tensor of either precision: what a ``Variable`` or a ``Parameter`` holds.
///
/// A closed enum, so that everything above this module is free of generics; the type is looked at once per operation.
public enum TensorValue: Sendable {
  /// A tensor in single precision.
  case float(Tensor<Float>)
  /// A tensor in double precision.
  case double(Tensor<Double>)

  /// The sizes of the axes.
  public var shape: Shape {
    switch self {
    case .float(let tensor): tensor.shape
    case .double(let tensor): tensor.shape
    }
  }

  /// Which of the two it is.
  public var precision: Precision {
    switch self {
    case .float: .float
    case .double: .double
    }
  }

  /// The same numbers in the given precision; rounded to nearest when narrowed, shared when nothing changes.
  public func converted(to precision: Precision) -> TensorValue {
    switch (self, precision) {
    case (.float(let tensor), .double): .double(tensor.converted(to: Double.self))
    case (.double(let tensor), .float): .float(tensor.converted(to: Float.self))
    default: self
    }
  }

  /// The numbers as `Float`.
  public var floats: Tensor<Float> {
    switch self {
    case .float(let tensor): tensor
    case .double(let tensor): tensor.converted(to: Float.self)
    }
  }

  /// The numbers as `Double`.
  public var doubles: Tensor<Double> {
    switch self {
    case .float(let tensor): tensor.converted(to: Double.self)
    case .double(let tensor): tensor
    }
  }

  /// A tensor of one value.
  public static func filled(_ value: Double, shape: Shape, precision: Precision) -> TensorValue {
    switch precision {
    case .float: .float(Tensor(repeating: Float(value), shape: shape))
    case .double: .double(Tensor(repeating: value, shape: shape))
    }
  }

  /// Whether no element is NaN or infinite.
  public var isFinite: Bool {
    switch self {
    case .float(let tensor): tensor.withUnsafeBufferPointer { $0.areFinite }
    case .double(let tensor): tensor.withUnsafeBufferPointer { $0.areFinite }
    }
  }

  /// Adds a gradient of the same precision and shape in place.
  public mutating func accumulate(_ other: TensorValue) {
    switch other {
    case .float(let term): modify(Float.self) { $0 += term }
    case .double(let term): modify(Double.self) { $0 += term }
    }
  }

  /// Changes the tensor in place; without a copy while nobody else holds it.
  ///
  /// Stops when the tensor is not of the given precision.
  public mutating func modify<Scalar: CarriedScalar, Result>(
    _ scalar: Scalar.Type, _ body: (inout Tensor<Scalar>) throws -> Result
  ) rethrows -> Result {
    guard var tensor = Scalar.unwrap(self) else {
      stop("modify", "mixes precisions: \(Scalar.precision) with \(precision) \(shape)")
    }
    // The enum lets go of the tensor, so that `body` holds the only reference.
    self = .nothing
    defer { self = Scalar.wrap(tensor) }
    return try body(&tensor)
  }

  private static let nothing = TensorValue.float(Tensor(repeating: 0, shape: [0]))
}

/// A scalar that a ``TensorValue`` can carry, `Float` or `Double`: how generic rules get in and out of the enum.
public protocol CarriedScalar: FloatingScalar {
  /// The precision of this type.
  static var precision: Precision { get }
  /// The tensor as a value.
  static func wrap(_ tensor: Tensor<Self>) -> TensorValue
  /// The tensor inside, if it has this precision.
  static func unwrap(_ value: TensorValue) -> Tensor<Self>?
  /// The product as a value.
  static func wrap(_ product: ProductGradient<Self>) -> ProductValue
}

extension Float: CarriedScalar {
  public static var precision: Precision { .float }
  public static func wrap(_ tensor: Tensor<Float>) -> TensorValue { .float(tensor) }
  public static func wrap(_ product: ProductGradient<Float>) -> ProductValue { .float(product) }
  public static func unwrap(_ value: TensorValue) -> Tensor<Float>? {
    guard case .float(let tensor) = value else { return nil }
    return tensor
  }
}

extension Double: CarriedScalar {
  public static var precision: Precision { .double }
  public static func wrap(_ tensor: Tensor<Double>) -> TensorValue { .double(tensor) }
  public static func wrap(_ product: ProductGradient<Double>) -> ProductValue { .double(product) }
  public static func unwrap(_ value: TensorValue) -> Tensor<Double>? {
    guard case .double(let tensor) = value else { return nil }
    return tensor
  }
}

// One more than an exponent of ones alone reaches the sign's bit. Without an early exit the compiler takes many elements at once.
extension UnsafeBufferPointer<Float> {
  fileprivate var areFinite: Bool {
    var sum: UInt32 = 0
    for element in self { sum |= (element.bitPattern & 0x7F80_0000) &+ 0x0080_0000 }
    return sum >> 31 == 0
  }
}

extension UnsafeBufferPointer<Double> {
  fileprivate var areFinite: Bool {
    var sum: UInt64 = 0
    for element in self { sum |= (element.bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000 }
    return sum >> 63 == 0
  }
}
