import Synchronization
import TensorCore

/// A value that training changes: a weight or a bias.
///
/// The parameter is an identity; its current value lies behind a lock, so that one task may predict while another trains.
/// Using the same parameter in two layers ties their weights: its gradients add up.
public final class Parameter: Sendable {
  private struct State {
    var value: TensorValue
    var isTrainable = true
    var path = ""
  }

  private let state: Mutex<State>
  /// The sizes of the axes. They never change.
  public let shape: Shape

  /// A parameter that starts with the given value.
  public init(_ value: TensorValue) {
    shape = value.shape
    state = Mutex(State(value: value))
  }

  /// A parameter in single precision that starts with the given value.
  public convenience init(_ tensor: Tensor<Float>) { self.init(.float(tensor)) }

  /// The current value. A new one must have the same shape.
  public var value: TensorValue {
    get { state.withLock { $0.value } }
    set { withValue { $0 = newValue } }
  }

  /// Changes the value in place, without a copy while nobody else holds it.
  ///
  /// Readers wait until `body` returns.
  public func withValue<Result: Sendable>(_ body: (inout TensorValue) throws -> Result) rethrows -> Result {
    try state.withLock { state in
      let result = try body(&state.value)
      guard state.value.shape == shape else {
        stop("parameter", "\(state.path) is \(shape), its new value is \(state.value.shape)")
      }
      return result
    }
  }

  /// Whether training changes it; false when frozen. Default true.
  public var isTrainable: Bool {
    get { state.withLock { $0.isTrainable } }
    set { state.withLock { $0.isTrainable = newValue } }
  }

  /// The name that the model's structure gives it, such as `layer1.0.conv1.weight`; for messages.
  public var path: String { state.withLock { $0.path } }

  /// Sets ``path`` unless a longer one, from a structure further up, is known.
  public func describe(path: String) {
    state.withLock { if path.count > $0.path.count { $0.path = path } }
  }
}
