import TensorCore

/// An operation as it was recorded: what it was made of and where it stands on its tape.
public struct RecordedOperation {
  /// The operation.
  public let operation: any Operation
  /// For each input its place on the tape, nil for a constant, and its shape.
  public let inputs: [(index: Int?, shape: Shape)]
  /// The output's place on the tape; see ``Variable/tapeIndex``.
  public let index: Int
  /// The output's shape.
  public let outputShape: Shape

  /// The products that were added up for the output: ``Operation/multiplyAdds(inputs:output:)``.
  public var multiplyAdds: Int { operation.multiplyAdds(inputs: inputs.map(\.shape), output: outputShape) }
}

extension Tape {
  /// Shows `observer` each operation that is recorded from now on, right after it: to count, or to follow what an output
  /// is made of.
  ///
  /// ```swift
  /// let tape = Tape()
  /// var products = 0
  /// tape.observe { products += $0.multiplyAdds }
  /// ```
  public func observe(_ observer: @escaping (RecordedOperation) -> Void) { observers.append(observer) }

  /// Shows `observer` the place of each operation on the walk back, right after its inputs' gradients are known: to measure
  /// rules. Operations that the walk passes over are not shown.
  ///
  /// ```swift
  /// tape.observeWalk { index in print("gradients of", index) }
  /// let gradients = loss.gradients()
  /// ```
  public func observeWalk(_ observer: @escaping (Int) -> Void) { walkObservers.append(observer) }
}

extension Variable {
  /// The variable's place on its tape, as in ``RecordedOperation``; nil for a constant.
  public var tapeIndex: Int? { node?.index }
}
