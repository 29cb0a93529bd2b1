import Autograd
import TensorCore

/// Gradients of these values, one for each parameter.
func gradients(_ values: [(Parameter, TensorValue)]) -> Gradients {
  var gradients = Gradients()
  for (parameter, value) in values { gradients.set(value, for: parameter) }
  return gradients
}
