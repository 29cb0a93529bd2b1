import Autograd
import NNLayers
import Optimizers
import TensorCore

extension Golden {
  /// The values of two parameters after each of 20 steps with given gradients.
  init(optimizer name: String, _ make: @escaping @Sendable ([Parameter]) -> any Optimizer) {
    self.init(name: name) { golden, precision in
      let parameters = try golden.values("start", precision).map { Parameter($0) }
      let gradients = try parameters.indices.map { try golden.doubles("gradient.\($0)") }
      let paths = path(make(parameters), parameters, gradients, precision)
      return try paths.enumerated().map { number, path in
        try .path("path.\(number)", path, in: golden, precision)
      }
    }
  }

  /// The rates of a schedule's steps.
  init(schedule name: String, _ make: @escaping @Sendable () -> any Schedule) {
    self.init(name: name) { golden, _ in
      let schedule = make()
      let rates = try golden.doubles("rates").scalars.indices.map { schedule.rate(at: $0) }
      return [try .path("rates", Tensor(rates), in: golden, .double)]
    }
  }

  /// The rates of a schedule that goes by what it is told.
  init(plateau name: String, _ make: @escaping @Sendable () -> PlateauSchedule) {
    self.init(name: name) { golden, _ in
      var schedule = make()
      let rates = [schedule.rate] + (try golden.doubles("metric").scalars.map { schedule.observe($0) })
      return [try .path("rates", Tensor(rates), in: golden, .double)]
    }
  }
}

extension Golden {
  /// Gradients after clipping, and what clipping returns: the norm before, if anything.
  init(clip name: String, _ clip: @escaping @Sendable (inout Gradients) -> Double?) {
    self.init(name: name) { golden, precision in
      let values = try golden.values("gradient", precision)
      let parameters = values.map { Parameter(.filled(0, shape: $0.shape, precision: precision)) }
      let context = Context(mode: .training, precision: precision, tape: Tape())
      let products = zip(parameters, values).map { (context[$0] * Variable($1)).sum() }
      var gradients = products.dropFirst().reduce(products[0], +).gradients()
      let norm = clip(&gradients)
      let clipped = try parameters.enumerated().map { number, parameter in
        let gradient = gradients[parameter]?.doubles ?? Tensor([.nan])
        return try GoldenDifference.path("clipped.\(number)", gradient, in: golden, precision)
      }
      return try clipped + (norm.map { [try .path("norm", Tensor([$0], shape: []), in: golden, precision)] } ?? [])
    }
  }

  /// The averages of a parameter's values, given step by step.
  init(average name: String, _ rule: WeightAverage.Rule) {
    self.init(name: name) { golden, precision in
      let values = try golden.doubles("value")
      let parameter = Parameter(TensorValue.double(values.row(0)).converted(to: precision))
      let average = WeightAverage([parameter], rule)
      let path = (0..<values.shape[0]).flatMap { step -> [Double] in
        parameter.value = TensorValue.double(values.row(step)).converted(to: precision)
        average.update()
        return average.value(of: parameter)?.doubles.scalars ?? []
      }
      return [try .path("path", Tensor(path, shape: values.shape), in: golden, precision)]
    }
  }
}

/// Takes one step for each row of the gradients; returns each parameter's values as rows.
private func path(
  _ optimizer: any Optimizer, _ parameters: [Parameter], _ gradients: [Tensor<Double>], _ precision: Precision
) -> [Tensor<Double>] {
  var paths = [[Double]](repeating: [], count: parameters.count)
  for step in 0..<gradients[0].shape[0] {
    optimizer.beginStep()
    for (parameter, gradient) in zip(parameters, gradients) {
      let row = TensorValue.double(gradient.row(step)).converted(to: precision)
      optimizer.update(parameter, gradient: row)
    }
    optimizer.endStep()
    for (number, parameter) in parameters.enumerated() { paths[number] += parameter.value.doubles.scalars }
  }
  return zip(paths, gradients).map { Tensor($0, shape: $1.shape) }
}

extension GoldenDifference {
  /// The distance of a trajectory.
  static func path(
    _ key: String, _ calculated: Tensor<Double>, in golden: GoldenCase, _ precision: Precision
  ) throws -> GoldenDifference {
    GoldenDifference(key, calculated, try golden.doubles(key), limit: precision == .float ? 1e-5 : 1e-12)
  }
}

extension Tensor<Double> {
  /// The part at a position of the first axis, without that axis.
  func row(_ position: Int) -> Tensor<Double> {
    let count = shape.count / shape[0]
    return Tensor(
      Array(scalars[position * count..<(position + 1) * count]), shape: Shape(Array(shape.sizes.dropFirst())))
  }
}
