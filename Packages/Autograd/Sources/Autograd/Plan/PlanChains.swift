import TensorCore

/// The joining of neighbouring steps on small maps into a ``LaneChain`` of many images or an ``ImageChain`` of few: a
/// convolution or product and what follows it, as far as the maps are small enough, each value is read once, and the
/// operations are those of the chain.
struct PlanChains {
  private let nodes: [PlanNode]
  /// The step that reads a value, if one does, once.
  private let readers: [Int: Int]

  /// The steps with chains in place of those that can be joined.
  static func joined(_ nodes: [PlanNode], output: Int, _ weights: PlanWeights) -> [PlanNode] {
    let chains = PlanChains(nodes, output: output)
    var (joined, taken): ([Int: PlanNode], Set<Int>) = ([:], [])
    for place in nodes.indices where !taken.contains(place) {
      guard let (places, node) = chains.chain(from: place, weights) else { continue }
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
    guard nodes[start].beginsChain else { return nil }
    var (places, links): ([Int], [[ChainLink]]) = ([], [])
    var next: Int? = start
    while let place = next, let found = nodes[place].links {
      places.append(place)
      links.append(found)
      next = readers[nodes[place].output]
    }
    while !links.isEmpty {
      let names = places.map { nodes[$0].name }
      if let action = Self.action(links.flatMap(\.self), names, inputShape: nodes[start].shapes[0], weights) {
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

  /// The chain of all the given links.
  private static func action(
    _ links: [ChainLink], _ names: [String], inputShape: Shape, _ weights: PlanWeights
  ) -> PlanAction? {
    if let chain = LaneChain(links, inputShape: inputShape, packing: weights.packed), chain.count == links.count {
      return .lanes(chain, names: names)
    }
    if let chain = ImageChain(links, inputShape: inputShape, packing: weights.packed), chain.count == links.count {
      return .images(chain, names: names)
    }
    return nil
  }
}

extension PlanNode {
  fileprivate var beginsChain: Bool {
    switch action {
    case .convolution, .product: true
    case .operation(let operation): operation is Reshape
    default: false
    }
  }

  /// The step as links of a chain; nil for one that is none.
  fileprivate var links: [ChainLink]? {
    switch action {
    case .convolution(let convolution) where inputs.count == 1 && convolution.part == nil:
      let link = ChainLink.convolution(
        weight: convolution.weight, bias: convolution.bias, geometry: convolution.geometry)
      return [link] + (convolution.bounds.map { [.bounds($0)] } ?? [])
    case .product(let product) where shapes[0].rank == 2:
      let link = ChainLink.product(matrix: product.matrix, transposed: product.isTransposed, bias: product.bias)
      return [link] + (product.bounds.map { [.bounds($0)] } ?? [])
    case .operation(let operation as Reshape):
      return operation.flattens(shapes[0]) ? [.flatten] : nil
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

extension Reshape {
  /// Whether images `[N, C, H, W]` become rows `[N, C·H·W]`.
  fileprivate func flattens(_ images: Shape) -> Bool {
    images.rank == 4 && shape.rank == 2 && images[0] > 0 && shape[0] == images[0]
  }
}
