import TensorCore

/// What a tape records for an ``InferencePlan``: the operations with their wiring, and the values of their constants.
final class PlanRecording {
  private(set) var nodes: [PlanNode] = []
  /// For each node the products that its operation adds up, and the elements of its constants.
  private(set) var work: [(multiplyAdds: Int, constants: Int)] = []
  /// Whether somebody looked at numbers that follow from the input, so that what was recorded may be right for this input
  /// only.
  var wasRead = false

  /// Records an operation with a recorded input. The input of the calculation is value 0.
  func append(_ operation: any Operation, _ inputs: [Variable], _ output: TensorValue, on tape: Tape) -> Variable {
    let operands = inputs.map { input -> PlanOperand in
      input.node.map { .value($0.index) } ?? .constant(input.content.floats)
    }
    let index = nodes.count + 1
    let shapes = inputs.map(\.shape)
    work.append(
      (
        operation.multiplyAdds(inputs: shapes, output: output.shape),
        inputs.reduce(0) { $0 + ($1.node == nil ? $1.shape.count : 0) }
      ))
    nodes.append(
      PlanNode(action: .operation(operation), inputs: operands, output: index, shapes: shapes))
    return Variable(value: output, node: Tape.Reference(tape: tape, index: index))
  }
}

/// One step of a calculation: what is done to which values.
struct PlanNode: Sendable {
  var action: PlanAction
  var inputs: [PlanOperand]
  /// The number of the value that it makes.
  let output: Int
  /// The shapes of its inputs.
  let shapes: [Shape]
  /// The values of the recorded operations that the step carries out.
  let sources: [Int]

  /// - Parameter sources: nil for the output alone.
  init(action: PlanAction, inputs: [PlanOperand], output: Int, shapes: [Shape], sources: [Int]? = nil) {
    (self.action, self.inputs, self.output, self.shapes) = (action, inputs, output, shapes)
    self.sources = sources ?? [output]
  }

  /// The values among its inputs.
  var values: [Int] {
    inputs.compactMap { operand in
      guard case .value(let number) = operand else { return nil }
      return number
    }
  }
}

/// An input of a step: a value that was calculated, or a constant.
enum PlanOperand: Sendable {
  case value(Int)
  case constant(Tensor<Float>)
}

extension PlanNode {
  /// What the step does, such as `conv2d+add+clamp`.
  var name: String {
    func joined(_ name: String, addend: Bool, _ bounds: ClosedRange<Float>?) -> String {
      name + (addend ? "+add" : "") + (bounds == nil ? "" : "+clamp")
    }
    return switch action {
    case .convolution(let action):
      joined("conv2d", addend: inputs.count > 1, action.bounds) + (action.part == nil ? "" : " in its place")
    case .product(let action): joined("matmul", addend: false, action.bounds)
    case .normalization(let action): joined("batchNorm", addend: inputs.count > 1, action.bounds)
    case .sum(let bounds): joined("add", addend: false, bounds)
    case .clamp: "clamp"
    case .maxPool: "maxPool2d"
    case .images(_, let names): "image(\(names.joined(separator: ", ")))"
    case .lanes(_, let names): "lanes(\(names.joined(separator: ", ")))"
    case .operation(let operation): operation.name
    }
  }
}

/// What a step does. All but `operation` have no constants among their inputs.
enum PlanAction: Sendable {
  /// clamp(conv2d(x) + addend).
  case convolution(PlannedConvolution)
  /// clamp(x B + bias).
  case product(PlannedProduct)
  /// clamp(s x + t + addend), s and t by channel.
  case normalization(PlannedNormalization)
  /// clamp(x + y), of equal shapes.
  case sum(bounds: ClosedRange<Float>?)
  /// clamp(x).
  case clamp(ClosedRange<Float>)
  /// The largest element of each window.
  case maxPool(PoolingGeometry)
  /// Several operations on few channels.
  case lanes(LaneChain, names: [String])
  /// Several operations on a few small images.
  case images(ImageChain, names: [String])
  /// Anything else.
  case operation(any Operation)
}

/// A convolution with constant weights.
struct PlannedConvolution: Sendable {
  var weight: Tensor<Float>
  var bias: Tensor<Float>?
  let geometry: ConvolutionGeometry
  var bounds: ClosedRange<Float>?
  /// Where the output goes, if that is a part of a value.
  var part: PlannedPart?
}

/// Some channels of a value, from `first` on.
struct PlannedPart: Sendable {
  /// The shape of the value.
  let whole: Shape
  let first: Int
}

/// A product with a constant matrix: `[k, n]`, or `[n, k]` if transposed.
struct PlannedProduct: Sendable {
  var matrix: Tensor<Float>
  let isTransposed: Bool
  var bias: Tensor<Float>?
  var bounds: ClosedRange<Float>?
}

/// A batch normalisation with given statistics.
struct PlannedNormalization: Sendable {
  let statistics: ChannelStatistics
  let weight: Tensor<Float>?
  let bias: Tensor<Float>?
  let epsilon: Double
  var bounds: ClosedRange<Float>?

  /// The normalisation as s x + t: s = γ / √(σ² + ε), t = β - s μ.
  var linearMap: ChannelMap {
    var scale = (statistics.variance + epsilon).reciprocalSquareRoot()
    if let weight { scale *= weight.converted(to: Double.self) }
    let shift = -(scale * statistics.mean)
    return ChannelMap(scale: scale, shift: bias.map { shift + $0.converted(to: Double.self) } ?? shift)
  }
}

/// s x + t for each channel, `[C]` each.
struct ChannelMap: Equatable, Sendable {
  let scale: Tensor<Double>
  let shift: Tensor<Double>
}
