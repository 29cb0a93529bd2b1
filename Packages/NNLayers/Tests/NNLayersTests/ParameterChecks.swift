import Autograd
import NNLayers
import TensorCore

/// The largest difference between the gradients of a layer's input and parameters and central differences, in Double,
/// divided by the largest gradient. The context is made anew from the seed for each evaluation, so that masks repeat.
func gradientError(_ layer: some Layer, at x: Tensor<Double>, seed: UInt64 = 1) -> Double {
  for parameter in layer.parameters { parameter.value = parameter.value.converted(to: .double) }
  func loss(_ x: Tensor<Double>, _ tape: Tape = Tape()) -> (Variable, Variable) {
    let random = RandomStream(seed: seed)
    let input = tape.watch(x)
    let y = layer(input, Context(mode: .training, precision: .double, random: random, tape: tape))
    let factors = Tensor<Double>((0..<y.shape.count).map { 1 + Double($0 * 7 % 5) / 4 }, shape: y.shape)
    return ((y * Variable(factors)).sum(), input)
  }
  let (output, input) = loss(x)
  let gradients = output.gradients()
  var worst = error(gradients[input]?.doubles.scalars, of: x) { loss($0).0.item }
  for parameter in layer.parameters {
    let value = parameter.value.doubles
    let slopes = gradients[parameter]?.doubles.scalars
    worst = max(
      worst,
      error(slopes, of: value) { moved in
        parameter.value = .double(moved)
        defer { parameter.value = .double(value) }
        return loss(x).0.item
      })
  }
  return worst
}

private func error(_ slopes: [Double]?, of value: Tensor<Double>, _ loss: (Tensor<Double>) -> Double) -> Double {
  let h = 1e-3
  let numbers = value.scalars
  let numeric = numbers.indices.map { place -> Double in
    func at(_ offset: Double) -> Double {
      var moved = numbers
      moved[place] += offset
      return loss(Tensor(moved, shape: value.shape))
    }
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
  }
  let analytic = slopes ?? Array(repeating: 0, count: numbers.count)
  let scale = zip(analytic, numeric).reduce(1e-8) { max($0, abs($1.0), abs($1.1)) }
  return zip(analytic, numeric).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
}
