import Autograd
import NNLayers
import TensorCore

extension OperationCase {
  /// A case from a layer. Its inputs are the layer's input and then its parameters in the order of the structure, which
  /// take numbers of the given range.
  init(
    _ name: String, _ input: Input, _ layer: some Layer, parameters range: ClosedRange<Double> = -1...1,
    mode: Context.Mode = .training, bounds: Bounds = Bounds(),
    is reference: @escaping @Sendable ([Reference]) -> Reference
  ) {
    let parameters = layer.parameters
    self.name = name
    self.inputs = [input] + parameters.map { Input($0.shape.sizes, in: range) }
    self.bounds = bounds
    self.reference = reference
    run = { values, tape in
      for (parameter, value) in zip(parameters, values.dropFirst()) { parameter.value = value }
      let context = Context(mode: mode, precision: values[0].precision, updatesBuffers: false, tape: tape)
      let x = tape?.watch(values[0]) ?? Variable(values[0])
      return Run(output: layer(x, context)) { gradients in [gradients[x]] + parameters.map { gradients[$0] } }
    }
  }
}
