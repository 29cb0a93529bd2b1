import Synchronization
import TensorCore

/// The value of a ``Buffer`` or an entry of a state dictionary: floating point or whole numbers.
public enum StateValue: Sendable {
  /// Floating point: running averages.
  case tensor(TensorValue)
  /// Whole numbers: counts of batches.
  case int64(Tensor<Int64>)

  /// The sizes of the axes.
  public var shape: Shape {
    switch self {
    case .tensor(let value): value.shape
    case .int64(let tensor): tensor.shape
    }
  }
}

/// A value that belongs to a model's state but that no gradient changes: running statistics, counters.
public final class Buffer: Sendable {
  private let state: Mutex<StateValue>
  /// The sizes of the axes. They never change.
  public let shape: Shape

  /// A buffer that starts with the given value.
  public init(_ value: StateValue) {
    shape = value.shape
    state = Mutex(value)
  }

  /// A buffer in single precision that starts with the given value.
  public convenience init(_ tensor: Tensor<Float>) { self.init(.tensor(.float(tensor))) }

  /// The current value. A new one must have the same shape.
  public var value: StateValue {
    get { state.withLock { $0 } }
    set {
      guard newValue.shape == shape else { stop("buffer", "is \(shape), its new value is \(newValue.shape)") }
      state.withLock { $0 = newValue }
    }
  }
}
