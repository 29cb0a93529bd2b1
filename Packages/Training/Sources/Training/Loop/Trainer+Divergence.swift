import Autograd
import NNLayers

extension Trainer {
  /// The error of a step that came to something which is not finite. Calculates it again, with an eye on every layer or
  /// operation: what costs a pass over each is paid for by the failure only.
  func error(_ failure: NotFinite, _ rate: Double) -> TrainingError {
    let step = progress.step + 1
    guard let loss = failure.loss else {
      return .gradientDiverged(
        step: step, parameter: failure.parameter ?? "", origin: gradientOrigin(failure.part), learningRate: rate)
    }
    return .diverged(step: step, loss: loss, learningRate: rate, origin: lossOrigin(failure.part))
  }

  /// The first layer whose output is not finite.
  private func lossOrigin(_ part: StepPart) -> String {
    let parameters = model.namedParameters
    if let bad = parameters.first(where: { !$0.parameter.value.isFinite }) {
      return "as \(bad.name) holds a value that is not finite"
    }
    let context = Context(mode: .training, random: part.random, updatesBuffers: false)
    var origin: String?
    context.observe { call in
      guard origin == nil, !call.output.value.isFinite else { return }
      origin =
        call.name.isEmpty ? "first seen in the network's output" : "first seen in the output of layer \(call.name)"
    }
    _ = model(part.images, context)
    return origin ?? "though the network's output is finite"
  }

  /// The first operation whose rule gives a gradient that is not finite.
  private func gradientOrigin(_ part: StepPart) -> String {
    let tape = Tape(tracingBadValues: true)
    let context = Context(mode: .training, random: part.random, updatesBuffers: false, tape: tape)
    _ = loss(model(part.images, context), part.labels).gradients()
    return tape.firstBadValue.map { "as \($0)" } ?? "though no operation gave such a value"
  }
}
