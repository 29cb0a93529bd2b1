import Autograd
import NNLayers
import TensorCore

/// What a case calculates with: the context, and the inputs, watched where the file has their gradients.
struct GoldenCall {
  let context: Context
  let inputs: [StoredTensor]
  let variables: [Variable?]

  init(_ golden: GoldenCase, _ mode: Context.Mode, _ precision: Precision) throws {
    let context = Context(mode: mode, precision: precision, tape: Tape())
    let inputs = try golden.keys(after: "input.").indices.map { try golden.stored("input.\($0)") }
    let watched = Set(golden.keys(after: "gradient.input."))
    variables = inputs.enumerated().map { number, input in
      guard case .double(let tensor) = input else { return nil }
      let value = TensorValue.double(tensor).converted(to: precision)
      return watched.contains("\(number)") ? context.tape?.watch(value) : Variable(value)
    }
    self.context = context
    self.inputs = inputs
  }

  /// A floating-point input.
  subscript(number: Int) -> Variable { needed(variables[number], "input \(number)") }

  /// An input of whole numbers.
  func labels(_ number: Int) -> Tensor<Int64> {
    needed(inputs[number].tensor(of: Int64.self), "whole numbers as input \(number)")
  }

  /// An input as the numbers that it holds, such as the weights of classes.
  func numbers(_ number: Int) -> [Double] { self[number].doubles.scalars }
}

/// What a case must have; the test stops where its file has not.
private func needed<Value>(_ value: Value?, _ what: String) -> Value {
  guard let value else { fatalError("the case has no \(what)") }
  return value
}

/// What a layer or loss gives: a variable, and what comes with it, such as the indices of the largest.
struct GoldenOutput {
  let variable: Variable
  var others: [Tensor<Int64>] = []
}

extension Golden {
  /// A layer that is called with one variable.
  ///
  /// - Parameters:
  ///   - mode: default training.
  ///   - measure: how Float's distance is measured; the largest difference for layers that run by Winograd's algorithm.
  init(
    _ name: String, _ mode: Context.Mode = .training, measure: GoldenMeasure = .norm,
    _ make: @escaping @Sendable () -> any Layer
  ) {
    self.init(name: name) { golden, precision in
      let layer = make()
      return try GoldenRun(golden, mode, precision, measure, layer: layer).differences {
        GoldenOutput(variable: layer($0[0], $0.context))
      }
    }
  }

  /// A layer that is called in a way of its own.
  init<Part: Layer>(
    _ name: String, _ make: @escaping @Sendable () -> Part,
    calling call: @escaping @Sendable (Part, GoldenCall) -> GoldenOutput
  ) {
    self.init(name: name) { golden, precision in
      let layer = make()
      return try GoldenRun(golden, .training, precision, .norm, layer: layer).differences { call(layer, $0) }
    }
  }

  /// A function of the inputs.
  init(function name: String, _ function: @escaping @Sendable (GoldenCall) -> Variable) {
    self.init(name: name) { golden, precision in
      try GoldenRun(golden, .training, precision, .norm, layer: nil).differences {
        GoldenOutput(variable: function($0))
      }
    }
  }
}

/// A case of a layer or function, in one precision.
private struct GoldenRun {
  let golden: GoldenCase
  let mode: Context.Mode
  let precision: Precision
  let measure: GoldenMeasure
  let layer: (any Layer)?

  /// Gives the layer the case's state and what it saw before.
  init(
    _ golden: GoldenCase, _ mode: Context.Mode, _ precision: Precision, _ measure: GoldenMeasure,
    layer: (any Layer)?
  ) throws {
    self.golden = golden
    self.mode = mode
    self.precision = precision
    self.measure = measure
    self.layer = layer
    guard let layer else { return }
    layer.hold(precision)
    try layer.load(
      StateDictionary(
        try golden.keys(after: "state.").map {
          (name: $0, value: needed(StateValue(try golden.stored("state.\($0)")), "number as \($0)"))
        }))
    for batch in try golden.values("earlier", precision) {
      _ = layer(Variable(batch), .training(seed: 0, precision: precision))
    }
  }

  func differences(_ calculate: (GoldenCall) -> GoldenOutput) throws -> [GoldenDifference] {
    let call = try GoldenCall(golden, mode, precision)
    let output = calculate(call)
    let cotangent = Variable(try golden.value("cotangent", precision))
    guard output.variable.shape == cotangent.shape else { return [try difference("output", output.variable.doubles)] }
    let gradients = (output.variable * cotangent).sum().gradients()
    return try outputs(output) + inputGradients(gradients, call) + stateGradients(gradients) + buffers()
  }

  private func outputs(_ output: GoldenOutput) throws -> [GoldenDifference] {
    let others = try output.others.enumerated().map { number, other in
      try difference("output.\(number + 1)", other.converted(to: Double.self))
    }
    // As many as the file has: a second output that nothing is compared with would pass unseen.
    let missing = golden.keys(after: "output.").dropFirst(others.count).map { unavailable("output.\($0)") }
    return [try difference("output", output.variable.doubles)] + others + missing
  }

  private func inputGradients(_ gradients: Gradients, _ call: GoldenCall) throws -> [GoldenDifference] {
    try golden.keys(after: "gradient.input.").map { number in
      let key = "gradient.input.\(number)"
      guard let gradient = gradients[call[needed(Int(number), "input \(number)")]] else { return unavailable(key) }
      return try difference(key, gradient.doubles)
    }
  }

  private func stateGradients(_ gradients: Gradients) throws -> [GoldenDifference] {
    let parameters = Dictionary(uniqueKeysWithValues: layer?.namedParameters.map { ($0.name, $0.parameter) } ?? [])
    return try golden.keys(after: "gradient.state.").map { name in
      let key = "gradient.state.\(name)"
      guard let gradient = parameters[name].flatMap({ gradients[$0] }) else { return unavailable(key) }
      return try difference(key, gradient.doubles)
    }
  }

  private func buffers() throws -> [GoldenDifference] {
    let state = layer?.stateDictionary()
    return try golden.keys(after: "after.").map { name in
      switch state?[name] {
      case .tensor(let value): try difference("after.\(name)", value.doubles)
      case .int64(let count): try difference("after.\(name)", count.converted(to: Double.self))
      case nil: unavailable("after.\(name)")
      }
    }
  }

  private func unavailable(_ key: String) -> GoldenDifference {
    GoldenDifference(key, Tensor([.nan]), Tensor([0]), limit: 0)
  }

  private func difference(_ key: String, _ calculated: Tensor<Double>) throws -> GoldenDifference {
    let value: Tensor<Double>
    switch try golden.stored(key) {
    case .int64(let numbers): value = numbers.converted(to: Double.self)
    default: value = try golden.doubles(key)
    }
    let isFloat = precision == .float
    return GoldenDifference(
      key, calculated, value, measure: isFloat ? measure : .norm, limit: isFloat ? floatLimit(key) : 1e-12)
  }

  private func floatLimit(_ key: String) -> Double {
    if measure == .largest { return 3e-5 }
    return key.hasPrefix("gradient") ? 1e-5 : 1e-6
  }
}

extension Layer {
  /// Makes parameters and buffers hold values of the given precision, so that nothing is rounded on the way in.
  fileprivate func hold(_ precision: Precision) {
    for (_, cell) in namedState {
      switch cell {
      case .parameter(let parameter): parameter.value = parameter.value.converted(to: precision)
      case .buffer(let buffer):
        if case .tensor(let value) = buffer.value { buffer.value = .tensor(value.converted(to: precision)) }
      }
    }
  }
}
