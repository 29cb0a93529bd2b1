import Autograd
import NNLayers
import TensorCore

/// The output units of the LeNet-5 of 1998: how far an input is from the centre of each class, less its sign, so that the
/// largest output is the nearest class.
///
///     output[n, k] = -Σ_j (x[n, j] - center[k, j])²
///
/// Shapes: input `[N, D]`, output `[N, classes]`; the buffer `centers` `[classes, D]`, which no optimiser changes.
///
/// ```swift
/// let layer = RadialBasisOutput(centers: Tensor([1, -1, -1, 1], shape: [2, 2]))
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", equation 7.
public struct RadialBasisOutput: Layer {
  /// `[classes, D]`.
  public let centers: Buffer

  /// Units with given centres.
  ///
  /// - Parameter centers: `[classes, D]`.
  public init(centers: Tensor<Float>) {
    guard centers.rank == 2 else { stop("RadialBasisOutput", "needs centres [classes, D], they are \(centers.shape)") }
    self.centers = Buffer(centers)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard case .tensor(let value) = context[centers] else {
      stop("RadialBasisOutput", "its centres are no numbers of floating point")
    }
    guard x.rank == 2, x.shape[1] == value.shape[1] else {
      stop("RadialBasisOutput", "centres \(value.shape) need an input [N, \(value.shape[1])], it is \(x.shape)")
    }
    // [N, 1, D] against [classes, D] is [N, classes, D].
    let distances = x.expandingAxis(at: 1) - Variable(value.converted(to: x.precision))
    return -distances.sumOfSquares(along: [2])
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    let shape = centers.value.shape
    guard input.rank == 2, input[1] == shape[1] else {
      throw InputError("RadialBasisOutput", expected: "[N, \(shape[1])]", got: input)
    }
    return [input[0], shape[0]]
  }
}

/// The loss that the LeNet-5 of 1998 was trained with: y[label] + log(e^-j + Σ_k e^-y[k]), for the distances y of
/// ``RadialBasisOutput``, whose outputs are -y; the mean over the samples.
///
/// The second term pushes the other classes away. e^-j bounds the push on classes that are far already, so that the network
/// cannot make the loss small by bringing all distances up.
///
/// ```swift
/// let loss = penalizedDistanceLoss(model(images, context), labels)
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, equation 9.
///
/// - Parameters:
///   - outputs: -y, `[N, classes]`.
///   - labels: `[N]`, each in `0..<classes`.
///   - bound: j, positive. Default 0.1.
/// - Returns: a variable of shape `[]`.
public func penalizedDistanceLoss(_ outputs: Variable, _ labels: Tensor<Int64>, bound: Double = 0.1) -> Variable {
  guard outputs.rank == 2, labels.shape == [outputs.shape[0]] else {
    stop("penalizedDistanceLoss", "outputs [N, classes] need labels [N], not \(outputs.shape) and \(labels.shape)")
  }
  guard bound > 0 else { stop("penalizedDistanceLoss", "the bound j must be above 0, it is \(bound)") }
  let rest = Variable(.filled(-bound, shape: [outputs.shape[0], 1], precision: outputs.precision))
  // The bound is one more class that is never right: the cross-entropy over all of them is the loss.
  return crossEntropy(.concatenated([outputs, rest], along: 1), labels)
}
