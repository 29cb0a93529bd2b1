import TensorCore

/// A calculation of one input that was recorded once, for repetition: the same numbers up to rounding with fewer passes
/// over memory, and without the work of finding out what to do.
///
/// ```swift
/// let plan = InferencePlan(of: { x in x.conv2d(weight, geometry: geometry).relu() }, on: images, sharing: PlanWeights())
/// let maps = plan?(images)
/// ```
///
/// What the calculation's constants are now stays in the plan. Batch normalisation with given statistics is folded into
/// the convolution or product in front of it, biases, sums, ReLU and bounds are done in the same pass, weights are put in
/// the kernels' order, and each value is let go after its last use. The same bits with any number of threads; many tasks
/// may use one plan at the same time.
public struct InferencePlan: Sendable {
  private let steps: [PlanStep]
  private let output: Int
  private let valueCount: Int
  /// The shape of the input.
  public let inputShape: Shape
  /// What each step does.
  public let work: [StepWork]

  /// What a step does, whatever its input's numbers.
  public struct StepWork: Sendable {
    /// Such as `conv2d+add+clamp`.
    public let name: String
    /// The first of the recorded operations that it carries out, by ``Variable/tapeIndex`` of its output.
    public let firstOperation: Int
    /// The products that the operations add up, however the step calculates them.
    public let multiplyAdds: Int
    /// The elements of the operations' constants.
    public let constantCount: Int
  }

  /// Records a calculation on an input, whose shape the plan's inputs will have.
  ///
  /// Nil when the calculation looks at its numbers outside of operations, by ``Variable/value`` say, so that it may do
  /// something else with others, and when its result does not depend on the input.
  public init?(of calculation: (Variable) -> Variable, on input: Tensor<Float>, sharing weights: PlanWeights) {
    let recording = PlanRecording()
    let tape = Tape(recording)
    let result = calculation(Variable(value: .float(input), node: Tape.Reference(tape: tape, index: 0)))
    guard !recording.wasRead, let node = result.node, node.tape === tape else { return nil }
    let fused = PlanFusion.fused(recording.nodes, output: node.index, weights)
    let placed = PlanParts.placed(fused, output: node.index)
    let nodes = PlanChains.joined(placed, output: node.index, weights)
    let last = node.index
    inputShape = input.shape
    output = last
    valueCount = recording.nodes.count + 1
    var lastUses: [Int: Int] = [:]
    for (place, node) in nodes.enumerated() { for value in node.values { lastUses[value] = place } }
    work = nodes.map { node in
      let parts = node.sources.map { recording.work[$0 - 1] }
      return StepWork(
        name: node.name, firstOperation: node.sources.min() ?? node.output,
        multiplyAdds: parts.reduce(0) { $0 + $1.multiplyAdds }, constantCount: parts.reduce(0) { $0 + $1.constants })
    }
    steps = nodes.enumerated().map { place, node in
      let released = Set(node.values).filter { lastUses[$0] == place && $0 != last }
      return PlanStep(node, releasing: released.sorted(), weights.packed)
    }
  }

  /// The names of the steps in order, such as `conv2d+add+clamp`.
  public var stepNames: [String] { steps.map(\.name) }

  /// The calculation's result for another input. Stops unless it has the shape ``inputShape``.
  public func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> { run(on: x) { _, _, _ in } }

  /// The same; calls `finished` after each step with its number in ``work``, the shape of what it made, and the elements that
  /// it had to read and write at least.
  public func run(on x: Tensor<Float>, finished: (Int, Shape, Int) -> Void) -> Tensor<Float> {
    guard x.shape == inputShape else { stop("plan", "is for inputs \(inputShape), this one is \(x.shape)") }
    var values = [Tensor<Float>?](repeating: nil, count: valueCount)
    values[0] = x
    for (number, step) in steps.enumerated() {
      let (shape, read) = step.run(on: &values)
      finished(number, shape, read + shape.count + work[number].constantCount)
    }
    guard let result = values[output] else { stop("plan", "made no value \(output) of \(inputShape)") }
    return result
  }
}

/// A step that is ready to run. A class, so that going through the steps does not count references to all their parts.
private final class PlanStep: Sendable {
  private enum Kind: Sendable {
    case convolution(PreparedConvolution, ClosedRange<Float>?)
    case part(PreparedConvolution, ClosedRange<Float>?, PlannedPart)
    case product(PreparedProduct, ClosedRange<Float>?)
    case normalization(PlannedNormalization)
    case sum(ClosedRange<Float>?)
    case clamp(ClosedRange<Float>)
    case maxPool(PoolingGeometry)
    case lanes(LaneChain)
    case images(ImageChain)
    case operation(any Operation)
  }

  let name: String
  private let kind: Kind
  private let inputs: [PlanOperand]
  private let output: Int
  /// The values that nobody needs after this step.
  private let released: [Int]

  init(_ node: PlanNode, releasing released: [Int], _ packed: PackedWeights) {
    (name, inputs, output, self.released) = (node.name, node.inputs, node.output, released)
    kind =
      switch node.action {
      case .convolution(let convolution):
        Self.kind(
          PreparedConvolution(
            weight: convolution.weight, bias: convolution.bias, geometry: convolution.geometry,
            inputShape: node.shapes[0], packing: packed), convolution)
      case .product(let product):
        .product(
          PreparedProduct(
            product.matrix, transposed: product.isTransposed, bias: product.bias, inputShape: node.shapes[0],
            packing: packed), product.bounds)
      case .normalization(let normalization): .normalization(normalization)
      case .sum(let bounds): .sum(bounds)
      case .clamp(let bounds): .clamp(bounds)
      case .maxPool(let geometry): .maxPool(geometry)
      case .lanes(let chain, _): .lanes(chain)
      case .images(let chain, _): .images(chain)
      case .operation(let operation): .operation(operation)
      }
  }

  /// Makes the step's value; returns its shape and the number of elements of the values that it reads.
  func run(on values: inout [Tensor<Float>?]) -> (Shape, Int) {
    let tensors = inputs.map { operand -> Tensor<Float> in
      switch operand {
      case .constant(let tensor): return tensor
      case .value(let number):
        guard let tensor = values[number] else { stop("plan", "\(name) needs value \(number), which is not there") }
        return tensor
      }
    }
    let shape: Shape
    if case .part(let convolution, let bounds, let part) = kind {
      convolution(tensors[0], clampedTo: bounds, into: &values[output], of: part.whole, fromChannel: part.first)
      shape = convolution.outputShape
    } else {
      let result = result(of: tensors)
      values[output] = result
      shape = result.shape
    }
    for value in released { values[value] = nil }
    return (shape, tensors.reduce(0) { $0 + $1.count })
  }

  private static func kind(_ prepared: PreparedConvolution, _ convolution: PlannedConvolution) -> Kind {
    guard let part = convolution.part else { return .convolution(prepared, convolution.bounds) }
    return .part(prepared, convolution.bounds, part)
  }

  private func result(of inputs: [Tensor<Float>]) -> Tensor<Float> {
    let x = inputs[0], addend = inputs.count > 1 ? inputs[1] : nil
    return switch kind {
    case .convolution(let convolution, let bounds), .part(let convolution, let bounds, _):
      convolution(x, adding: addend, clampedTo: bounds)
    case .product(let product, let bounds): product(x, clampedTo: bounds)
    case .normalization(let map): map(x, adding: addend)
    case .sum(let bounds): (x + inputs[1]).kept(within: bounds)
    case .clamp(let bounds): x.kept(within: bounds)
    case .maxPool(let geometry): x.windowMaxima(geometry)
    case .lanes(let chain): chain(x)
    case .images(let chain): chain(x)
    case .operation(let operation): operation.output(of: inputs)
    }
  }
}

extension PlannedNormalization {
  fileprivate func callAsFunction(_ x: Tensor<Float>, adding addend: Tensor<Float>?) -> Tensor<Float> {
    if let weight, let bias, bounds == 0...Float.infinity {
      return x.batchNormReLU(statistics, weight: weight, bias: bias, epsilon: epsilon, adding: addend)
    }
    var result = x.batchNorm(statistics, weight: weight, bias: bias, epsilon: epsilon)
    if let addend { result += addend }
    return result.kept(within: bounds)
  }
}

extension Operation {
  fileprivate func output(of inputs: [Tensor<Float>]) -> Tensor<Float> {
    forward(Inputs(unrecorded: inputs)).output
  }
}

extension Tensor where Scalar == Float {
  /// The elements, or the nearer bounds.
  fileprivate func kept(within bounds: ClosedRange<Float>?) -> Tensor {
    guard let bounds else { return self }
    return bounds == 0...Float.infinity ? relu() : clamped(to: bounds)
  }
}
