import TensorCore

/// Convolutions that write straight into the concatenation of their outputs along the channels, as those at the ends of
/// an inception block's branches: nothing is copied.
struct PlanParts {
  /// The steps without the concatenations of which every input is the output of a convolution that nothing else reads.
  static func placed(_ nodes: [PlanNode], output: Int) -> [PlanNode] {
    var uses = [output: 1]
    for value in nodes.flatMap(\.values) { uses[value, default: 0] += 1 }
    let makers = Dictionary(uniqueKeysWithValues: nodes.indices.map { (nodes[$0].output, $0) })
    var (placed, left) = (nodes.map(Optional.some), Set<Int>())
    for (place, node) in nodes.enumerated() where node.putsChannelsSideBySide {
      let parts = node.values.compactMap { uses[$0] == 1 ? makers[$0] : nil }
      guard parts.count == node.inputs.count, parts.allSatisfy({ nodes[$0].isWholeConvolution }) else { continue }
      let channels = node.shapes.map { $0[1] }
      let images = node.shapes[0].sizes
      let whole = Shape([images[0], channels.reduce(0, +)] + images[2...])
      var first = 0
      for (part, count) in zip(parts, channels) {
        placed[part] = nodes[part].placed(PlannedPart(whole: whole, first: first), in: node.output)
        first += count
      }
      left.insert(place)
    }
    return placed.indices.compactMap { left.contains($0) ? nil : placed[$0] }
  }
}

extension PlanNode {
  fileprivate var putsChannelsSideBySide: Bool {
    guard case .operation(let operation as Concatenate) = action, shapes[0].rank == 4 else { return false }
    return operation.axis == 1 || operation.axis == -3
  }

  /// Whether the step is a convolution that adds nothing and whose output is a value of its own.
  fileprivate var isWholeConvolution: Bool {
    guard case .convolution(let convolution) = action else { return false }
    return inputs.count == 1 && convolution.part == nil
  }

  fileprivate func placed(_ part: PlannedPart, in whole: Int) -> PlanNode {
    guard case .convolution(var convolution) = action else { return self }
    convolution.part = part
    return PlanNode(action: .convolution(convolution), inputs: inputs, output: whole, shapes: shapes, sources: sources)
  }
}
