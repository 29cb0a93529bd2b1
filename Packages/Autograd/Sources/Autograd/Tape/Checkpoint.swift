import TensorCore

extension Variable {
  /// The result of a calculation of which only the inputs are kept: for the gradients it is carried out a second time.
  ///
  /// The memory between the two is that of the inputs; the price is another forward pass. `calculation` must make the same of
  /// the same inputs both times, dropout included, and use no recorded variables but these.
  ///
  /// ```swift
  /// let y = Variable.checkpoint([left, right]) { inputs, _ in (inputs[0] * inputs[1]).tanh().exp() }
  /// ```
  ///
  /// On a tape that is observed, searched for values that are not finite, or read for a plan, everything is recorded as it
  /// comes, so that nothing is hidden.
  ///
  /// Chen, Xu, Zhang and Guestrin 2016, "Training deep nets with sublinear memory cost".
  ///
  /// - Parameters:
  ///   - inputs: everything that gradients flow through, parameters included.
  ///   - calculation: gets the inputs, and whether this is the second time.
  public static func checkpoint(
    _ inputs: [Variable], _ calculation: @escaping (_ inputs: [Variable], _ isRepetition: Bool) -> Variable
  ) -> Variable {
    guard let tape = inputs.lazy.compactMap(\.node).first?.tape, tape.isUnobserved else {
      return calculation(inputs, false)
    }
    guard inputs.allSatisfy({ $0.node == nil || $0.node?.tape === tape }) else {
      stop("checkpoint", "its inputs are recorded on different tapes")
    }
    let output = calculation(inputs.map { Variable($0.content) }, false)
    guard output.node == nil else { stop("checkpoint", "its calculation uses recorded variables besides its inputs") }
    let kept = inputs.map(KeptVariable.init)
    let node = Tape.Node(
      operation: "checkpoint", leaf: nil, inputs: inputs.map { Tape.Input(index: $0.node?.index, shape: $0.shape) },
      pullback: { gradients(of: calculation, kept, gradient: $0).map { $0.map(Tape.NodeGradient.pending) } })
    return Variable(value: output.content, node: Tape.Reference(tape: tape, index: tape.append(node)))
  }

  /// The gradients of a calculation that is carried out again, on a tape of its own.
  private static func gradients(
    of calculation: ([Variable], Bool) -> Variable, _ kept: [KeptVariable], gradient: TensorValue
  ) -> [PendingGradient?] {
    let tape = Tape()
    var positions: [Int: Int] = [:]
    let inputs = kept.enumerated().map { position, input in
      guard input.isRecorded else { return Variable(input.value()) }
      let variable = tape.watch(input.value())
      positions[variable.tapeIndex ?? 0] = position
      return variable
    }
    let output = calculation(inputs, true)
    var gradients = [PendingGradient?](repeating: nil, count: inputs.count)
    guard let node = output.node else { return gradients }
    guard output.shape == gradient.shape else {
      stop("checkpoint", "its calculation gave \(gradient.shape) first and \(output.shape) the second time")
    }
    tape.walk(from: node.index, gradient: gradient, deferring: false) { leaf, gradient in
      if case .variable(let index) = leaf, let position = positions[index] { gradients[position] = gradient }
    }
    return gradients
  }
}

/// An input of a checkpoint: its numbers, or how to calculate them once more.
private struct KeptVariable {
  let isRecorded: Bool
  let value: () -> TensorValue

  init(_ variable: Variable) {
    isRecorded = variable.isRecorded
    let content = variable.content
    value = variable.node?.recalculate ?? { content }
  }
}
