import Autograd
import TensorCore

/// Capsules that others are routed to by agreement: one for each class, as long as the class is likely.
///
/// Each capsule i of the layer below predicts each capsule j, û[j|i] = W[j, i] u[i]. Where its prediction agrees with what
/// the others' add up to, its share c for that capsule grows:
///
///     b = 0; several times:
///       c[i, j] = exp b[i, j] / Σ_k exp b[i, k]    s[j] = Σ_i c[i, j] û[j|i]    v[j] = squash(s[j])
///       b[i, j] += û[j|i] · v[j]
///
/// The output is the last v. The gradient flows through all iterations, shares and agreements included, as in an unrolled
/// loop: the paper describes no other, and its authors' program does the same. (Programs that stop it at all but the last
/// iteration are common as well; they train alike.)
///
/// Shapes: input `[N, I, inputDimension]`, output `[N, J, dimension]`; `weight` `[J, I, dimension, inputDimension]`, no bias,
/// as in the paper.
///
/// Cost: for an image I · J · dimension · inputDimension products for the predictions, and 2 · I · J · dimension for each
/// iteration after the first. The predictions of a batch are kept for the gradient: N · I · J · dimension numbers.
///
/// ```swift
/// let digits = ClassCapsules(1152, 10, inputDimension: 8, dimension: 16)  // [N, 1152, 8] to [N, 10, 16]
/// ```
///
/// Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules", procedure 1.
public struct ClassCapsules: Layer {
  /// `[J, I, dimension, inputDimension]`.
  public let weight: Parameter
  /// How often shares are calculated.
  public let iterations: Int

  /// A layer from capsules to capsules.
  ///
  /// - Parameters:
  ///   - inputCount: I, the capsules that come in.
  ///   - outputCount: J, the capsules that go out: classes.
  ///   - inputDimension: the elements of a capsule that comes in.
  ///   - dimension: the elements of one that goes out.
  ///   - iterations: how often shares are calculated, 1 for equal ones. Default 3, as in the paper.
  ///   - initializer: the weight's first value. Default Gaussian of deviation 0.1.
  public init(
    _ inputCount: Int, _ outputCount: Int, inputDimension: Int, dimension: Int, iterations: Int = 3,
    initializer: Initializer = .normal(deviation: 0.1)
  ) {
    guard inputCount >= 1, outputCount >= 1, inputDimension >= 1, dimension >= 1, iterations >= 1 else {
      stop(
        "ClassCapsules",
        "needs at least one of each, not \(inputCount) capsules of \(inputDimension) for \(outputCount) of "
          + "\(dimension) in \(iterations) iterations")
    }
    weight = Parameter(initializer([outputCount, inputCount, dimension, inputDimension]))
    self.iterations = iterations
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop(weight.layerPath("ClassCapsules"), "takes \(expected), not \(x.shape)") }
    return routed(predictions(x, context))
  }

  /// û, `[N, J, I, dimension]`: a matrix product for each capsule that comes in.
  private func predictions(_ x: Variable, _ context: Context) -> Variable {
    let sizes = weight.shape.sizes
    let (outputs, inputs, dimension) = (sizes[0], sizes[1], sizes[2])
    let matrices = context[weight].permuted([1, 0, 2, 3]).reshaped([inputs, outputs * dimension, sizes[3]])
    let products = x.permuted([1, 0, 2]).matmul(matrices, transposingRight: true)
    return products.reshaped([inputs, x.shape[0], outputs, dimension]).permuted([1, 2, 0, 3])
  }

  private func routed(_ predictions: Variable) -> Variable {
    let (count, outputs, inputs) = (predictions.shape[0], predictions.shape[1], predictions.shape[2])
    let dimension = predictions.shape[3]
    // With b = 0 all shares are equal.
    var capsules = (predictions.sum(along: [2]) / Double(outputs)).squashed()
    var agreement: Variable?
    for _ in 1..<iterations {
      let found = predictions.matmul(capsules.reshaped([count, outputs, dimension, 1]))
        .reshaped([count, outputs, inputs])
      let total = agreement.map { $0 + found } ?? found
      agreement = total
      let shares = total.softmax(along: 1).reshaped([count, outputs, 1, inputs])
      capsules = shares.matmul(predictions).reshaped([count, outputs, dimension]).squashed()
    }
    return capsules
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard fits(input) else { throw InputError(weight.layerPath("ClassCapsules"), expected: expected, got: input) }
    return [input[0], weight.shape[0], weight.shape[2]]
  }

  private func fits(_ input: Shape) -> Bool {
    input.rank == 3 && input[1] == weight.shape[1] && input[2] == weight.shape[3]
  }
  private var expected: String { "[N, \(weight.shape[1]), \(weight.shape[3])]" }
}
