import Autograd
import TensorCore

/// A mistake that must stop the program, and what it must say.
struct StopCase: Sendable {
  let message: String
  let body: @Sendable () -> Void

  /// - Parameters:
  ///   - message: what standard error must contain, both shapes included.
  ///   - sizes: the shapes of the inputs, which are zeros.
  ///   - body: the mistake.
  init(_ message: String, _ sizes: [[Int]], _ body: @escaping @Sendable ([Variable]) -> Variable) {
    self.message = message
    self.body = { _ = body(sizes.map { Variable(Tensor<Float>.zeros(Shape($0))) }) }
  }
}
