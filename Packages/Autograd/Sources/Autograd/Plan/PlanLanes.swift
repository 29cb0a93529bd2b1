import TensorCore

/// The joining of neighbouring steps on maps of few channels into a ``LaneChain``: a convolution and what follows it, as far
/// as the maps are small enough, each value is read once, and the operations are those of the chain.
struct PlanLanes {
  private let nodes: [PlanNode]
  /// The step that reads a value, if one does, once.
  private let readers: [Int: Int]

  /// The steps with chains in place of those that can be joined.
  static func joined(_ nodes: [PlanNode], output: Int, _ weights: PlanWeights) -> [PlanNode] {
    let lanes = PlanLanes(nodes, output: output)
    var (joined, taken): ([Int: PlanNode], Set<Int>) = ([:], [])
    for place in nodes.indices where !taken.contains(place) {
      guard let (places, node) = lanes.chain(from: place, weights) else { continue }
      taken.formUnion(places)
      joined[places.max() ?? place] = node
    }
    return nodes.indices.compactMap { joined[$0] ?? (taken.contains($0) ? nil : nodes[$0]) }
  }

  private init(_ nodes: [PlanNode], output: Int) {
    self.nodes = nodes
    var readers: [Int: [Int]] = [output: [-1]]
    for (place, node) in nodes.enumerated() { for value in node.values { readers[value, default: []].append(place) } }
    self.readers = readers.compactMapValues { $0.count == 1 && $0[0] >= 0 ? $0[0] : nil }
  }

  /// The longest chain that begins with a step, and the places of the steps in it.
  private func chain(from start: Int, _ weights: PlanWeights) -> (places: [Int], node: PlanNode)? {
    guard case .convolution = nodes[start].action else { return nil }
    var (places, links): ([Int], [[LaneChain.Link]]) = ([], [])
    var next: Int? = start
    while let place = next, let found = nodes[place].links {
      places.append(place)
      links.append(found)
      next = readers[nodes[place].output]
    }
    while !links.isEmpty {
      let all = links.flatMap(\.self)
      if let chain = LaneChain(all, inputShape: nodes[start].shapes[0], packing: weights.packed),
        chain.count == all.count
      {
        let action = PlanAction.lanes(chain, names: places.map { nodes[$0].name })
        let (first, last) = (nodes[start], nodes[places[places.count - 1]])
        let sources = places.flatMap { nodes[$0].sources }
        return (
          places,
          PlanNode(
            action: action, inputs: first.inputs, output: last.output, shapes: first.shapes, sources: sources)
        )
      }
      places.removeLast()
      links.removeLast()
    }
    return nil
  }
}

extension PlanNode {
  /// The step as links of a chain; nil for one that is none.
  fileprivate var links: [LaneChain.Link]? {
    switch action {
    case .convolution(let convolution) where inputs.count == 1:
      let link = LaneChain.Link.convolution(
        weight: convolution.weight, bias: convolution.bias, geometry: convolution.geometry)
      return [link] + (convolution.bounds.map { [.bounds($0)] } ?? [])
    case .clamp(let bounds): return [.bounds(bounds)]
    case .maxPool(let geometry): return [.maxPool(geometry)]
    case .operation(let operation as AveragePooling2d):
      return [.averagePool(operation.geometry, countingPadding: operation.countingPadding)]
    case .operation(is HyperbolicTangent): return [.tanh]
    case .operation(is LogisticSigmoid): return [.sigmoid]
    default: return nil
    }
  }
}
