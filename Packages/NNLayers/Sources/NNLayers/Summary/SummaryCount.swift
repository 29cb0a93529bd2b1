import Autograd
import TensorCore

extension Layer {
  /// Counts what each layer is made of and costs, by calling the network once, in inference, on zeros.
  ///
  /// Layers of one's own are counted like any other, by the operations that they carry out. The cost is that of one
  /// training step's forward pass, in memory too; amounts are those for the whole batch, so a batch of 1 is usual.
  ///
  /// - Parameter input: the shape of the input, such as `[1, 3, 224, 224]`.
  /// - Throws: ``InputError`` when the network knows that it cannot take such an input.
  public func summary(for input: Shape) throws(InputError) -> NetworkSummary {
    _ = try outputShape(for: input)
    let tape = Tape()
    let context = Context(mode: .inference, tape: tape)
    let x = tape.watch(Tensor<Float>.zeros(input))
    let count = SummaryCount(input, at: x.tapeIndex ?? 0)
    tape.observe { count.add($0) }
    context.observe(before: { count.begin($0, $1) }, after: { count.end($0) })
    _ = self(x, context)
    count.addUncalled(self)
    let trainable = parameters.filter(\.isTrainable).reduce(0) { $0 + $1.shape.count }
    return NetworkSummary(
      rows: count.rows, inputShape: input, parameterCount: parameterCount, trainableParameterCount: trainable)
  }
}

/// The rows of a summary while the network is being called.
private final class SummaryCount {
  private(set) var rows: [NetworkSummary.Row] = []
  /// The rows of the layers that are being called, the innermost last.
  private var open: [Int] = []
  private var fields: ReceptiveFields
  private var countedParameters: Set<ObjectIdentifier> = []
  private var countedOutputs: Set<Int>

  init(_ input: Shape, at index: Int) {
    fields = ReceptiveFields(input: input, at: index)
    countedOutputs = [index]
  }

  func begin(_ name: String, _ layer: any Layer) {
    open.append(rows.count)
    rows.append(row(name, layer))
  }

  func add(_ operation: RecordedOperation) {
    fields.add(operation)
    if let row = open.last { rows[row].multiplyAdds += operation.multiplyAdds }
  }

  func end(_ call: LayerCall) {
    let row = open.removeLast()
    rows[row].outputShape = call.output.shape
    rows[row].receptiveField = fields.sizes(at: call.output.tapeIndex)
    guard let index = call.output.tapeIndex, countedOutputs.insert(index).inserted, !call.sharesMemory else { return }
    rows[row].byteCount = call.output.shape.count * MemoryLayout<Float>.size
  }

  /// Appends the layers that have parameters of their own and were not called.
  func addUncalled(_ network: any Layer) {
    let called = Set(rows.map(\.name))
    for (name, layer) in network.namedLayers where !called.contains(name) {
      let row = row(name, layer)
      if row.parameterCount > 0 { rows.append(row) }
    }
  }

  private func row(_ name: String, _ layer: any Layer) -> NetworkSummary.Row {
    var row = NetworkSummary.Row(name: name, type: layer.typeName)
    for parameter in layer.ownParameters where countedParameters.insert(ObjectIdentifier(parameter)).inserted {
      row.parameterCount += parameter.shape.count
    }
    return row
  }
}

extension Layer {
  /// The parameters that belong to none of the layers within this one. A copy's parts are looked at in the original.
  fileprivate var ownParameters: [Parameter] {
    let parts = structure.namedLayers.flatMap(\.layer.structure.parameters)
    let others = Set(parts.map(ObjectIdentifier.init))
    return structure.parameters.filter { !others.contains(ObjectIdentifier($0)) }
  }
}

extension LayerCall {
  /// Whether the output lies where the input lies, as that of a layer which only reshapes.
  fileprivate var sharesMemory: Bool {
    input.shape.count == output.shape.count
      && input.floats.withUnsafeBufferPointer { input in
        output.floats.withUnsafeBufferPointer { $0.baseAddress == input.baseAddress }
      }
  }
}
