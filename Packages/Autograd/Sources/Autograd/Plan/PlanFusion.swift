import TensorCore

/// The rewriting of a recorded calculation into fewer passes over memory. Only the chain of operations and their shapes
/// decide; nothing here knows a network.
///
/// Each step in turn is first recognised (``PlanNode/recognized``), then joined to the step that makes one of its inputs,
/// where nothing else reads that value:
///
///     convolution or product, then batch normalisation     the normalisation folds into weight and bias
///     product, then a constant row                          a bias
///     convolution or normalisation, then a sum              an addend
///     any of these or a sum, then ReLU or bounds            bounds
///     tanh or sigmoid, then max pooling                     the other way round: fewer elements
struct PlanFusion {
  private let uses: [Int: Int]
  private let weights: PlanWeights
  private var nodes: [PlanNode?] = []
  /// Where the step stands that makes a value.
  private var places: [Int: Int] = [:]

  /// The steps that `output` needs, fused.
  static func fused(_ nodes: [PlanNode], output: Int, _ weights: PlanWeights) -> [PlanNode] {
    let needed = needed(of: nodes, output: output)
    var uses = [output: 1]
    for value in needed.flatMap(\.values) { uses[value, default: 0] += 1 }
    var fusion = PlanFusion(uses: uses, weights: weights)
    for node in needed { fusion.add(node.recognized) }
    return fusion.nodes.compactMap(\.self)
  }

  private init(uses: [Int: Int], weights: PlanWeights) {
    (self.uses, self.weights) = (uses, weights)
  }

  /// The steps that the output follows from.
  private static func needed(of nodes: [PlanNode], output: Int) -> [PlanNode] {
    var wanted: Set = [output]
    let needed = nodes.reversed().filter { node in
      guard wanted.contains(node.output) else { return false }
      wanted.formUnion(node.values)
      return true
    }
    return needed.reversed()
  }

  private mutating func add(_ node: PlanNode) {
    for (place, input) in producers(of: node) {
      guard let producer = nodes[place] else { continue }
      if let (first, second) = producer.exchanged(with: node) {
        nodes[place] = first
        return append(second)
      }
      guard let joined = node.joined(to: producer, input: input, weights) else { continue }
      nodes[place] = nil
      return append(joined)
    }
    append(node)
  }

  private mutating func append(_ node: PlanNode) {
    places[node.output] = nodes.count
    nodes.append(node)
  }

  /// Where the steps stand that make inputs which nothing else reads, the latest first.
  private func producers(of node: PlanNode) -> [(place: Int, input: Int)] {
    let found = node.inputs.indices.compactMap { input -> (place: Int, input: Int)? in
      guard case .value(let value) = node.inputs[input], uses[value] == 1, let place = places[value] else { return nil }
      return (place, input)
    }
    return found.sorted { $0.place > $1.place }
  }
}

extension PlanNode {
  /// A function that grows with its argument and the pooling behind it, the other way round: the function of the largest
  /// element is the largest of the function's values.
  fileprivate func exchanged(with pooling: PlanNode) -> (PlanNode, PlanNode)? {
    guard case .maxPool(let geometry) = pooling.action, case .operation(let operation) = action,
      operation is HyperbolicTangent || operation is LogisticSigmoid,
      let pooled = try? geometry.outputShape(input: shapes[0])
    else { return nil }
    return (
      PlanNode(action: pooling.action, inputs: inputs, output: output, shapes: shapes, sources: pooling.sources),
      PlanNode(action: action, inputs: pooling.inputs, output: pooling.output, shapes: [pooled], sources: sources)
    )
  }

  /// This step and the one that makes its input `input` as one step, if there is such a one.
  fileprivate func joined(to producer: PlanNode, input: Int, _ weights: PlanWeights) -> PlanNode? {
    let action: PlanAction?
    var inputs = producer.inputs
    switch self.action {
    case .normalization(let map) where input == 0:
      inputs += self.inputs.dropFirst()
      action = producer.folded(map, weights, hasAddend: self.inputs.count > 1)
    case .clamp(let bounds):
      action = producer.action.kept(within: bounds)
    case .sum(bounds: nil):
      inputs.append(self.inputs[1 - input])
      action = producer.inputs.count == 1 ? producer.action.withAddend : nil
    case .operation(let operation):
      action = producer.biased(by: operation, self.inputs[input == 0 ? self.inputs.count - 1 : 0])
    default:
      action = nil
    }
    let all = producer.sources + sources
    return action.map { PlanNode(action: $0, inputs: inputs, output: output, shapes: producer.shapes, sources: all) }
  }

  /// This linear map with a normalisation behind it, and what is done with that.
  private func folded(
    _ normalization: PlannedNormalization, _ weights: PlanWeights, hasAddend: Bool
  ) -> PlanAction? {
    guard inputs.count == 1 else { return nil }
    switch action {
    case .convolution(var convolution) where convolution.bounds == nil:
      let folded = weights.folded(convolution.weight, convolution.bias, normalization.linearMap)
      (convolution.weight, convolution.bias, convolution.bounds) = (folded.weight, folded.bias, normalization.bounds)
      return .convolution(convolution)
    case .product(var product) where !hasAddend && product.bounds == nil && product.isTransposed && shapes[0].rank == 2:
      let folded = weights.folded(product.matrix, product.bias, normalization.linearMap)
      (product.matrix, product.bias, product.bounds) = (folded.weight, folded.bias, normalization.bounds)
      return .product(product)
    default:
      return nil
    }
  }

  /// This product with a constant row added to each of its rows.
  private func biased(by operation: any Operation, _ operand: PlanOperand) -> PlanAction? {
    guard operation is Add, case .product(var product) = action, product.bias == nil, product.bounds == nil,
      case .constant(let row) = operand, row.shape == [product.matrix.shape[product.isTransposed ? 0 : 1]]
    else { return nil }
    product.bias = row
    return .product(product)
  }
}

extension PlanAction {
  /// The action with bounds behind it, if it has none yet.
  fileprivate func kept(within bounds: ClosedRange<Float>) -> PlanAction? {
    switch self {
    case .convolution(var action) where action.bounds == nil:
      action.bounds = bounds
      return .convolution(action)
    case .product(var action) where action.bounds == nil:
      action.bounds = bounds
      return .product(action)
    case .normalization(var action) where action.bounds == nil:
      action.bounds = bounds
      return .normalization(action)
    case .sum(bounds: nil): return .sum(bounds: bounds)
    default: return nil
    }
  }

  /// The action, if a second input can be its addend.
  fileprivate var withAddend: PlanAction? {
    switch self {
    case .convolution(let action): action.bounds == nil ? self : nil
    case .normalization(let action): action.bounds == nil ? self : nil
    default: nil
    }
  }
}
