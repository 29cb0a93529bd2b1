import TensorCore

extension PlanNode {
  /// The same step as one that can be joined to others, where its constants and shapes allow it.
  var recognized: PlanNode {
    guard case .operation(let operation) = action, case .value = inputs.first else { return self }
    let constants = inputs.dropFirst().compactMap { operand -> Tensor<Float>? in
      guard case .constant(let tensor) = operand else { return nil }
      return tensor
    }
    guard let action = action(of: operation, constants) else { return self }
    var node = self
    node.action = action
    node.inputs = values.map { .value($0) }
    return node
  }

  /// What an operation does whose inputs are values and then the given constants; nil for an operation like any other.
  private func action(of operation: any Operation, _ constants: [Tensor<Float>]) -> PlanAction? {
    let isApplied = constants.count == inputs.count - 1
    switch operation {
    case let operation as Convolution2d where isApplied:
      return .convolution(
        PlannedConvolution(
          weight: constants[0], bias: constants.count > 1 ? constants[1] : nil, geometry: operation.geometry,
          bounds: operation.rectifies ? 0...Float.infinity : nil))
    case let operation as MatrixProduct where isApplied && !operation.transposingLeft:
      guard constants[0].rank == 2, shapes[0].rank >= 2 else { return nil }
      return .product(PlannedProduct(matrix: constants[0], isTransposed: operation.transposingRight))
    case let operation as BatchNorm where isApplied && !operation.statisticsFollowInput:
      return .normalization(
        PlannedNormalization(
          statistics: operation.statistics, weight: constants.first, bias: constants.last, epsilon: operation.epsilon))
    case let operation as RectifiedBatchNorm where !operation.statisticsFollowInput:
      // γ and β, and behind them perhaps a value: the addend.
      guard constants.count == 2, inputs.count == values.count + 2 else { return nil }
      return .normalization(
        PlannedNormalization(
          statistics: operation.statistics, weight: constants[0], bias: constants[1], epsilon: operation.epsilon,
          bounds: 0...Float.infinity))
    case let operation as MaxPooling2d where operation.report == nil:
      return .maxPool(operation.geometry)
    case is Add:
      return values.count == 2 && shapes[0] == shapes[1] ? .sum(bounds: nil) : nil
    default:
      return operation.bounds.map { .clamp($0) }
    }
  }
}

extension Operation {
  /// The bounds that the operation keeps its input within, if that is all it does.
  fileprivate var bounds: ClosedRange<Float>? {
    switch self {
    case is Rectifier: 0...Float.infinity
    case let clamp as Clamp: Float(clamp.bounds.lowerBound)...Float(clamp.bounds.upperBound)
    case let activate as Activate: activate.activation.bounds
    default: nil
    }
  }
}

extension Activation {
  fileprivate var bounds: ClosedRange<Float>? {
    guard case .hardTanh(let bounds) = self else { return nil }
    return Float(bounds.lowerBound)...Float(bounds.upperBound)
  }
}
