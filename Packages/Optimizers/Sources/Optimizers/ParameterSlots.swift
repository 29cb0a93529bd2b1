import Autograd
import TensorCore

/// One tensor per parameter and quantity, made of zeros when first asked for: momentum, squared gradients.
struct ParameterSlots {
  private let positions: [ObjectIdentifier: Int]
  var tensors: [String: TensorValue] = [:]

  init(_ parameters: [Parameter]) {
    var positions: [ObjectIdentifier: Int] = [:]
    for (position, parameter) in parameters.enumerated() where positions[ObjectIdentifier(parameter)] == nil {
      positions[ObjectIdentifier(parameter)] = position
    }
    self.positions = positions
  }

  func has(_ parameter: Parameter) -> Bool { positions[ObjectIdentifier(parameter)] != nil }

  /// Takes the quantity out, so that it can be changed in place; zeros in the gradient's precision at first.
  mutating func take(_ quantity: String, of parameter: Parameter, like gradient: TensorValue) -> TensorValue {
    tensors.removeValue(forKey: name(quantity, parameter))
      ?? .filled(0, shape: parameter.shape, precision: gradient.precision)
  }

  mutating func put(_ tensor: TensorValue, _ quantity: String, of parameter: Parameter) {
    tensors[name(quantity, parameter)] = tensor
  }

  private func name(_ quantity: String, _ parameter: Parameter) -> String {
    "\(positions[ObjectIdentifier(parameter)] ?? -1).\(quantity)"
  }
}
