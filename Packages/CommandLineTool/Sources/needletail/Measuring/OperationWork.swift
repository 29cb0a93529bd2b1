import Autograd
import NNLayers
import Optimizers
import TensorCore

/// The work that is measured: one operation on random tensors, or of the way of images to a network.
struct OperationWork {
  /// The operations that can be measured, each under the name of its argument.
  enum Operation: String, CaseIterable, Sendable {
    case conv2d
    case conv2dInputGradient = "conv2d-input-gradient"
    case conv2dWeightGradient = "conv2d-weight-gradient"
    case matmul
    /// The gradient of the left-hand matrix: that of the product by the right-hand matrix, transposed.
    case matmulInputGradient = "matmul-input-gradient"
    /// The gradient of the right-hand matrix: the left-hand one, transposed, by that of the product.
    case matmulWeightGradient = "matmul-weight-gradient"
    /// Batch normalisation in training and ReLU, with their gradients.
    case batchNormReLU = "batchnorm-relu"
    /// An update by SGD with momentum.
    case sgd
    /// An update by Adam.
    case adam
    /// A batch of images in memory.
    case loader
    /// The same, mirrored and cropped at random.
    case loaderCrops = "loader-crops"
    /// The same, turned, moved, slanted and resized at random.
    case loaderWarps = "loader-warps"
    /// The image in a file.
    case decode
  }

  /// What an operation is given.
  struct Operands {
    var input: Shape
    var weight: Shape
    var stride = 1
    var padding = 0
    var file: String?
  }

  /// The operands as they will be used.
  let operands: Operands
  /// The products that are added up.
  let multiplyAdds: Int
  /// The bytes that have to be read and written at least.
  let bytes: Int
  /// The images that come of it.
  let images: Int?
  /// Carries the operation out once.
  let step: () -> Void

  private static let floatSize = MemoryLayout<Float>.size

  init(_ operands: Operands, multiplyAdds: Int, elements: Int, images: Int? = nil, step: @escaping () -> Void) {
    self.operands = operands
    self.multiplyAdds = multiplyAdds
    bytes = elements * Self.floatSize
    self.images = images
    self.step = step
  }
}

extension OperationWork.Operation {
  /// The operands where nothing is said: shapes of ResNet-50, or of its size.
  var usual: OperationWork.Operands {
    switch self {
    case .conv2d, .conv2dInputGradient, .conv2dWeightGradient:
      OperationWork.Operands(input: [16, 64, 56, 56], weight: [64, 64, 3, 3], padding: 1)
    case .matmul, .matmulInputGradient, .matmulWeightGradient:
      OperationWork.Operands(input: [1024, 1024], weight: [1024, 1024])
    case .batchNormReLU: OperationWork.Operands(input: [16, 256, 56, 56], weight: [])
    case .sgd, .adam: OperationWork.Operands(input: [25_000_000], weight: [])
    case .loader, .loaderCrops, .loaderWarps: OperationWork.Operands(input: [64, 1, 28, 28], weight: [])
    case .decode: OperationWork.Operands(input: [], weight: [])
    }
  }

  /// Whether the option `--weight` belongs to it.
  var hasWeight: Bool { usual.weight.rank > 0 }

  /// Whether the options `--stride` and `--padding` belong to it.
  var slides: Bool { usual.weight.rank == 4 }

  /// The operation with its tensors.
  ///
  /// - Throws: `UsageError` for operands that do not go together.
  func work(_ operands: OperationWork.Operands) throws -> OperationWork {
    let rank = usual.input.rank
    guard operands.input.rank == rank else {
      throw UsageError("--input: expected \(rank) sizes as \(Sizes(usual.input)), found '\(Sizes(operands.input))'")
    }
    guard operands.weight.rank == usual.weight.rank else {
      throw UsageError(
        "--weight: expected \(usual.weight.rank) sizes as \(Sizes(usual.weight)), found '\(Sizes(operands.weight))'")
    }
    switch self {
    case .conv2d, .conv2dInputGradient, .conv2dWeightGradient: return try convolution(operands)
    case .matmul, .matmulInputGradient, .matmulWeightGradient: return try matmul(operands)
    case .batchNormReLU: return batchNormReLU(operands)
    case .sgd: return update(operands, quantities: 5) { SGD([$0], learningRate: 1e-3, momentum: 0.9) }
    case .adam: return update(operands, quantities: 7) { Adam([$0], learningRate: 1e-3) }
    case .loader, .loaderCrops, .loaderWarps: return try loading(operands)
    case .decode: return try decoding(operands)
    }
  }

  private func convolution(_ operands: OperationWork.Operands) throws -> OperationWork {
    let shape = operands.weight
    let layer = withoutInitialWeights {
      Conv2d(
        shape[1], shape[0], kernelSize: PlaneSize(height: shape[2], width: shape[3]),
        stride: PlaneSize(operands.stride),
        padding: PlanePadding(integerLiteral: operands.padding), bias: false)
    }
    let output: Shape
    do {
      output = try layer.outputShape(for: operands.input) ?? []
    } catch {
      throw UsageError("--input: \(error.description)")
    }
    var random = RandomStream(seed: 1)
    let weight = Tensor<Float>.normal(shape, using: &random)
    let x = Tensor<Float>.normal(operands.input, using: &random).asCalculated
    let gradient = Tensor<Float>.normal(output, using: &random).asCalculated
    let geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: shape[2], width: shape[3]), stride: PlaneSize(operands.stride),
      padding: PlanePadding(integerLiteral: operands.padding))
    let multiplyAdds = output.count * shape[1] * shape[2] * shape[3]
    let elements = operands.input.count + shape.count + output.count
    return OperationWork(operands, multiplyAdds: multiplyAdds, elements: elements) { [self] in
      switch self {
      case .conv2dInputGradient:
        _ = gradient.conv2dInputGradient(weight: weight, inputShape: operands.input, geometry: geometry)
      case .conv2dWeightGradient:
        _ = gradient.conv2dWeightGradient(input: x, weightShape: shape, geometry: geometry)
      default: _ = x.conv2d(weight, geometry: geometry)
      }
    }
  }

  private func matmul(_ operands: OperationWork.Operands) throws -> OperationWork {
    let (left, right) = (operands.input, operands.weight)
    guard left[1] == right[0] else {
      throw UsageError("--weight: expected \(left[1]) rows, as many as --input has columns, found \(right[0])")
    }
    var random = RandomStream(seed: 1)
    let a = Tensor<Float>.normal(left, using: &random), b = Tensor<Float>.normal(right, using: &random)
    let gradient = Tensor<Float>.normal([left[0], right[1]], using: &random)
    let elements = left.count + right.count + gradient.count
    return OperationWork(operands, multiplyAdds: left.count * right[1], elements: elements) { [self] in
      switch self {
      case .matmulInputGradient: _ = gradient.matmul(b, transposingRight: true)
      case .matmulWeightGradient: _ = a.matmul(gradient, transposingLeft: true)
      default: _ = a.matmul(b)
      }
    }
  }

  /// Forward, the input is read for the statistics and once more for the output, which is written; back, input and gradient
  /// are read twice likewise, and the input's gradient is written.
  private func batchNormReLU(_ operands: OperationWork.Operands) -> OperationWork {
    var random = RandomStream(seed: 1)
    let x = Tensor<Float>.normal(operands.input, using: &random).asCalculated
    let seed = Seed(gradient: Tensor<Float>.normal(operands.input, using: &random).asCalculated)
    let layers = Sequential(BatchNorm2d(operands.input[1]), ReLU())
    return OperationWork(operands, multiplyAdds: 0, elements: 8 * operands.input.count) {
      let context = Context.training(seed: 1)
      guard let tape = context.tape else { return }
      _ = seed.apply(to: layers(tape.watch(x), context)).gradients()
    }
  }

  private func update(
    _ operands: OperationWork.Operands, quantities: Int, _ make: (Parameter) -> any Optimizer
  ) -> OperationWork {
    var random = RandomStream(seed: 1)
    let parameter = Parameter(Tensor<Float>.normal(operands.input, using: &random))
    let gradient = TensorValue.float(.normal(operands.input, using: &random))
    let optimizer = make(parameter)
    return OperationWork(operands, multiplyAdds: 0, elements: quantities * operands.input.count) {
      optimizer.beginStep()
      optimizer.update(parameter, gradient: gradient)
      optimizer.endStep()
    }
  }
}

/// An operation at whose output a walk may begin with a gradient of its own, with no pass over memory.
private struct Seed: Autograd.Operation {
  let name = "seed"
  let gradient: Tensor<Float>

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(Tensor<Scalar>(.zero)) { _ in [gradient as? Tensor<Scalar>] }
  }
}

extension Tensor<Float> {
  /// The same numbers, lying in memory as a convolution leaves them: as they do within a network.
  fileprivate var asCalculated: Tensor<Float> {
    guard rank == 4 else { return self }
    let channels = shape[1]
    return conv2d(Tensor<Float>.identity(channels).reshaped([channels, channels, 1, 1]), geometry: .init(kernel: 1))
  }
}
